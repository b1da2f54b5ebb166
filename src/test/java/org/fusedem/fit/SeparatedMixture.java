package org.fusedem.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * Random mixtures whose components are as far apart as asked, and no farther: each mean lies at 1 to 1.25 times the
 * separation from one of those before, in a random direction, and at least the separation from all others. The largest
 * standard deviation of a component in any direction is 1 at most, the smallest 0.5 at least; so two components are
 * {@code separation} deviations apart, or more (c-separated, in the sense of Dasgupta, Learning mixtures of Gaussians,
 * 1999, times the root of D).
 */
final class SeparatedMixture {
    private static final double LEAST_DEVIATION = 0.5;

    private final int components;
    private final int dims;
    private final SplittableRandom random;

    private SeparatedMixture(int components, int dims, long seed) {
        this.components = components;
        this.dims = dims;
        random = new SplittableRandom(seed);
    }

    /**
     * One of them.
     *
     * @param unbalance the largest weight over the smallest; those between fall by a constant factor
     */
    static GaussianMixture of(
            Covariance shape, int components, int dims, double separation, double unbalance, long seed) {
        SeparatedMixture maker = new SeparatedMixture(components, dims, seed);
        return GaussianMixture.of(shape, dims, maker.weights(unbalance), maker.means(separation),
                maker.covariances(shape));
    }

    private double[] weights(double unbalance) {
        double[] weights = new double[components];
        Arrays.setAll(weights, k -> Math.pow(unbalance, -k / (components - 1.0)));
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, k -> weights[k] / sum);
        return weights;
    }

    private double[] means(double separation) {
        double[] means = new double[components * dims];
        for (int k = 1; k < components; ) {
            int neighbour = random.nextInt(k);
            double[] direction = direction();
            double distance = separation * (1 + 0.25 * random.nextDouble());
            for (int i = 0; i < dims; i++) {
                means[k * dims + i] = means[neighbour * dims + i] + distance * direction[i];
            }
            k += nearest(means, k) >= separation ? 1 : 0;
        }
        return means;
    }

    /** A random unit vector. */
    private double[] direction() {
        double[] direction = random.doubles(dims).map(_ -> random.nextGaussian()).toArray();
        double length = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
        return Arrays.stream(direction).map(x -> x / length).toArray();
    }

    /** The distance of mean k from the nearest before. */
    private double nearest(double[] means, int k) {
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < k; j++) {
            double squares = 0;
            for (int i = 0; i < dims; i++) {
                double difference = means[k * dims + i] - means[j * dims + i];
                squares += difference * difference;
            }
            least = Math.min(least, Math.sqrt(squares));
        }
        return least;
    }

    private double[] covariances(Covariance shape) {
        double[] packed = new double[shape.packedLength(components, dims)];
        int length = shape.blockLength(dims);
        for (int block = 0; block < packed.length; block += length) {
            switch (shape) {
                case SPHERICAL, DIAGONAL -> {
                    for (int i = 0; i < length; i++) {
                        packed[block + i] = variance();
                    }
                }
                case TIED, FULL -> fillTriangle(packed, block);
            }
        }
        return packed;
    }

    private double variance() {
        double deviation = LEAST_DEVIATION + (1 - LEAST_DEVIATION) * random.nextDouble();
        return deviation * deviation;
    }

    /** {@code sum_a variance_a q_a q_a^T} with random orthonormal q, by Gram and Schmidt. */
    private void fillTriangle(double[] packed, int block) {
        double[][] axes = new double[dims][];
        for (int a = 0; a < dims; a++) {
            double[] axis = direction();
            for (int b = 0; b < a; b++) {
                double[] other = axes[b];
                double product = 0;
                for (int i = 0; i < dims; i++) {
                    product += axis[i] * other[i];
                }
                for (int i = 0; i < dims; i++) {
                    axis[i] -= product * other[i];
                }
            }
            double length = Math.sqrt(Arrays.stream(axis).map(x -> x * x).sum());
            axes[a] = Arrays.stream(axis).map(x -> x / length).toArray();
            double variance = variance();
            for (int i = 0; i < dims; i++) {
                for (int j = 0; j <= i; j++) {
                    packed[block + LowerTriangle.index(i, j)] += variance * axes[a][i] * axes[a][j];
                }
            }
        }
    }
}
