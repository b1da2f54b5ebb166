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
    private double[] logPriors = new double[64];
    private long[] nanos = new long[64];
    private int iterations;
    private int evaluations;
    private long totalNanos;
    private StopReason stopReason;

    /** An empty trace. */
    public Trace() {}

    /** Forgets the last run. */
    public void start() {
        gains.start();
        iterations = 0;
        evaluations = 0;
        totalNanos = 0;
        stopReason = null;
    }

    /**
     * As it was after so many iterations of a run of plain EM, for {@link EmLoop#goOn}.
     *
     * @param formerLogLikelihoods of the parameters before each iteration done
     * @param formerLogPriors beside them
     * @param formerNanos the duration of each iteration
     */
    public void restore(double[] formerLogLikelihoods, double[] formerLogPriors, long[] formerNanos) {
        start();
        for (int i = 0; i < formerNanos.length; i++) {
            add(formerLogLikelihoods[i], formerLogPriors[i]);
            gains.add(lastObjective());
            addIteration(formerNanos[i]);
        }
    }

    /** Whether nothing was evaluated yet. */
    boolean isEmpty() {
        return evaluations == 0;
    }

    /** What the convergence test looks at. */
    Gains gains() {
        return gains;
    }

    void add(double logLikelihood, double logPrior) {
        if (evaluations == logLikelihoods.length) {
            logLikelihoods = Arrays.copyOf(logLikelihoods, 2 * evaluations);
            logPriors = Arrays.copyOf(logPriors, 2 * evaluations);
        }
        logPriors[evaluations] = logPrior;
        logLikelihoods[evaluations++] = logLikelihood;
    }

    /** Adds once more what was added last: the parameters are the same. */
    void repeat() {
        add(logLikelihoods[evaluations - 1], logPriors[evaluations - 1]);
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

    /**
     * The log of the prior's density, up to a constant, at each of the parameters whose {@link #logLikelihoods} there
     * are; zeros where there is no prior.
     */
    public double[] logPriors() {
        return Arrays.copyOf(logPriors, evaluations);
    }

    /** Log-likelihood and log-prior of the parameters the loop ended with. */
    public double lastObjective() {
        return lastLogLikelihood() + logPriors[evaluations - 1];
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
