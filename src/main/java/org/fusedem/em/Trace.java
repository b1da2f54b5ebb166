package org.fusedem.em;

import java.util.Arrays;

/**
 * What an EM loop went through: the log-likelihood after every iteration, and the time each took.
 *
 * <p>Allocated once for a number of iterations, rewritten by each run. Not thread-safe.
 */
public final class Trace {
    private final double[] logLikelihoods;
    private final long[] nanos;
    private int iterations;
    private int evaluations;
    private long totalNanos;
    private StopReason stopReason;

    /** Room for so many iterations. */
    public Trace(int maxIterations) {
        logLikelihoods = new double[maxIterations + 1];
        nanos = new long[maxIterations];
    }

    void start() {
        iterations = 0;
        evaluations = 0;
        totalNanos = 0;
        stopReason = null;
    }

    void addLogLikelihood(double logLikelihood) {
        logLikelihoods[evaluations++] = logLikelihood;
    }

    void addIteration(long iterationNanos) {
        nanos[iterations++] = iterationNanos;
    }

    void stop(StopReason reason, long allNanos) {
        stopReason = reason;
        totalNanos = allNanos;
    }

    /** The number of iterations: of M-steps done. */
    public int iterations() {
        return iterations;
    }

    /** The log-likelihood of the start, then after each iteration: {@code iterations() + 1} values, in nats. */
    public double[] logLikelihoods() {
        return Arrays.copyOf(logLikelihoods, evaluations);
    }

    /** The log-likelihood of the parameters the loop ended with. */
    public double lastLogLikelihood() {
        return logLikelihoods[evaluations - 1];
    }

    /** The duration of each iteration, an E-step and an M-step, in nanoseconds. */
    public long[] iterationNanos() {
        return Arrays.copyOf(nanos, iterations);
    }

    /** The duration of the whole loop, the last evaluation included, in nanoseconds. */
    public long totalNanos() {
        return totalNanos;
    }

    /** Why the loop ended; null while it runs. */
    public StopReason stopReason() {
        return stopReason;
    }
}
