package org.fusedem.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;

/** A session in this process, of two threads, and data for it. */
final class LocalSession {
    private LocalSession() {}

    static SparkConf conf(String master) {
        return new SparkConf().setMaster(master).setAppName("fusedem-tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.sql.shuffle.partitions", "2");
    }

    /** The one of this process. */
    static SparkSession get() {
        return SparkSession.builder().config(conf("local[2]")).getOrCreate();
    }

    /** Rows of {@code features}, a vector, and {@code weight}, all in their order, in so many partitions. */
    static Dataset<Row> dataset(SparkSession session, double[][] rows, int partitions) {
        List<Row> list = new ArrayList<>();
        for (int n = 0; n < rows.length; n++) {
            list.add(RowFactory.create(Vectors.dense(rows[n]), 1.0 + n % 3));
        }
        return session.createDataFrame(
                JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(list, partitions),
                new StructType().add("features", SQLDataTypes.VectorType()).add("weight", DataTypes.DoubleType));
    }

    /** Three Gaussians in three dimensions, some four deviations apart. */
    static GaussianMixture truth() {
        return GaussianMixture.of(Covariance.FULL, 3, new double[] {0.5, 0.3, 0.2},
                new double[] {0, 0, 0, 4, 4, 0, -4, 2, 5},
                new double[] {1, 0.3, 1, 0, 0.2, 1, 2, -0.5, 1, 0, 0, 1, 1, 0, 0.5, 0.3, 0, 1});
    }

    /** A start that is not where EM ends. */
    static GaussianMixture start() {
        return GaussianMixture.of(Covariance.FULL, 3, new double[] {0.4, 0.3, 0.3},
                new double[] {1, 0, 0, 3, 3, 1, -3, 1, 4},
                new double[] {2, 0, 2, 0, 0, 2, 2, 0, 2, 0, 0, 2, 2, 0, 2, 0, 0, 2});
    }

    static double[][] sample(GaussianMixture mixture, int count, long seed) {
        try (Points points = mixture.sample(count, seed)) {
            double[][] rows = new double[count][mixture.dims()];
            for (int n = 0; n < count; n++) {
                points.copyRow(n, rows[n]);
            }
            return rows;
        }
    }
}
