package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Passes;
import org.fusedem.kernel.Team;
import org.fusedem.maximization.Bulk;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;

/**
 * The weighted mean and variance of every feature, of its observed values where some are missing: what is near, and
 * what is small, for these data.
 *
 * <p>One wild value makes a variance so large that all else looks small beside it. So there is a second one of the
 * {@link Bulk} alone.
 *
 * @param means D means
 * @param spreads D variances over all points, each divided by the total weight
 * @param bulks D variances of the bulk
 * @param constant for each feature, whether all its values are equal
 * @param totalWeight the number of points, or the sum of their weights
 */
record FeatureScales(double[] means, double[] spreads, double[] bulks, boolean[] constant, double totalWeight) {
    /** Sums of squares beyond this could overflow around other shifts. */
    static final double LARGEST_SCATTER = 1e300;

    /** A feature whose variance is so many times its bulk's is measured by the bulk. */
    private static final double MOST_SPREAD = 1e6;

    /**
     * Two passes: the second's shifts are the first's means, so that nothing cancels.
     *
     * @throws IllegalArgumentException if no point has weight, or a feature has no value in any that has
     */
    static FeatureScales of(Kernel kernel, Points points, Team team, Arena arena) {
        return points.missingValues() == 0 ? ofComplete(kernel, points, team, arena) : ofObserved(kernel, points);
    }

    private static FeatureScales ofComplete(Kernel kernel, Points points, Team team, Arena arena) {
        double[] means = new double[points.dims()];
        points.copyRow(firstWithWeight(points), means);
        double[] spreads = new double[points.dims()];
        double totalWeight = 0;
        Passes passes = new Passes(kernel, points, Covariance.DIAGONAL, 1, team, arena);
        for (int pass = 0; pass < 2; pass++) {
            Parameters one = everything(Covariance.DIAGONAL, means);
            Moments moments = passes.run(Densities.of(kernel, one), Assignment.SOFT, means);
            totalWeight = moments.totalWeight();
            for (int i = 0; i < means.length; i++) {
                double distance = moments.first()[i] / totalWeight;
                means[i] += distance;
                // Rounding may leave it just below zero.
                spreads[i] = Math.max(0, moments.second()[i] / totalWeight - distance * distance);
            }
        }
        boolean[] constant = new boolean[spreads.length];
        for (int i = 0; i < spreads.length; i++) {
            // Squares of small numbers may be zero; the numbers are not.
            constant[i] = spreads[i] == 0 && range(points, i) == 0;
        }
        double[] bulks = bulks(spreads, InterquartileScale.of(points, totalWeight));
        return new FeatureScales(means, spreads, bulks, constant, totalWeight);
    }

    /** The same column by column, each of the points that have a value there. */
    private static FeatureScales ofObserved(Kernel kernel, Points points) {
        firstWithWeight(points);
        int dims = points.dims();
        FeatureScales scales = new FeatureScales(
                new double[dims], new double[dims], new double[dims], new boolean[dims], Sample.totalWeight(points));
        for (int i = 0; i < dims; i++) {
            if (Sample.extreme(points, i, 1) < 0) {
                throw new IllegalArgumentException(
                        "no point with weight has a value there (leave the column out): column=" + i);
            }
            try (Points observed = Sample.observed(points, i); Arena arena = Arena.ofConfined()) {
                FeatureScales one = ofComplete(kernel, observed, Team.CALLER, arena);
                scales.means[i] = one.means[0];
                scales.spreads[i] = one.spreads[0];
                scales.bulks[i] = one.bulks[0];
                scales.constant[i] = one.constant[0];
            }
        }
        return scales;
    }

    /** A row near which there must be something. */
    private static long firstWithWeight(Points points) {
        for (long n = 0; n < points.size(); n++) {
            if (points.weight(n) > 0) {
                return n;
            }
        }
        throw new IllegalArgumentException("all points have weight 0: points=" + points.size());
    }

    static double[] bulks(double[] spreads, double[] scales) {
        double[] bulks = new double[spreads.length];
        Arrays.setAll(bulks, i -> Bulk.variance(spreads[i], scales[i]));
        return bulks;
    }

    /** A column's largest value less its smallest, of the points that have weight. */
    static double range(Points points, int column) {
        return points.get(Sample.extreme(points, column, 1), column)
                - points.get(Sample.extreme(points, column, -1), column);
    }

    /**
     * How far values lie apart: D variances of all points, or of the bulk where that is {@link #wild}, as nothing in
     * the bulk could be told apart otherwise. For a constant feature, whose own is 0, the average of the others', or 1
     * if there are none.
     */
    double[] variances() {
        boolean[] wild = wild();
        double[] variances = new double[spreads.length];
        Arrays.setAll(variances, i -> wild[i] ? bulks[i] : spreads[i]);
        return withoutZeros(variances);
    }

    /** What is small: D variances of the bulk; for a constant feature as in {@link #variances}. */
    double[] bulkVariances() {
        return withoutZeros(bulks);
    }

    /** For each feature, whether its variance is more than 1e6 times the bulk's. */
    boolean[] wild() {
        boolean[] wild = new boolean[spreads.length];
        for (int i = 0; i < wild.length; i++) {
            wild[i] = spreads[i] > MOST_SPREAD * bulks[i];
        }
        return wild;
    }

    private static double[] withoutZeros(double[] variances) {
        double[] replaced = variances.clone();
        Bulk.replaceZeros(replaced);
        return replaced;
    }

    /** A mixture of one component, which takes every point. It is so broad that no distance from it overflows. */
    static Parameters everything(Covariance covariance, double[] means) {
        Parameters one = new Parameters(covariance, 1, means.length);
        one.weights()[0] = 1;
        System.arraycopy(means, 0, one.means(), 0, means.length);
        double[] variances = new double[means.length];
        Arrays.fill(variances, LARGEST_SCATTER);
        pack(variances, covariance, one.covariances());
        one.factorize();
        return one;
    }

    /** The same, but that the bulk is all there is: what lies outside it is noise. */
    FeatureScales ofBulk() {
        return new FeatureScales(means, bulks, bulks, constant, totalWeight);
    }

    /** The same scales for a sample of the points. */
    FeatureScales withTotalWeight(double sampleWeight) {
        return new FeatureScales(means, spreads, bulks, constant, sampleWeight);
    }

    /** The means, once for each of K components. */
    double[] repeatedMeans(int components) {
        double[] repeated = new double[Math.multiplyExact(components, means.length)];
        for (int k = 0; k < components; k++) {
            System.arraycopy(means, 0, repeated, k * means.length, means.length);
        }
        return repeated;
    }

    /** The covariance of all points, without its correlations, packed for each component of a shape. */
    double[] packedVariances(Covariance covariance, int components) {
        double[] packed = new double[covariance.packedLength(components, means.length)];
        pack(variances(), covariance, packed);
        return packed;
    }

    private static void pack(double[] variances, Covariance covariance, double[] packed) {
        int dims = variances.length;
        double average = Arrays.stream(variances).map(variance -> variance / dims).sum();
        int block = covariance.blockLength(dims);
        for (int offset = 0; offset < packed.length; offset += block) {
            for (int i = 0; i < dims; i++) {
                switch (covariance) {
                    case SPHERICAL -> packed[offset] = average;
                    case DIAGONAL -> packed[offset + i] = variances[i];
                    case TIED, FULL -> packed[offset + Covariance.triangle(i + 1) - 1] = variances[i];
                }
            }
        }
    }
}
