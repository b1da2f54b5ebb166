package org.fusedem.fit;

import org.fusedem.kernel.Parameters;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.maximization.Maximization;
import org.fusedem.moments.Covariance;

/**
 * A mixture's parameters as one point: K weights, {@code K D} means, and the covariances as they are packed. Means are
 * measured in the standard deviation of their feature, a covariance in those of both of its features, a spherical
 * variance in the average variance: so lengths mean the same whatever the units.
 *
 * <p>Weights and covariances stand as they are. Logarithms and Cholesky factors, whose every point is a mixture, took
 * as many iterations or more: the points that are none are few, one extrapolation in a hundred, and known without a
 * pass. And with coefficients that sum to one, as those of an extrapolation do, the weights go on to sum to one.
 */
final class GaussianCoordinates {
    private final Parameters parameters;
    /** What each mean is measured in, by feature. */
    private final double[] meanUnits;
    /** What each number of a covariance block is measured in. */
    private final double[] covarianceUnits;

    /** Of these parameters, live, for data with these variances. */
    GaussianCoordinates(Parameters parameters, double[] variances) {
        this.parameters = parameters;
        int dims = variances.length;
        meanUnits = new double[dims];
        covarianceUnits = new double[parameters.covariance().blockLength(dims)];
        for (int i = 0; i < dims; i++) {
            meanUnits[i] = Math.sqrt(variances[i]);
            switch (parameters.covariance()) {
                case SPHERICAL -> covarianceUnits[0] += variances[i] / dims;
                case DIAGONAL -> covarianceUnits[i] = variances[i];
                case TIED, FULL -> {
                    for (int j = 0; j <= i; j++) {
                        covarianceUnits[LowerTriangle.index(i, j)] = meanUnits[i] * meanUnits[j];
                    }
                }
            }
        }
    }

    int count() {
        return parameters.components() + parameters.means().length + parameters.covariances().length;
    }

    void copyTo(double[] point) {
        double[] weights = parameters.weights();
        double[] means = parameters.means();
        double[] covariances = parameters.covariances();
        System.arraycopy(weights, 0, point, 0, weights.length);
        int next = weights.length;
        for (int i = 0; i < means.length; i++) {
            point[next++] = means[i] / meanUnits[i % meanUnits.length];
        }
        for (int i = 0; i < covariances.length; i++) {
            point[next++] = covariances[i] / covarianceUnits[i % covarianceUnits.length];
        }
    }

    /**
     * Sets weights, means and covariances; what is derived from them is still to be.
     *
     * @return whether the weights are those of a mixture with the same components alive; if not, the parameters are of
     *     no use
     */
    boolean setFrom(double[] point) {
        double[] weights = parameters.weights();
        double[] means = parameters.means();
        double[] covariances = parameters.covariances();
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            if (!(weights[k] == 0 ? point[k] == 0 : point[k] >= Maximization.VANISHED_SHARE)) {
                return false;
            }
            weights[k] = point[k];
            sum += point[k];
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= sum;
        }
        int next = weights.length;
        for (int i = 0; i < means.length; i++) {
            means[i] = point[next++] * meanUnits[i % meanUnits.length];
        }
        for (int i = 0; i < covariances.length; i++) {
            covariances[i] = point[next++] * covarianceUnits[i % covarianceUnits.length];
        }
        return true;
    }

    /**
     * The largest change from {@code before}: of a weight; of a mean, in the component's own standard deviation along
     * that feature; of a covariance, relative to the product of the component's two standard deviations. So it does not
     * depend on the features' units, nor on their offsets.
     */
    double changeFrom(Parameters before) {
        double largest = 0;
        for (int k = 0; k < parameters.components(); k++) {
            largest = Math.max(largest, Math.abs(parameters.weights()[k] - before.weights()[k]));
            for (int i = 0; i < parameters.dims(); i++) {
                int mean = k * parameters.dims() + i;
                double change = Math.abs(parameters.means()[mean] - before.means()[mean]);
                largest = Math.max(largest, change / Math.sqrt(variance(k, i)));
            }
        }
        return Math.max(largest, covarianceChange(before));
    }

    private double covarianceChange(Parameters before) {
        double largest = 0;
        boolean triangles = parameters.covariance() == Covariance.TIED || parameters.covariance() == Covariance.FULL;
        int length = covarianceUnits.length;
        for (int b = 0; b < parameters.covariance().blocks(parameters.components()); b++) {
            for (int i = 0; i < (triangles ? parameters.dims() : length); i++) {
                for (int j = triangles ? 0 : i; j <= i; j++) {
                    int index = b * length + (triangles ? LowerTriangle.index(i, j) : i);
                    double change = Math.abs(parameters.covariances()[index] - before.covariances()[index]);
                    largest = Math.max(largest, change / Math.sqrt(variance(b, i)) / Math.sqrt(variance(b, j)));
                }
            }
        }
        return largest;
    }

    private double variance(int component, int feature) {
        int block = parameters.covariance().blockOffset(component, parameters.dims());
        return parameters.covariances()[block + switch (parameters.covariance()) {
            case SPHERICAL -> 0;
            case DIAGONAL -> feature;
            case TIED, FULL -> LowerTriangle.index(feature, feature);
        }];
    }
}
