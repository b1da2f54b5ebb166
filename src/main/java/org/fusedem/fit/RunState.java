package org.fusedem.fit;

import java.util.List;
import org.fusedem.em.StopReason;

/**
 * One EM run, over or under way, in the coordinates of the fit (which may have rescaled the points).
 *
 * @param restart from 0
 * @param affected how many components have collapsed or died
 * @param weights K
 * @param means {@code K x D}, by rows
 * @param covariances packed
 * @param noiseWeight 0 without noise
 * @param logLikelihoods of the start and after each iteration
 * @param logPriors beside them
 * @param nanos the duration of each iteration
 * @param events what happened to components
 * @param stopReason null while it is under way
 */
record RunState(
        int restart,
        int affected,
        double[] weights,
        double[] means,
        double[] covariances,
        double noiseWeight,
        double[] logLikelihoods,
        double[] logPriors,
        long[] nanos,
        List<FitEvent> events,
        StopReason stopReason) {
    /** What the run had maximised in the end. */
    double objective() {
        return logLikelihoods[logLikelihoods.length - 1] + logPriors[logPriors.length - 1];
    }
}
