package org.fusedem.cli.stream;

import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Progress;

/** How far a fit is, and how fast, on the terminal. */
public final class TerminalProgress implements Progress, AutoCloseable {
    private final TerminalLine line;
    private final int restarts;
    private final long begin = System.nanoTime();
    private long iterations;

    public TerminalProgress(Streams streams, FitOptions options) {
        line = new TerminalLine(streams);
        restarts = options.restarts();
    }

    @Override
    public void iteration(int restart, int iteration, double meanLogLikelihood) {
        iterations++;
        if (line.isDue()) {
            double seconds = (System.nanoTime() - begin) * 1e-9;
            line.show("start %d of %d, iteration %d, mean log-likelihood %.6f; %s, %.3g iterations per second",
                    restart + 1, restarts, iteration, meanLogLikelihood, Units.time(seconds), iterations / seconds);
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
