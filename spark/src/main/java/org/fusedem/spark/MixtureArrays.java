package org.fusedem.spark;

import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/** A mixture's numbers as any serializer takes them: weights, means and covariances. */
final class MixtureArrays {
    private MixtureArrays() {}

    static double[][] of(GaussianMixture model) {
        return new double[][] {model.weights(), model.means(), model.covariances()};
    }

    static GaussianMixture mixture(Covariance covariance, double[][] arrays) {
        return GaussianMixture.of(covariance, arrays[1].length / arrays[0].length, arrays[0], arrays[1], arrays[2]);
    }
}
