package org.fusedem.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/** The mixtures that data are drawn from, and those that fits start at. The same shape gives the same numbers. */
final class Mixtures {
    /**
     * How far apart two means typically are, in standard deviations, in any number of dims: near enough for components
     * to overlap, so that responsibilities are not all zero or one; far enough for none to die.
     */
    private static final double SEPARATION = 4;

    /** How far a start's means are from the truth, in standard deviations. */
    private static final double START_ERROR = 0.5;

    private static final long SEED = 20_260_101;

    private Mixtures() {}

    /** What the data are drawn from. */
    static GaussianMixture truth(Shape shape) {
        return truth(shape, SEPARATION);
    }

    /** The same with the means nearer together or farther apart, in standard deviations. */
    static GaussianMixture truth(Shape shape, double separation) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] weights = new double[shape.components()];
        Arrays.setAll(weights, k -> 1 + random.nextDouble());
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, k -> weights[k] / sum);
        // Two Gaussian vectors of variance s^2 per feature are s sqrt(2 D) apart.
        double spread = separation / Math.sqrt(2.0 * shape.dims());
        double[] means = new double[shape.components() * shape.dims()];
        Arrays.setAll(means, i -> spread * random.nextGaussian());
        double[] covariances = packed(shape, (i, j) -> i == j
                ? 0.75 + 0.5 * random.nextDouble()
                // Small enough for the diagonal to dominate: positive definite.
                : (random.nextDouble() - 0.5) / shape.dims());
        return GaussianMixture.of(shape.covariance(), shape.dims(), weights, means, covariances);
    }

    /** Where a fit starts: near the truth, with equal weights and unit covariances. */
    static GaussianMixture start(GaussianMixture truth, Shape shape) {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        double[] weights = new double[shape.components()];
        Arrays.fill(weights, 1.0 / shape.components());
        double[] means = truth.means();
        Arrays.setAll(means, i -> means[i] + START_ERROR * random.nextGaussian() / Math.sqrt(shape.dims()));
        return GaussianMixture.of(shape.covariance(), shape.dims(), weights, means,
                packed(shape, (i, j) -> i == j ? 1 : 0));
    }

    /** One entry of a covariance, {@code j <= i}. */
    private interface Entry {
        double at(int i, int j);
    }

    private static double[] packed(Shape shape, Entry entry) {
        Covariance covariance = shape.covariance();
        double[] packed = new double[covariance.packedLength(shape.components(), shape.dims())];
        int length = covariance.blockLength(shape.dims());
        boolean triangles = covariance == Covariance.TIED || covariance == Covariance.FULL;
        for (int block = 0; block < packed.length; block += length) {
            for (int i = 0; i < (triangles ? shape.dims() : length); i++) {
                for (int j = triangles ? 0 : i; j <= i; j++) {
                    packed[block + (triangles ? LowerTriangle.index(i, j) : i)] = entry.at(i, j);
                }
            }
        }
        return packed;
    }
}
