package org.fusedem.em;

/**
 * The EM iteration: expectation, maximisation, and again, until an iteration gains too little.
 *
 * <p>In exact arithmetic the log-likelihood never falls. In doubles each evaluation is a sum over n points, formed by
 * tiles and ranges, so two evaluations of nearly equal parameters may differ by rounding; a fall of up to
 * {@link #roundingBound} is that, and no more than that happens (tested).
 *
 * @param tolerance the loop ends when an iteration raises the mean log-likelihood per point by less than this; 0 switches
 *     the test off, so that exactly {@code maxIterations} are done
 * @param maxIterations the most iterations, 0 or more
 */
public record EmLoop(double tolerance, int maxIterations) {
    /** Roundings that each point's log-density passes through on its way into the sum, and then some. */
    private static final double ROUNDINGS = 64;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public EmLoop {
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tolerance must be finite and not negative: tolerance=" + tolerance);
        }
        if (maxIterations < 0) {
            throw new IllegalArgumentException("maxIterations must not be negative: maxIterations=" + maxIterations);
        }
    }

    /** Runs the loop from the model's current parameters; the model ends with those of the last iteration. */
    public void run(LatentVariableModel model, Trace trace) {
        long begin = System.nanoTime();
        trace.start();
        double previous = Double.NEGATIVE_INFINITY;
        while (trace.iterations() < maxIterations) {
            long iterationBegin = System.nanoTime();
            double logLikelihood = model.expectation();
            trace.addLogLikelihood(logLikelihood);
            if (converged(logLikelihood - previous, model.totalWeight())) {
                trace.stop(StopReason.CONVERGED, System.nanoTime() - begin);
                return;
            }
            previous = logLikelihood;
            model.maximization();
            trace.addIteration(System.nanoTime() - iterationBegin);
        }
        double logLikelihood = model.logLikelihood();
        trace.addLogLikelihood(logLikelihood);
        StopReason reason = converged(logLikelihood - previous, model.totalWeight())
                ? StopReason.CONVERGED : StopReason.MAX_ITERATIONS;
        trace.stop(reason, System.nanoTime() - begin);
    }

    private boolean converged(double gain, double totalWeight) {
        return tolerance > 0 && gain < tolerance * totalWeight;
    }

    /**
     * How far rounding alone may lower the log-likelihood between two iterations:
     * {@code 64 eps (|logLikelihood| + dims n)}. Each of n points contributes a log-density, whose terms (about one per
     * dimension) and whose place in the pairwise sum of tiles and ranges each bring a few roundings of relative size
     * {@code eps = 2^-53}.
     *
     * @param logLikelihood the log-likelihood, in nats
     * @param totalWeight the number of points, or the sum of their weights
     * @param dims the number of features
     */
    public static double roundingBound(double logLikelihood, double totalWeight, int dims) {
        return ROUNDINGS * 0x1p-53 * (Math.abs(logLikelihood) + dims * totalWeight);
    }
}
