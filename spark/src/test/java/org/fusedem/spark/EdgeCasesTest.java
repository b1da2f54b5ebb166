package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

/** Little data, and little in it: what one machine makes of it, a cluster does. */
class EdgeCasesTest {
    private final SparkSession session = LocalSession.get();

    private static void assertAsOnOneMachine(double[][] rows, GaussianMixture start, Dataset<Row> dataset) {
        FusedGaussianMixtureSummary actual =
                new FusedGaussianMixture().setInitialModel(start).setMaxIter(3).fit(dataset).summary();
        try (Points points = Points.ofRows(rows)) {
            FitResult expected = Fitter.fit(points, FitOptions.components(start.components())
                    .withCovariance(start.covariance()).withMaxIterations(3).withStart(new Start.Given(start)));
            assertEquals(expected.events(), actual.events());
            assertEquals(expected.logLikelihood(), actual.logLikelihood(),
                    1e-10 * Math.max(1, Math.abs(expected.logLikelihood())));
            assertArrayEquals(expected.model().means(), actual.result().model().means(), 1e-9);
            assertArrayEquals(expected.model().covariances(), actual.result().model().covariances(), 1e-9);
        }
    }

    private static GaussianMixture one(Covariance shape, int dims) {
        double[] covariances = new double[shape.packedLength(1, dims)];
        for (int i = 0, at = 0; i < dims && at < covariances.length; i++) {
            at += shape == Covariance.TIED || shape == Covariance.FULL ? i : 0;
            covariances[at++] = 2;
        }
        return GaussianMixture.of(shape, dims, new double[] {1}, new double[dims], covariances);
    }

    /** More partitions than rows: most are empty. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void oneRowOneComponent(Covariance shape) {
        double[][] rows = {{3, -4}};
        assertAsOnOneMachine(rows, one(shape, 2), LocalSession.dataset(session, rows, 5));
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void oneFeatureFewRows(Covariance shape) {
        double[][] rows = {{1}, {2}, {4}};
        assertAsOnOneMachine(rows, one(shape, 1), LocalSession.dataset(session, rows, 7));
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void aConstantFeature(Covariance shape) {
        double[][] rows = new double[50][];
        Arrays.setAll(rows, n -> new double[] {n % 7, 5, n % 3 - n});
        assertAsOnOneMachine(rows, one(shape, 3), LocalSession.dataset(session, rows, 4));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "2, 2", "3, 5"})
    void findsAStartHoweverLittleThereIs(int rows, int partitions) {
        double[][] few = new double[rows][];
        Arrays.setAll(few, n -> new double[] {7, n});
        FusedGaussianMixtureModel model =
                new FusedGaussianMixture().setK(rows).fit(LocalSession.dataset(session, few, partitions));
        assertTrue(Double.isFinite(model.summary().logLikelihood()));
        assertEquals(rows, model.transform(LocalSession.dataset(session, few, partitions)).filter("prediction >= 0").count());
    }

    @Test
    void allRowsAreEqual() {
        double[][] rows = new double[40][];
        Arrays.setAll(rows, n -> new double[] {7, -1e-3});
        FusedGaussianMixtureModel model =
                new FusedGaussianMixture().setK(3).fit(LocalSession.dataset(session, rows, 3));
        assertTrue(Double.isFinite(model.summary().logLikelihood()));
    }

    /** The first partition has all the weight but for one row, the second has none. */
    @Test
    void skewedPartitionsAndThoseWithoutWeight() {
        double[][] sample = LocalSession.sample(LocalSession.truth(), 2000, 3);
        Dataset<Row> skewed = LocalSession.dataset(session, sample, 1).selectExpr("features", "1.0 w")
                .union(LocalSession.dataset(session, sample, 3).selectExpr("features", "0.0 w"))
                .union(LocalSession.dataset(session, new double[][] {{1, 2, 3}}, 1).selectExpr("features", "1.0 w"));
        double[][] rows = Arrays.copyOf(sample, sample.length + 1);
        rows[sample.length] = new double[] {1, 2, 3};
        GaussianMixture start = LocalSession.start();
        FusedGaussianMixtureSummary actual = new FusedGaussianMixture().setWeightCol("w").setInitialModel(start)
                .setMaxIter(3).setTol(0).fit(skewed).summary();
        try (Points points = Points.ofRows(rows)) {
            FitResult expected = Fitter.fit(points, FitOptions.components(3).withMaxIterations(3).withTolerance(0)
                    .withStart(new Start.Given(start)));
            assertEquals(expected.logLikelihood(), actual.logLikelihood(), 1e-10 * Math.abs(expected.logLikelihood()));
            assertEquals(rows.length, actual.totalWeight());
        }
        FusedGaussianMixtureModel found = new FusedGaussianMixture().setWeightCol("w").setK(3).fit(skewed);
        assertTrue(found.summary().logLikelihood() >= actual.logLikelihood() - 1);
    }
}
