package org.fusedem.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;

/**
 * Random mixtures whose features are correlated where the shape allows. All variances within a component are above 0.2.
 */
final class RandomMixtures {
    private RandomMixtures() {}

    /** Means within some three standard deviations around {@code offset}. */
    static GaussianMixture of(Covariance shape, int components, int dims, double offset, long seed) {
        return of(shape, components, dims, offset, -1, seed);
    }

    /** The same, with a component of weight zero. */
    static GaussianMixture of(Covariance shape, int components, int dims, double offset, int weightless, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[components];
        Arrays.setAll(weights, k -> k == weightless ? 0 : 0.2 + random.nextDouble());
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, k -> weights[k] / sum);
        double[] means = new double[components * dims];
        Arrays.setAll(means, i -> offset + 3 * random.nextGaussian());
        double[] covariances = new double[shape.packedLength(components, dims)];
        int length = shape.blockLength(dims);
        for (int block = 0; block < covariances.length; block += length) {
            switch (shape) {
                case SPHERICAL, DIAGONAL -> {
                    for (int i = 0; i < length; i++) {
                        covariances[block + i] = 0.2 + 2 * random.nextDouble();
                    }
                }
                case TIED, FULL -> fillTriangle(covariances, block, dims, random);
            }
        }
        return GaussianMixture.of(shape, dims, weights, means, covariances);
    }

    /** {@code A A^T + 0.2 I} with random A. */
    private static void fillTriangle(double[] covariances, int block, int dims, SplittableRandom random) {
        double[][] a = new double[dims][dims];
        for (double[] row : a) {
            Arrays.setAll(row, j -> random.nextGaussian() / Math.sqrt(dims));
        }
        for (int i = 0; i < dims; i++) {
            for (int j = 0; j <= i; j++) {
                double product = i == j ? 0.2 : 0;
                for (int l = 0; l < dims; l++) {
                    product += a[i][l] * a[j][l];
                }
                covariances[block + LowerTriangle.index(i, j)] = product;
            }
        }
    }

    /** A point of the mixture. */
    static double[] point(GaussianMixture model, long seed) {
        double[] point = new double[model.dims()];
        model.sampler(seed).next(point);
        return point;
    }

    /** The mean over all components. */
    static double[] mean(GaussianMixture model) {
        double[] mean = new double[model.dims()];
        for (int i = 0; i < mean.length; i++) {
            for (int k = 0; k < model.components(); k++) {
                // Around the first component's: an offset of 1e8 shall cost no digits.
                mean[i] += model.weight(k) * (model.mean(k, i) - model.mean(0, i));
            }
            mean[i] += model.mean(0, i);
        }
        return mean;
    }

    /** The covariance over all components. */
    static double[][] covariance(GaussianMixture model) {
        double[] mean = mean(model);
        double[][] covariance = new double[model.dims()][model.dims()];
        for (int k = 0; k < model.components(); k++) {
            for (int i = 0; i < mean.length; i++) {
                for (int j = 0; j < mean.length; j++) {
                    covariance[i][j] += model.weight(k) * (model.covariance(k, i, j)
                            + (model.mean(k, i) - mean[i]) * (model.mean(k, j) - mean[j]));
                }
            }
        }
        return covariance;
    }
}
