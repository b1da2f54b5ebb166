package org.fusedem.online;

import org.fusedem.fit.TestData;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Window;

/** Streams of points for tests, drawn from known mixtures. */
final class Streams {
    private Streams() {}

    /** Components that overlap a little, so that EM needs some iterations. */
    static GaussianMixture truth(Covariance covariance, int components, int dims, long seed) {
        return TestData.mixture(covariance, components, dims, 1.5, seed);
    }

    /** The same mixture with every mean somewhat beside: a start that EM gets away from. */
    static GaussianMixture start(GaussianMixture truth, double by) {
        double[] means = truth.means();
        for (int i = 0; i < means.length; i++) {
            means[i] += i % 2 == 0 ? by : -by;
        }
        return GaussianMixture.of(truth.covariance(), truth.dims(), truth.weights(), means, truth.covariances());
    }

    /** The same mixture elsewhere. */
    static GaussianMixture moved(GaussianMixture model, double by) {
        double[] means = model.means();
        for (int i = 0; i < means.length; i++) {
            means[i] += by;
        }
        return GaussianMixture.of(model.covariance(), model.dims(), model.weights(), means, model.covariances());
    }

    static void append(Window window, Sampler sampler, int count) {
        double[] row = new double[window.dims()];
        for (int n = 0; n < count; n++) {
            sampler.next(row);
            window.append(row);
        }
    }
}
