package org.fusedem.benchmarks;

import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Start;

/**
 * The fit that benchmarks time: a given start and a fixed number of iterations, so that everyone does the same work.
 */
public final class FixedFit {
    private FixedFit() {}

    /** Exactly so many iterations from the data set's start, by one thread. */
    public static FitOptions options(DataSet data, int iterations) {
        return FitOptions.components(data.shape().components())
                .withCovariance(data.shape().covariance())
                .withStart(new Start.Given(data.start()))
                .withTolerance(0)
                .withMaxIterations(iterations);
    }
}
