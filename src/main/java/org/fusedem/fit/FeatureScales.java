package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Passes;
import org.fusedem.kernel.Team;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;

/**
 * The weighted mean and variance of every feature: what is near, and what is small, for these data.
 *
 * <p>One wild value makes a variance so large that all else looks small beside it. So there is a second one of the bulk
 * alone, {@code min(standard deviation, interquartile range / 1.349)^2} (the scale that Silverman, Density Estimation for
 * Statistics and Data Analysis, 1986, (3.30), takes to be safe for any distribution), and the plain one where half of the
 * values are equal, so that the range between the quartiles may be 0.
 *
 * @param means D means
 * @param variances D variances, each divided by the total weight: how far values lie apart. Where that is more than 1e6
 *     times the bulk's, the bulk's, since nothing in the bulk could be told apart; for a constant feature, whose own is 0,
 *     the average of the others', or 1 if there are none
 * @param bulkVariances D variances of the bulk: what is small. For a constant feature as above
 * @param wild for each feature, whether its variance is more than 1e6 times the bulk's
 * @param constant for each feature, whether all its values are equal
 * @param totalWeight the number of points, or the sum of their weights
 */
record FeatureScales(
        double[] means,
        double[] variances,
        double[] bulkVariances,
        boolean[] wild,
        boolean[] constant,
        double totalWeight) {
    /** Sums of squares beyond this could overflow around other shifts. */
    private static final double LARGEST_SCATTER = 1e300;

    /** A feature whose variance is so many times its bulk's is measured by the bulk. */
    private static final double MOST_SPREAD = 1e6;

    /** A bulk's variance counts as at least this share of the whole's, so that their ratio is no extreme number. */
    private static final double LEAST_BULK = 1e-200;

    /**
     * Two passes: the second's shifts are the first's means, so that nothing cancels.
     *
     * @throws IllegalArgumentException if no point has weight, or a feature spreads too far for sums of its squares
     */
    static FeatureScales of(Kernel kernel, Points points, Team team, Arena arena) {
        double[] means = new double[points.dims()];
        points.copyRow(0, means);
        double[] variances = new double[points.dims()];
        double totalWeight = 0;
        Passes passes = new Passes(kernel, points, Covariance.DIAGONAL, 1, team, arena);
        for (int pass = 0; pass < 2; pass++) {
            Parameters one = everything(Covariance.DIAGONAL, means);
            Moments moments = passes.run(Densities.of(kernel, one), Assignment.SOFT, means);
            totalWeight = moments.totalWeight();
            if (!(totalWeight > 0)) {
                throw new IllegalArgumentException("all points have weight 0: points=" + points.size());
            }
            for (int i = 0; i < means.length; i++) {
                double distance = moments.first()[i] / totalWeight;
                means[i] += distance;
                checkScatter(moments.second()[i], i);
                variances[i] = moments.second()[i] / totalWeight - distance * distance;
            }
        }
        double[] bulk = bulkVariances(variances, InterquartileScale.of(points, totalWeight));
        boolean[] wild = new boolean[variances.length];
        for (int i = 0; i < variances.length; i++) {
            wild[i] = variances[i] > MOST_SPREAD * bulk[i];
            variances[i] = wild[i] ? bulk[i] : variances[i];
        }
        replaceZeros(bulk);
        return new FeatureScales(means, variances, bulk, wild, replaceZeros(variances), totalWeight);
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

    private static double[] bulkVariances(double[] variances, double[] scales) {
        double[] bulk = variances.clone();
        for (int i = 0; i < bulk.length; i++) {
            if (scales[i] > 0) {
                bulk[i] = Math.min(bulk[i], Math.max(scales[i] * scales[i], LEAST_BULK * bulk[i]));
            }
        }
        return bulk;
    }

    /** Gives constant features the average variance of the others, or 1 if all are constant; says which they are. */
    private static boolean[] replaceZeros(double[] variances) {
        boolean[] constant = new boolean[variances.length];
        for (int i = 0; i < variances.length; i++) {
            // Negated, so that a rounding below zero counts as none.
            constant[i] = !(variances[i] > 0);
        }
        double average = Arrays.stream(variances).filter(variance -> variance > 0).average().orElse(1);
        for (int i = 0; i < variances.length; i++) {
            variances[i] = constant[i] ? average : variances[i];
        }
        return constant;
    }

    private static void checkScatter(double scatter, int column) {
        if (!(scatter <= LARGEST_SCATTER)) {
            throw new IllegalArgumentException("values spread too far for sums of their squares (rescale the column):"
                    + " column=" + column + ", sum of squares=" + scatter);
        }
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
        pack(variances, covariance, packed);
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
