package org.fusedem.model;

import java.util.Objects;
import java.util.stream.IntStream;
import org.fusedem.em.Elbo;

/**
 * The Kullback-Leibler divergence {@code KL(p || q) = E_p[log p(x) - log q(x)]} of mixtures over the same features, in
 * nats. Between single components it is exact. Between mixtures there is no formula, but an approximation, an upper
 * bound and an estimate (Hershey and Olsen, Approximating the Kullback Leibler divergence between Gaussian mixture
 * models, ICASSP 2007).
 *
 * <p>The shapes and the numbers of components may differ. Components without weight take no part.
 */
public final class KullbackLeibler {
    private KullbackLeibler() {}

    /**
     * Exactly, from component {@code a} of p to component {@code b} of q, whatever they weigh (Kullback, Information
     * Theory and Statistics, 1959, 9.1). Costs {@code O(K D^3)} for the factors of p.
     *
     * @return at least 0; infinite where that is more than a double holds
     * @throws IndexOutOfBoundsException if there is no such component
     * @throws IllegalArgumentException if the mixtures differ in dims
     */
    public static double ofComponents(GaussianMixture p, int a, GaussianMixture q, int b) {
        checkDims(p, q);
        Objects.checkIndex(a, p.components());
        Objects.checkIndex(b, q.components());
        return new ComponentDivergence(p.parameters(), q.parameters()).of(a, b);
    }

    /**
     * The variational approximation,
     *
     * <pre>
     * sum_a weight_a log (sum_a' weight_a' exp(-KL(p_a || p_a')) / sum_b weight_b exp(-KL(p_a || q_b)))
     * </pre>
     *
     * (Hershey and Olsen 2007, equation 20). Exact for single Gaussians and zero for equal mixtures; else it may lie on
     * either side of the truth, and even below zero. Costs {@code O(K_p (K_p + K_q) D^3)}.
     *
     * @return infinite if some component of p is farther from all of q than a double holds
     * @throws IllegalArgumentException if the mixtures differ in dims
     */
    public static double variational(GaussianMixture p, GaussianMixture q) {
        checkDims(p, q);
        double[][] within = divergences(p, p);
        double[][] between = divergences(p, q);
        double[] logP = logWeights(p);
        double[] logQ = logWeights(q);
        double sum = 0;
        for (int a = 0; a < logP.length; a++) {
            sum += Math.exp(logP[a]) * (logSimilarity(logP, within[a]) - logSimilarity(logQ, between[a]));
        }
        return sum;
    }

    /** {@code log sum_b weight_b exp(-divergence_b)}. */
    private static double logSimilarity(double[] logWeights, double[] divergences) {
        double[] terms = new double[logWeights.length];
        for (int b = 0; b < terms.length; b++) {
            terms[b] = logWeights[b] - divergences[b];
        }
        return Elbo.logEvidence(terms);
    }

    /**
     * An upper bound (Hershey and Olsen 2007, section 8): both mixtures are split into parts, one for each pair of
     * components, in such a way that the bound which follows from the convexity of the divergence is least. Exact for
     * single Gaussians. Costs {@code O(K_p K_q (D^3 + turns))}, at most 1000 turns.
     *
     * @return at least 0; infinite where that is more than a double holds
     * @throws IllegalArgumentException if the mixtures differ in dims
     */
    public static double upperBound(GaussianMixture p, GaussianMixture q) {
        checkDims(p, q);
        return new VariationalBound(logWeights(p), logWeights(q), divergences(p, q)).least();
    }

    /**
     * A Monte Carlo estimate.
     *
     * @param value the mean of {@code log p(x) - log q(x)} over points drawn from p; chance may put it below zero
     * @param standardError the standard deviation of that mean, estimated from the same points
     */
    public record Estimate(double value, double standardError) {}

    /**
     * The mean of {@code log p(x) - log q(x)} over points drawn from p: unbiased, with an error that falls as
     * {@code 1 / sqrt(samples)}. Zero, without error, for equal mixtures. Costs {@code O(samples (K_p + K_q) D^2)}.
     *
     * @param samples how many points to draw, at least 2
     * @param seed the same seed gives the same estimate
     * @throws IllegalArgumentException if the mixtures differ in dims, or samples are fewer than 2
     */
    public static Estimate monteCarlo(GaussianMixture p, GaussianMixture q, long samples, long seed) {
        checkDims(p, q);
        if (samples < 2) {
            throw new IllegalArgumentException("there must be at least 2 samples: samples=" + samples);
        }
        Sampler sampler = p.sampler(seed);
        PointScorer scorerP = p.pointScorer();
        PointScorer scorerQ = q.pointScorer();
        double[] point = new double[p.dims()];
        // Welford's running mean and sum of squares, Technometrics 4, 1962: no cancellation.
        double mean = 0;
        double squares = 0;
        for (long n = 1; n <= samples; n++) {
            sampler.next(point);
            double gap = scorerP.logDensity(point) - scorerQ.logDensity(point);
            double change = gap - mean;
            mean += change / n;
            squares += change * (gap - mean);
        }
        return new Estimate(mean, Math.sqrt(squares / (samples - 1) / samples));
    }

    /** From each component of p to each of q, of those that weigh anything. */
    private static double[][] divergences(GaussianMixture p, GaussianMixture q) {
        int[] of = weighty(p);
        int[] to = weighty(q);
        ComponentDivergence divergence = new ComponentDivergence(p.parameters(), q.parameters());
        double[][] divergences = new double[of.length][to.length];
        for (int a = 0; a < of.length; a++) {
            for (int b = 0; b < to.length; b++) {
                divergences[a][b] = divergence.of(of[a], to[b]);
            }
        }
        return divergences;
    }

    private static double[] logWeights(GaussianMixture mixture) {
        return IntStream.of(weighty(mixture)).mapToDouble(k -> Math.log(mixture.weight(k))).toArray();
    }

    private static int[] weighty(GaussianMixture mixture) {
        return IntStream.range(0, mixture.components()).filter(k -> mixture.weight(k) > 0).toArray();
    }

    private static void checkDims(GaussianMixture p, GaussianMixture q) {
        if (p.dims() != q.dims()) {
            throw new IllegalArgumentException(
                    "mixtures over different features do not compare: p has dims=" + p.dims() + ", q has dims="
                            + q.dims());
        }
    }
}
