package org.fusedem.service;

import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/** Mixtures for tests. */
final class Mixtures {
    private Mixtures() {}

    /** Of a given shape, with numbers that are all different. */
    static GaussianMixture of(Covariance shape, int dims, int components) {
        double[] weights = new double[components];
        double[] means = new double[components * dims];
        double[] covariances = new double[shape.packedLength(components, dims)];
        for (int k = 0; k < components; k++) {
            weights[k] = 2.0 * (k + 1) / (components * (components + 1));
            for (int i = 0; i < dims; i++) {
                means[k * dims + i] = 10 * k + i / 3.0;
            }
        }
        int length = shape.blockLength(dims);
        for (int block = 0; block < shape.blocks(components); block++) {
            for (int i = 0, at = block * length; i < dims && at < (block + 1) * length; i++) {
                switch (shape) {
                    case SPHERICAL, DIAGONAL -> covariances[at++] = 1 + block + i / 7.0;
                    case TIED, FULL -> {
                        for (int j = 0; j <= i; j++) {
                            covariances[at++] = i == j ? 1 + block + i / 7.0 : 0.1;
                        }
                    }
                }
            }
        }
        return GaussianMixture.of(shape, dims, weights, means, covariances);
    }
}
