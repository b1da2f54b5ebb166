package org.fusedem.model;

import java.util.Arrays;
import org.fusedem.points.Points;

/**
 * Quantiles of {@code log p(x)}: thresholds below which a point is an anomaly. With the quantile of probability 0.01
 * one in a hundred of the points that are none is called one.
 *
 * <p>The quantile of probability p of a sample is its smallest value with at least a share p of the sample's weight at
 * or below it: the inverse of the empirical distribution function (type 1 of Hyndman and Fan, Sample quantiles in
 * statistical packages, The American Statistician 50, 1996).
 */
public final class LogDensityQuantile {
    /** Normal deviation that leaves 2.5 percent on either side. */
    private static final double DEVIATIONS = 1.959963984540054;

    private LogDensityQuantile() {}

    /**
     * The quantile under the mixture itself, from points drawn from it. The number of draws below the true quantile is
     * binomial, whatever the distribution; so the interval reaches from the draw of rank
     * {@code n p - 1.96 sqrt(n p (1 - p))}, rounded down, to that of rank {@code n p + 1.96 sqrt(n p (1 - p))}, rounded
     * down, plus one (David and Nagaraja, Order Statistics, 3rd edition, 7.1, with the binomial taken as normal). Costs
     * {@code O(n K D^2)} and 8 n bytes.
     *
     * @param probability between 0 and 1
     * @param sampleSize n
     * @param seed the same seed gives the same estimate
     * @throws IllegalArgumentException if the probability is not between 0 and 1, or the size not positive
     */
    public static QuantileEstimate ofModel(GaussianMixture model, double probability, int sampleSize, long seed) {
        checkProbability(probability);
        if (sampleSize <= 0) {
            throw new IllegalArgumentException("sampleSize must be positive: sampleSize=" + sampleSize);
        }
        double[] logDensities = new double[sampleSize];
        double[] point = new double[model.dims()];
        Sampler sampler = model.sampler(seed);
        PointScorer scorer = model.pointScorer();
        for (int n = 0; n < sampleSize; n++) {
            sampler.next(point);
            logDensities[n] = scorer.logDensity(point);
        }
        Arrays.sort(logDensities);
        double expected = sampleSize * probability;
        double spread = DEVIATIONS * Math.sqrt(expected * (1 - probability));
        return new QuantileEstimate(
                ranked(logDensities, Math.ceil(leastWeight(probability, sampleSize))),
                ranked(logDensities, Math.floor(expected - spread)),
                ranked(logDensities, Math.floor(expected + spread) + 1));
    }

    /** The value of a rank from 1, or beyond both ends an infinity. */
    private static double ranked(double[] sorted, double rank) {
        if (rank < 1) {
            return Double.NEGATIVE_INFINITY;
        }
        return rank > sorted.length ? Double.POSITIVE_INFINITY : sorted[(int) rank - 1];
    }

    /**
     * The quantile over given points: exact for these, and by their weights, so that a point of weight 2 counts as two
     * points and one of weight 0 not at all. As an estimate for others like them, the true share below it has standard
     * error {@code sqrt(p (1 - p) / n)}, n points. Costs {@code O(n K D^2 + n log n)} and 16 n bytes.
     *
     * @param probability between 0 and 1
     * @throws IllegalArgumentException if the probability is not between 0 and 1, the points have not D features, miss
     *     values, have no weight, or are too many for one array
     * @throws IllegalStateException if the points are closed
     */
    public static double ofPoints(GaussianMixture model, Points points, double probability) {
        checkProbability(probability);
        Arguments.checkDims(points, model.dims());
        points.checkComplete("densities of fewer features do not compare, so take whole points");
        if (points.size() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("too many points for one array: points=" + points.size());
        }
        double[] logDensities = new double[(int) points.size()];
        double[] point = new double[model.dims()];
        PointScorer scorer = model.pointScorer();
        double totalWeight = 0;
        for (int n = 0; n < logDensities.length; n++) {
            points.copyRow(n, point);
            logDensities[n] = scorer.logDensity(point);
            totalWeight += points.weight(n);
        }
        if (!(totalWeight > 0)) {
            throw new IllegalArgumentException(
                    "points without weight have no quantiles: points=" + points.size() + ", weight=" + totalWeight);
        }
        return smallestWith(leastWeight(probability, totalWeight), logDensities, points);
    }

    /** The smallest log-density with at least so much weight at or below it, by bisection. */
    private static double smallestWith(double weight, double[] logDensities, Points points) {
        double[] sorted = logDensities.clone();
        Arrays.sort(sorted);
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (weightAtOrBelow(sorted[middle], logDensities, points) >= weight) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return sorted[low];
    }

    private static double weightAtOrBelow(double limit, double[] logDensities, Points points) {
        double sum = 0;
        for (int n = 0; n < logDensities.length; n++) {
            if (logDensities[n] <= limit) {
                sum += points.weight(n);
            }
        }
        return sum;
    }

    /** A share of a weight, less a few roundings: 0.07 of 100 shall be 7 and not a trace more. */
    private static double leastWeight(double probability, double total) {
        return probability * total * (1 - 4 * Math.ulp(1.0));
    }

    private static void checkProbability(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("probability must be between 0 and 1: probability=" + probability);
        }
    }
}
