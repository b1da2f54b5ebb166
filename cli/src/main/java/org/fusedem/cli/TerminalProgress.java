package org.fusedem.cli;

import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Progress;

/** One line on the terminal that follows the fit, and goes when it is done. Shows nothing where nobody watches. */
final class TerminalProgress implements Progress, AutoCloseable {
    /** Often enough to look alive, seldom enough to cost nothing. */
    private static final long NANOS_BETWEEN = 100_000_000;

    private static final String ERASE_LINE = "\r\u001b[K";

    private final Streams streams;
    private final int restarts;
    private long shownAt = System.nanoTime();
    private boolean shown;

    TerminalProgress(Streams streams, FitOptions options) {
        this.streams = streams;
        restarts = options.restarts();
    }

    @Override
    public void iteration(int restart, int iteration, double meanLogLikelihood) {
        long now = System.nanoTime();
        if (!streams.terminal() || now - shownAt < NANOS_BETWEEN) {
            return;
        }
        shownAt = now;
        shown = true;
        streams.err().printf(ERASE_LINE + "start %d of %d, iteration %d, mean log-likelihood %.6f",
                restart + 1, restarts, iteration, meanLogLikelihood);
        streams.err().flush();
    }

    @Override
    public void close() {
        if (shown) {
            streams.err().print(ERASE_LINE);
            streams.err().flush();
        }
    }
}
