package org.fusedem.benchmarks.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.clustering.GaussianMixtureModel;
import org.apache.spark.mllib.linalg.Matrices;
import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.stat.distribution.MultivariateGaussian;
import org.fusedem.benchmarks.DataSet;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * Spark MLlib in this process, on a local master of one thread, its points cached. This is the estimator that takes a
 * given start; the newer one in {@code spark.ml} does not.
 */
final class SparkFit implements PeerFit {
    private final JavaSparkContext spark;
    private final JavaRDD<Vector> points;
    private final GaussianMixtureModel start;

    SparkFit(DataSet data) {
        PeerFit.requireOneOf(data, Covariance.FULL);
        spark = new JavaSparkContext(new SparkConf()
                .setMaster("local[1]")
                .setAppName("fusedem-benchmarks")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1"));
        List<Vector> rows = new ArrayList<>();
        for (double[] row : data.rows()) {
            rows.add(Vectors.dense(row));
        }
        points = spark.parallelize(rows, 1).cache();
        points.count();
        GaussianMixture model = data.start();
        MultivariateGaussian[] gaussians = new MultivariateGaussian[model.components()];
        for (int k = 0; k < gaussians.length; k++) {
            double[] byColumns = Arrays.stream(model.covariance(k)).flatMapToDouble(Arrays::stream).toArray();
            gaussians[k] = new MultivariateGaussian(Vectors.dense(model.mean(k)),
                    Matrices.dense(model.dims(), model.dims(), byColumns));
        }
        start = new GaussianMixtureModel(model.weights(), gaussians);
    }

    @Override
    public GaussianMixture fit(int iterations) {
        GaussianMixtureModel model = new org.apache.spark.mllib.clustering.GaussianMixture()
                .setK(start.k())
                .setInitialModel(start)
                .setConvergenceTol(0)
                .setMaxIterations(iterations)
                .run(points);
        double[][] means = Arrays.stream(model.gaussians()).map(g -> g.mu().toArray()).toArray(double[][]::new);
        double[][][] matrices =
                Arrays.stream(model.gaussians()).map(g -> rows(g.sigma())).toArray(double[][][]::new);
        return PeerFit.mixture(Covariance.FULL, model.weights(), means, matrices);
    }

    private static double[][] rows(Matrix matrix) {
        double[][] rows = new double[matrix.numRows()][matrix.numCols()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                rows[i][j] = matrix.apply(i, j);
            }
        }
        return rows;
    }

    @Override
    public void close() {
        spark.close();
    }
}
