package org.fusedem.events;

/** An EM iteration that has begun, and may be recorded when it ends. */
public interface IterationSpan {
    /** Records nothing. */
    IterationSpan NONE = (iteration, logLikelihood, logPrior) -> { };

    /**
     * The M-step is done.
     *
     * @param iteration from 0, within its run
     * @param logLikelihood before the M-step, in nats
     * @param logPrior the same of the prior's density, 0 if there is none
     */
    void end(int iteration, double logLikelihood, double logPrior);
}
