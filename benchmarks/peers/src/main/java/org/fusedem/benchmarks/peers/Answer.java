package org.fusedem.benchmarks.peers;

import org.fusedem.benchmarks.DataSet;
import org.fusedem.benchmarks.FixedFit;
import org.fusedem.fit.Fitter;
import org.fusedem.model.GaussianMixture;

/**
 * Whether a fit has found what it should: the log-likelihood of the points under the mixture it returns, computed by
 * this library for all, beside that of this library's own fit.
 *
 * @param logLikelihood under the mixture that was found
 * @param expected under ours
 */
public record Answer(double logLikelihood, double expected) {
    /** Answers that differ by less than this, relatively, are equal. */
    public static final double TOLERANCE = 1e-6;

    /** The answer of a mixture that was found in so many iterations from the data set's start. */
    public static Answer of(GaussianMixture found, DataSet data, int iterations) {
        double expected = Fitter.fit(data.points(), FixedFit.options(data, iterations)).logLikelihood();
        return new Answer(found.logLikelihood(data.points()), expected);
    }

    /** How far it is off, relative to the log-likelihood. */
    public double relativeDifference() {
        return Math.abs(logLikelihood - expected) / Math.abs(expected);
    }

    /** Whether it is the same answer. */
    public boolean isEqual() {
        return relativeDifference() <= TOLERANCE;
    }
}
