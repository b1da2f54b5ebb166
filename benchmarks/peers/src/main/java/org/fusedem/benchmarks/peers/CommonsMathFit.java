package org.fusedem.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.MixtureMultivariateNormalDistribution;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.distribution.fitting.MultivariateNormalMixtureExpectationMaximization;
import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.util.Pair;
import org.fusedem.benchmarks.DataSet;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * Apache Commons Math. Its density is the product of an exponential and a constant, not a logarithm, by an
 * eigendecomposition of each covariance.
 */
final class CommonsMathFit implements PeerFit {
    /** The smallest it accepts: a fit never ends early. */
    private static final double NO_THRESHOLD = Double.MIN_VALUE;

    private final double[][] rows;
    private final GaussianMixture start;

    CommonsMathFit(DataSet data) {
        PeerFit.requireOneOf(data, Covariance.FULL);
        rows = data.rows();
        start = data.start();
    }

    @Override
    public GaussianMixture fit(int iterations) {
        List<Pair<Double, MultivariateNormalDistribution>> components = new ArrayList<>();
        double[] weights = start.weights();
        for (int k = 0; k < weights.length; k++) {
            components.add(new Pair<>(weights[k],
                    new MultivariateNormalDistribution(null, start.mean(k), start.covariance(k))));
        }
        MultivariateNormalMixtureExpectationMaximization em = new MultivariateNormalMixtureExpectationMaximization(rows);
        try {
            // It runs one iteration more than its limit says.
            em.fit(new MixtureMultivariateNormalDistribution(components), iterations - 1, NO_THRESHOLD);
        } catch (ConvergenceException e) {
            // Not having converged is what was asked for; the model is there all the same.
        }
        return mixture(em.getFittedModel().getComponents());
    }

    private static GaussianMixture mixture(List<Pair<Double, MultivariateNormalDistribution>> components) {
        double[] weights = components.stream().mapToDouble(Pair::getFirst).toArray();
        double[][] means = components.stream().map(c -> c.getSecond().getMeans()).toArray(double[][]::new);
        double[][][] matrices =
                components.stream().map(c -> c.getSecond().getCovariances().getData()).toArray(double[][][]::new);
        return PeerFit.mixture(Covariance.FULL, weights, means, matrices);
    }
}
