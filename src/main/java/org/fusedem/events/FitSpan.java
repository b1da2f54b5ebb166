package org.fusedem.events;

/** A fit that has begun, and may be recorded when it ends. */
public interface FitSpan {
    /** Records nothing. */
    FitSpan NONE = (points, dims, components, covariance, kernel, iterations, logLikelihood, stopReason) -> { };

    /**
     * The fit has ended with a model.
     *
     * @param points how many
     * @param covariance the shape's label
     * @param kernel {@code scalar} or {@code vector}
     * @param iterations of the run that gave the model
     * @param logLikelihood of all points, in nats
     * @param stopReason the constant's name
     */
    void end(long points, int dims, int components, String covariance, String kernel, int iterations,
            double logLikelihood, String stopReason);
}
