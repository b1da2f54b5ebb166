package org.fusedem.fit;

/** Told of every iteration of a fit, on the thread that fits, between the E-step and the M-step. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (restart, iteration, meanLogLikelihood) -> { };

    /**
     * An E-step is done. A restart that goes on after its short run is told of again from iteration 0; an accelerated
     * fit that takes back an extrapolation tells of the same iteration twice, first with the value that it does not
     * keep.
     *
     * @param restart from 0
     * @param iteration from 0
     * @param meanLogLikelihood per point, in nats
     */
    void iteration(int restart, int iteration, double meanLogLikelihood);
}
