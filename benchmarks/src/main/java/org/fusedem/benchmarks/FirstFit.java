package org.fusedem.benchmarks;

import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.points.ElementType;

/**
 * The process that {@link ColdBenchmark#process} starts: one fit, as a command-line user runs it.
 */
final class FirstFit {
    private FirstFit() {}

    /**
     * Fits once.
     *
     * @param arguments the shape and the kernel
     */
    public static void main(String[] arguments) {
        ForcedKernel.use(arguments[1]);
        try (DataSet data = DataSet.of(arguments[0], ElementType.FLOAT64)) {
            FitResult result = Fitter.fit(data.points(), FixedFit.options(data, FitBenchmark.ITERATIONS));
            if (!(result.logLikelihood() > result.trace()[0])) {
                throw new IllegalStateException("the fit has not improved: " + result);
            }
        }
    }
}
