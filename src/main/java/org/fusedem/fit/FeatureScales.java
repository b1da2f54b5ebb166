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
 * The weighted mean and variance of every feature, of its observed values where some are missing: what is near, and
 * what is small, for these data.
 *
 * @param means D means
 * @param variances D variances, each divided by the total weight; for a constant feature, whose own is 0, the average of the
 *     others', or 1 if there are none
 * @param constant for each feature, whether all its values are equal
 * @param totalWeight the number of points, or the sum of their weights
 */
record FeatureScales(double[] means, double[] variances, boolean[] constant, double totalWeight) {
    /** Sums of squares beyond this could overflow around other shifts. */
    private static final double LARGEST_SCATTER = 1e300;

    /**
     * Two passes: the second's shifts are the first's means, so that nothing cancels.
     *
     * @throws IllegalArgumentException if no point has weight, a feature has no value in any that has, or it spreads
     *     too far for sums of its squares
     */
    static FeatureScales of(Kernel kernel, Points points, Team team, Arena arena) {
        return points.missingValues() == 0 ? ofComplete(kernel, points, team, arena) : ofObserved(points);
    }

    private static FeatureScales ofComplete(Kernel kernel, Points points, Team team, Arena arena) {
        // A mixture of one component takes every point. It is so broad that no distance from it overflows.
        Parameters one = new Parameters(Covariance.DIAGONAL, 1, points.dims());
        one.weights()[0] = 1;
        Arrays.fill(one.covariances(), LARGEST_SCATTER);
        double[] means = one.means();
        points.copyRow(0, means);
        double[] variances = new double[points.dims()];
        double totalWeight = 0;
        Passes passes = new Passes(kernel, points, Covariance.DIAGONAL, 1, team, arena);
        for (int pass = 0; pass < 2; pass++) {
            one.factorize();
            Moments moments = passes.run(Densities.of(kernel, one), Assignment.SOFT, means);
            totalWeight = moments.totalWeight();
            checkWeight(totalWeight, points);
            for (int i = 0; i < means.length; i++) {
                double distance = moments.first()[i] / totalWeight;
                means[i] += distance;
                checkScatter(moments.second()[i], i);
                variances[i] = moments.second()[i] / totalWeight - distance * distance;
            }
        }
        return new FeatureScales(means, variances, replaceZeros(variances), totalWeight);
    }

    /** The same in plain loops, column by column, over the values that are there. */
    private static FeatureScales ofObserved(Points points) {
        double totalWeight = 0;
        for (long n = 0; n < points.size(); n++) {
            totalWeight += points.weight(n);
        }
        checkWeight(totalWeight, points);
        double[] means = new double[points.dims()];
        double[] variances = new double[points.dims()];
        for (int i = 0; i < means.length; i++) {
            means[i] = firstObserved(points, i);
            for (int pass = 0; pass < 2; pass++) {
                double weight = 0;
                double first = 0;
                double second = 0;
                for (long n = 0; n < points.size(); n++) {
                    double u = points.get(n, i) - means[i];
                    if (!Double.isNaN(u)) {
                        double weighted = points.weight(n) * u;
                        weight += points.weight(n);
                        first += weighted;
                        second += weighted * u;
                    }
                }
                double distance = first / weight;
                means[i] += distance;
                checkScatter(second, i);
                variances[i] = second / weight - distance * distance;
            }
        }
        return new FeatureScales(means, variances, replaceZeros(variances), totalWeight);
    }

    private static double firstObserved(Points points, int column) {
        for (long n = 0; n < points.size(); n++) {
            if (points.weight(n) > 0 && !Double.isNaN(points.get(n, column))) {
                return points.get(n, column);
            }
        }
        throw new IllegalArgumentException(
                "no point with weight has a value there (leave the column out): column=" + column);
    }

    private static void checkWeight(double totalWeight, Points points) {
        if (!(totalWeight > 0)) {
            throw new IllegalArgumentException("all points have weight 0: points=" + points.size());
        }
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
        int dims = means.length;
        double[] packed = new double[covariance.packedLength(components, dims)];
        double average = Arrays.stream(variances).average().orElseThrow();
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
        return packed;
    }
}
