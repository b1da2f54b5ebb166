package org.fusedem.kernel;

import org.fusedem.moments.Moments;

/**
 * The three stages of a pass over one {@link Tile}, and their two variations. Each stage reads what the one before
 * has left in the tile's scratch. Stateless: one kernel serves all threads.
 *
 * <p>{@link ScalarKernel} is the specification; every other kernel agrees with it up to stated rounding.
 */
public sealed interface Kernel permits ScalarKernel, VectorKernel {
    /**
     * A log-density below this (some 10^150 standard deviations away) counts as this: with all of a point's densities
     * so low, its responsibilities are still numbers.
     */
    double LOG_DENSITY_FLOOR = -1e300;

    /** What to call this kernel: {@code scalar} or {@code vector}. */
    String name();

    /** The bits that one instruction works on: 64 for plain loops. */
    int vectorBits();

    /**
     * Stage one: {@code logDensities[k][n] = log weight_k + log N(x_n | mean_k, Sigma_k)}, at least
     * {@link #LOG_DENSITY_FLOOR}.
     */
    void logDensities(Parameters parameters, Tile tile);

    /**
     * Stage two: replaces log-densities by responsibilities times the point's weight,
     * {@code r_nk = w_n exp(logDensity_nk - logSumExp_n)}, with {@code logSumExp_n = log sum_k exp(logDensity_nk)}.
     *
     * @return the tile's log-likelihood, {@code sum_n w_n logSumExp_n}
     */
    double responsibilities(Tile tile);

    /**
     * Stage two, without stage three to follow: the log-likelihood alone.
     *
     * @return {@code sum_n w_n logSumExp_n}
     */
    double logLikelihood(Tile tile);

    /**
     * Stage two of scoring: as {@link #responsibilities}, and each point's {@code logSumExp_n}, whatever it weighs.
     * Points of a tile to be scored carry no weights.
     *
     * @param into receives one log-density for each real point
     * @param start the index of the first
     */
    void score(Tile tile, double[] into, int start);

    /**
     * Stage two of k-means: the component of the highest log-density (the first, if several tie) takes all of the
     * point's weight.
     *
     * @return {@code sum_n w_n max_k logDensity_nk}
     */
    double assign(Tile tile);

    /** Stage three: adds the tile's weighted moments around {@code moments.shifts()} to the sums. */
    void moments(Tile tile, Moments moments);
}
