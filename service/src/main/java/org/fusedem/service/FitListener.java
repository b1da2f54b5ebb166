package org.fusedem.service;

/** Is told of each fit that a {@link FittingAgent} has published, on the agent's thread: be quick. */
@FunctionalInterface
public interface FitListener {
    /**
     * A model was published.
     *
     * @param nanos from the first step of the fit until the model was published, duty cycles in between included
     * @param iterations the EM iterations of this fit
     * @param logLikelihood of the window, in nats, as {@link org.fusedem.online.Refitter#logLikelihood} has it
     */
    void onFit(long nanos, int iterations, double logLikelihood);
}
