package org.fusedem.select;

import java.util.Arrays;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/** The models of a grid as starts for each other. */
final class Neighbours {
    /**
     * How far the mean of each half moves, in standard deviations of what is cut: nearly as far as the mean of half a
     * normal distribution lies from the middle, {@code sqrt(2 / pi)}.
     */
    private static final double HALF_DISTANCE = 0.7;

    private Neighbours() {}

    /**
     * The same mixture with covariances of another shape: what does not fit it is left out, what it shares is averaged
     * (over components by weight, over features evenly). A shape that has room for all of the other gives the same
     * density, and so the same responsibilities.
     */
    static GaussianMixture reshaped(GaussianMixture model, Covariance shape) {
        int dims = model.dims();
        double[] weights = model.weights();
        double[] packed = new double[shape.packedLength(model.components(), dims)];
        for (int k = 0; k < model.components(); k++) {
            int block = shape.blockOffset(k, dims);
            for (int i = 0; i < dims; i++) {
                switch (shape) {
                    case SPHERICAL -> packed[block] += model.covariance(k, i, i) / dims;
                    case DIAGONAL -> packed[block + i] = model.covariance(k, i, i);
                    case TIED, FULL -> {
                        double share = shape == Covariance.TIED ? weights[k] : 1;
                        for (int j = 0; j <= i; j++) {
                            packed[block + LowerTriangle.index(i, j)] += share * model.covariance(k, i, j);
                        }
                    }
                }
            }
        }
        return GaussianMixture.of(shape, dims, weights, model.means(), packed);
    }

    /**
     * A mixture of one component more: one is cut in two of half its weight, both with its covariance, their means
     * apart in the feature in which it is widest beside the others, and in all others as these follow from that one.
     *
     * @param component which, from 0
     */
    static GaussianMixture split(GaussianMixture model, int component) {
        int components = model.components();
        int dims = model.dims();
        Covariance shape = model.covariance();
        double[] weights = Arrays.copyOf(model.weights(), components + 1);
        weights[component] /= 2;
        weights[components] = weights[component];
        double[] means = Arrays.copyOf(model.means(), (components + 1) * dims);
        int widest = widestFeature(model, component);
        double scale = HALF_DISTANCE / Math.sqrt(model.covariance(component, widest, widest));
        for (int i = 0; i < dims; i++) {
            double distance = scale * model.covariance(component, widest, i);
            means[components * dims + i] = means[component * dims + i] - distance;
            means[component * dims + i] += distance;
        }
        double[] packed = Arrays.copyOf(model.covariances(), shape.packedLength(components + 1, dims));
        int length = packed.length - model.covariances().length;
        System.arraycopy(packed, shape.blockOffset(component, dims), packed, packed.length - length, length);
        return GaussianMixture.of(shape, dims, weights, means, packed);
    }

    /**
     * The feature in which a component's variance is largest, measured in that of the whole mixture; for spherical
     * ones, which do not tell, the one in which the whole mixture's is.
     */
    private static int widestFeature(GaussianMixture model, int component) {
        int widest = 0;
        double largest = 0;
        for (int i = 0; i < model.dims(); i++) {
            double whole = variance(model, i);
            double width = model.covariance() == Covariance.SPHERICAL
                    ? whole : model.covariance(component, i, i) / whole;
            if (width > largest) {
                largest = width;
                widest = i;
            }
        }
        return widest;
    }

    /** {@code sum_k weight_k (Sigma_k,ii + (mean_ki - mean_i)^2)}. */
    private static double variance(GaussianMixture model, int feature) {
        double[] weights = model.weights();
        double mean = 0;
        for (int k = 0; k < weights.length; k++) {
            mean += weights[k] * model.mean(k, feature);
        }
        double variance = 0;
        for (int k = 0; k < weights.length; k++) {
            double distance = model.mean(k, feature) - mean;
            variance += weights[k] * (model.covariance(k, feature, feature) + distance * distance);
        }
        return variance;
    }
}
