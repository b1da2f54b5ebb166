package org.fusedem.em;

import java.util.Arrays;

/**
 * What an EM loop went through: the log-likelihood after every iteration, and the time each took.
 *
 * <p>Rewritten by each run; grows as needed, so that runs of no more iterations than one before allocate nothing. Not
 * thread-safe.
 */
public final class Trace {
    private final Gains gains = new Gains();
    private double[] logLikelihoods = new double[64];
    private long[] nanos = new long[64];
    private int iterations;
    private int evaluations;
    private long totalNanos;
    private StopReason stopReason;

    /** An empty trace. */
    public Trace() {}

    void start() {
        gains.start();
        iterations = 0;
        evaluations = 0;
        totalNanos = 0;
        stopReason = null;
    }

    /** What the convergence test looks at. */
    Gains gains() {
        return gains;
    }

    void addLogLikelihood(double logLikelihood) {
        if (evaluations == logLikelihoods.length) {
            logLikelihoods = Arrays.copyOf(logLikelihoods, 2 * evaluations);
        }
        logLikelihoods[evaluations++] = logLikelihood;
    }

    void addIteration(long iterationNanos) {
        if (iterations == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * iterations);
        }
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
