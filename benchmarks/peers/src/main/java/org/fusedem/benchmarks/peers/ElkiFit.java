package org.fusedem.benchmarks.peers;

import elki.clustering.em.EM;
import elki.clustering.em.models.DiagonalGaussianModel;
import elki.clustering.em.models.EMClusterModel;
import elki.clustering.em.models.EMClusterModelFactory;
import elki.clustering.em.models.MultivariateGaussianModel;
import elki.clustering.em.models.TextbookMultivariateGaussianModel;
import elki.clustering.em.models.TwoPassMultivariateGaussianModel;
import elki.data.NumberVector;
import elki.data.model.EMModel;
import elki.data.type.TypeUtil;
import elki.database.Database;
import elki.database.StaticArrayDatabase;
import elki.database.relation.Relation;
import elki.datasource.ArrayAdapterDatabaseConnection;
import java.util.ArrayList;
import java.util.List;
import org.fusedem.benchmarks.DataSet;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/** ELKI, with the fastest of its models for the problem. It skips responsibilities below 1e-10. */
final class ElkiFit implements PeerFit {
    /** Gains may be this negative: a fit never ends early. */
    private static final double NO_DELTA = -Double.MAX_VALUE;

    /** Long enough for the JIT to compile all of them: cold, the first to be tried would lose. */
    private static final long TRIAL_NANOS = 5_000_000_000L;

    private final Relation<NumberVector> relation;
    private final GaussianMixture start;
    private final ModelMaker fastest;

    /** How ELKI makes a component. */
    private interface ModelMaker {
        EMClusterModel<NumberVector, EMModel> make(double weight, double[] mean, double[][] covariance);
    }

    ElkiFit(DataSet data) {
        PeerFit.requireOneOf(data, Covariance.FULL, Covariance.DIAGONAL);
        Database database = new StaticArrayDatabase(new ArrayAdapterDatabaseConnection(data.rows()));
        database.initialize();
        relation = database.getRelation(TypeUtil.NUMBER_VECTOR_FIELD);
        start = data.start();
        fastest = data.shape().covariance() == Covariance.DIAGONAL
                ? (weight, mean, covariance) -> new DiagonalGaussianModel(weight, mean, diagonal(covariance))
                : fastestOf(List.of(MultivariateGaussianModel::new, TextbookMultivariateGaussianModel::new,
                        TwoPassMultivariateGaussianModel::new));
    }

    private ModelMaker fastestOf(List<ModelMaker> makers) {
        ModelMaker best = null;
        long bestNanos = Long.MAX_VALUE;
        long end = System.nanoTime() + TRIAL_NANOS;
        do {
            for (ModelMaker maker : makers) {
                long begin = System.nanoTime();
                fit(maker, 2);
                long nanos = System.nanoTime() - begin;
                if (nanos < bestNanos) {
                    best = maker;
                    bestNanos = nanos;
                }
            }
        } while (System.nanoTime() - end < 0);
        System.out.println("ELKI's fastest model: "
                + best.make(1, start.mean(0), start.covariance(0)).getClass().getSimpleName());
        return best;
    }

    @Override
    public GaussianMixture fit(int iterations) {
        return fit(fastest, iterations);
    }

    private GaussianMixture fit(ModelMaker maker, int iterations) {
        List<EMClusterModel<NumberVector, EMModel>> models = new ArrayList<>();
        for (int k = 0; k < start.components(); k++) {
            models.add(maker.make(start.weights()[k], start.mean(k), start.covariance(k)));
        }
        EMClusterModelFactory<NumberVector, EMModel> factory = (points, k) -> models;
        // Its limit counts the E-steps, of which there is one before the first M-step.
        new EM<>(models.size(), NO_DELTA, factory, iterations + 1, false).run(relation);
        double[] weights = models.stream().mapToDouble(EMClusterModel::getWeight).toArray();
        List<EMModel> found = models.stream().map(EMClusterModel::finalizeCluster).toList();
        return PeerFit.mixture(start.covariance(), weights, found.stream().map(EMModel::getMean).toArray(double[][]::new),
                found.stream().map(EMModel::getCovarianceMatrix).toArray(double[][][]::new));
    }

    private static double[] diagonal(double[][] matrix) {
        double[] diagonal = new double[matrix.length];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = matrix[i][i];
        }
        return diagonal;
    }
}
