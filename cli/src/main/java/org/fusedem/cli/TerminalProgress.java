package org.fusedem.cli;

import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Progress;

/** How far a fit is, on the terminal. */
final class TerminalProgress implements Progress, AutoCloseable {
    private final TerminalLine line;
    private final int restarts;

    TerminalProgress(Streams streams, FitOptions options) {
        line = new TerminalLine(streams);
        restarts = options.restarts();
    }

    @Override
    public void iteration(int restart, int iteration, double meanLogLikelihood) {
        if (line.isDue()) {
            line.show("start %d of %d, iteration %d, mean log-likelihood %.6f",
                    restart + 1, restarts, iteration, meanLogLikelihood);
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
