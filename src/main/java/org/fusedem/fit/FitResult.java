package org.fusedem.fit;

import java.util.List;
import org.fusedem.em.StopReason;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.NoisyMixture;

/**
 * What a fit found, of the best restart unless said otherwise. Log-likelihoods are totals over all points, in nats.
 *
 * <p>Where short runs have chosen among the starts, a restart's start is where its short run ended: trace, iterations
 * and events are those of its run to the end.
 *
 * <p>Its arrays are its own, not copies: who writes to them changes what it says.
 *
 * @param model the fitted mixture; with {@link Noise} its Gaussian components alone, their weights summing to one
 * @param noisyModel the fitted mixture and its noise, whose log-likelihood the trace is then of; null without
 * @param freeParameters the number of parameters that the fit has chosen: the model's
 *     {@link GaussianMixture#parameterCount count} less what is {@link Fixed}; and the noise's weight
 * @param trace the log-likelihood of the start and after each iteration; each is also the evidence lower bound at that
 *     iteration's posterior. {@code iterations + 1} values; the last is the model's
 * @param logPriors the log of the prior's density, up to a constant, where {@code trace} has the log-likelihood; zeros
 *     without a prior. What never falls is the sum of both
 * @param iterations the number of EM iterations, each one EM step
 * @param stopReason why they ended
 * @param events components that collapsed or died, features that are constant, and what was done
 * @param restartLogLikelihoods the last log-likelihood of every restart (that began, if the fit was stopped), in order; of
 *     those that were not run to the end that of their short run (where this was on a sample, times the points' total
 *     weight over the sample's)
 * @param bestRestart which of them this is, from 0
 * @param totalWeight the number of points, or the sum of their weights
 * @param secondsStart wall time of finding the starts, short runs included
 * @param secondsIterations wall time of the EM iterations of all runs to the end
 * @param iterationSeconds wall time of each iteration
 * @param kernel the kernel that did the arithmetic: {@code scalar} or {@code vector}
 * @param vectorBits the bits that one of its instructions works on: 512, 256 or 128 in vectors, 64 in plain loops
 */
public record FitResult(
        GaussianMixture model,
        NoisyMixture noisyModel,
        int freeParameters,
        double[] trace,
        double[] logPriors,
        int iterations,
        StopReason stopReason,
        List<FitEvent> events,
        double[] restartLogLikelihoods,
        int bestRestart,
        double totalWeight,
        double secondsStart,
        double secondsIterations,
        double[] iterationSeconds,
        String kernel,
        int vectorBits) {

    /** {@code sum_n w_n log p(x_n)} under {@link #model}, or with noise under {@link #noisyModel}. */
    public double logLikelihood() {
        return trace[trace.length - 1];
    }

    /** What the fit has maximised: {@link #logLikelihood()} plus the last of {@link #logPriors}. */
    public double objective() {
        return logLikelihood() + logPriors[logPriors.length - 1];
    }

    /** {@link #logLikelihood()} divided by {@link #totalWeight()}. */
    public double meanLogLikelihood() {
        return logLikelihood() / totalWeight;
    }

    /** Whether the fit ended because its convergence test was met. */
    public boolean converged() {
        return stopReason == StopReason.CONVERGED;
    }

    /**
     * The Bayesian information criterion, {@code -2 logLikelihood + freeParameters log totalWeight}; smaller is better
     * (Schwarz 1978). Its n is the {@link #totalWeight}: right where a weight says how often a point was seen, as in a
     * histogram. Weights that mean something else, such as precisions or shares, should first be scaled so that they
     * sum to the number of observations.
     */
    public double bic() {
        return -2 * logLikelihood() + freeParameters * Math.log(totalWeight);
    }

    /** Akaike's information criterion, {@code -2 logLikelihood + 2 freeParameters}; smaller is better (Akaike 1974). */
    public double aic() {
        return -2 * logLikelihood() + 2 * freeParameters;
    }

    /** What was fitted and what it came to, on one line. */
    @Override
    public String toString() {
        return "FitResult[" + model + (noisyModel == null ? "" : " and noise of weight " + noisyModel.noiseWeight())
                + ", logLikelihood=" + logLikelihood() + ", iterations=" + iterations + ", " + stopReason + ", "
                + kernel + " kernel" + (events.isEmpty() ? "" : ", events=" + events.size()) + "]";
    }
}
