package org.fusedem.benchmarks.peers;

import org.fusedem.benchmarks.DataSet;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import smile.stat.distribution.MultivariateExponentialFamilyMixture;
import smile.stat.distribution.MultivariateGaussianDistribution;
import smile.stat.distribution.MultivariateMixture.Component;
import smile.tensor.DenseMatrix;

/**
 * Smile. Its EM compares the first log-likelihood with zero, and so ends after one step when that is negative, as it is
 * here: it is driven step by step, each step one call. Every call evaluates the log-likelihood once, as its own loop
 * would.
 */
final class SmileFit implements PeerFit {
    private static final double NO_REGULARIZATION = 0;
    private static final double NO_TOLERANCE = 0;

    private final double[][] rows;
    private final GaussianMixture start;

    SmileFit(DataSet data) {
        PeerFit.requireOneOf(data, Covariance.FULL, Covariance.DIAGONAL);
        rows = data.rows();
        start = data.start();
    }

    @Override
    public GaussianMixture fit(int iterations) {
        Component[] components = startComponents();
        for (int i = 0; i < iterations; i++) {
            components = MultivariateExponentialFamilyMixture
                    .fit(rows, components, NO_REGULARIZATION, 1, NO_TOLERANCE).components;
        }
        return mixture(components);
    }

    private Component[] startComponents() {
        Component[] components = new Component[start.components()];
        for (int k = 0; k < components.length; k++) {
            components[k] = new Component(start.weights()[k], gaussian(start.mean(k), start.covariance(k)));
        }
        return components;
    }

    private MultivariateGaussianDistribution gaussian(double[] mean, double[][] covariance) {
        if (start.covariance() == Covariance.FULL) {
            return new MultivariateGaussianDistribution(mean, DenseMatrix.of(covariance));
        }
        double[] variances = new double[mean.length];
        for (int i = 0; i < variances.length; i++) {
            variances[i] = covariance[i][i];
        }
        return new MultivariateGaussianDistribution(mean, variances);
    }

    private GaussianMixture mixture(Component[] components) {
        int dims = start.dims();
        double[] weights = new double[components.length];
        double[][] means = new double[components.length][];
        double[][][] matrices = new double[components.length][dims][dims];
        for (int k = 0; k < components.length; k++) {
            weights[k] = components[k].priori();
            means[k] = components[k].distribution().mean();
            DenseMatrix covariance = components[k].distribution().cov();
            for (int i = 0; i < dims; i++) {
                for (int j = 0; j <= i; j++) {
                    matrices[k][i][j] = covariance.get(i, j);
                }
            }
        }
        return PeerFit.mixture(start.covariance(), weights, means, matrices);
    }
}
