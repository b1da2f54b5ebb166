package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Arrays;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the rows are cut into partitions, and on one machine without Spark, a fit comes to the same. */
class SameAnswerTest {
    /** Relative, of log-likelihoods: what the issue of rounding in another order leaves after some iterations. */
    private static final double SAME = 1e-10;

    private static final double[][] ROWS = LocalSession.sample(LocalSession.truth(), 6000, 1);

    private final SparkSession session = LocalSession.get();

    private static FusedGaussianMixture estimator() {
        return new FusedGaussianMixture().setInitialModel(LocalSession.start()).setTol(0).setMaxIter(15);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void partitionsDoNotChangeTheAnswer(int partitions) {
        FusedGaussianMixtureSummary actual =
                estimator().fit(LocalSession.dataset(session, ROWS, partitions)).summary();
        try (Points points = Points.ofRows(ROWS)) {
            FitResult expected = Fitter.fit(points, FitOptions.components(3).withTolerance(0).withMaxIterations(15)
                    .withStart(new Start.Given(LocalSession.start())));
            assertArrayEquals(expected.trace(), actual.trace(), SAME * Math.abs(expected.logLikelihood()));
            assertEquals(15, actual.iterations());
            assertEquals(expected.bic(), actual.bic(), SAME * expected.bic());
        }
    }

    @Test
    void weightsCountAndRowsWithoutAreLeftOut() {
        double[] weights = new double[ROWS.length];
        Arrays.setAll(weights, n -> 1.0 + n % 3);
        FusedGaussianMixtureSummary actual =
                estimator().setWeightCol("weight").fit(LocalSession.dataset(session, ROWS, 3)).summary();
        try (PointsBuilder builder = Points.builder(3)) {
            for (int n = 0; n < ROWS.length; n++) {
                builder.addWeighted(weights[n], ROWS[n]);
            }
            try (Points points = builder.build()) {
                FitResult expected = Fitter.fit(points, FitOptions.components(3).withTolerance(0)
                        .withMaxIterations(15).withStart(new Start.Given(LocalSession.start())));
                assertEquals(expected.totalWeight(), actual.totalWeight());
                assertEquals(expected.logLikelihood(), actual.logLikelihood(),
                        SAME * Math.abs(expected.logLikelihood()));
            }
        }
    }

    @Test
    void samePartitionsGiveTheSameBits() {
        // 23 partitions are merged in two levels, by tasks that end in any order.
        FusedGaussianMixture estimator = new FusedGaussianMixture().setK(3).setMaxIter(5).setTol(0);
        double[] once = estimator.fit(LocalSession.dataset(session, ROWS, 23)).summary().trace();
        double[] again = estimator.fit(LocalSession.dataset(session, ROWS, 23)).summary().trace();
        assertArrayEquals(once, again);
    }

    @Test
    void theStartDoesNotDependOnPartitionsNorOnTheOrderOfRows() {
        FusedGaussianMixture estimator = new FusedGaussianMixture().setK(3).setMaxIter(0);
        double expected = estimator.fit(LocalSession.dataset(session, ROWS, 1)).summary().logLikelihood();
        double[][] reversed = new double[ROWS.length][];
        Arrays.setAll(reversed, n -> ROWS[ROWS.length - 1 - n]);
        assertEquals(expected, estimator.fit(LocalSession.dataset(session, ROWS, 7)).summary().logLikelihood(),
                SAME * Math.abs(expected));
        assertEquals(expected, estimator.fit(LocalSession.dataset(session, reversed, 2)).summary().logLikelihood(),
                SAME * Math.abs(expected));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void findsTheClusters(long seed) {
        FusedGaussianMixtureModel model = new FusedGaussianMixture().setK(3).setSeed(seed)
                .fit(LocalSession.dataset(session, ROWS, 4));
        try (Points points = Points.ofRows(ROWS)) {
            // The truth is one of the mixtures that the fit could have come to.
            assertTrue(model.summary().logLikelihood() > LocalSession.truth().logLikelihood(points));
            assertEquals(model.summary().logLikelihood(), model.mixture().logLikelihood(points),
                    SAME * Math.abs(model.summary().logLikelihood()));
        }
        assertTrue(model.summary().result().converged());
    }

    @Test
    void columnsOnDiskAreTheSameColumns() {
        double expected = estimator().fit(LocalSession.dataset(session, ROWS, 2)).summary().logLikelihood();
        FusedGaussianMixtureSummary onDisk =
                estimator().setStorage("disk").fit(LocalSession.dataset(session, ROWS, 2)).summary();
        assertEquals(expected, onDisk.logLikelihood());
        // Two files, each with a header of a page.
        assertEquals(2 * (4096 + OffHeapMemory.bytes(3000, 3, false)), onDisk.offHeapBytes().get("driver"));
        for (File directory : SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
            assertEquals(0, directory.list((_, name) -> name.contains("fusedem-")).length);
        }
    }

    @Test
    void weightedColumnsOnDiskAreTheSameColumns() {
        double[][] many = LocalSession.sample(LocalSession.truth(), 70_000, 2);
        double expected = estimator().setWeightCol("weight").setMaxIter(2)
                .fit(LocalSession.dataset(session, many, 1)).summary().logLikelihood();
        assertEquals(expected, estimator().setWeightCol("weight").setMaxIter(2).setStorage("disk")
                .fit(LocalSession.dataset(session, many, 1)).summary().logLikelihood());
    }

    @ParameterizedTest
    @ValueSource(strings = {"spherical", "diagonal", "tied", "full"})
    void theLogLikelihoodNeverFalls(String shape) {
        FusedGaussianMixtureSummary summary = new FusedGaussianMixture().setK(4).setCovarianceType(shape)
                .setMaxIter(20).fit(LocalSession.dataset(session, ROWS, 3)).summary();
        for (int i = 1; i < summary.trace().length; i++) {
            assertTrue(summary.trace()[i] >= summary.trace()[i - 1] - 1e-12 * Math.abs(summary.trace()[i]));
        }
        assertEquals(Covariance.ofLabel(shape), summary.result().model().covariance());
    }

    /** Of 20,000 rows 200 are equal and far away: a component collapses on them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void floorsAndEventsAreThoseOfOneMachine(int partitions) {
        double[][] rows = LocalSession.sample(LocalSession.truth(), 20_000, 3);
        for (int n = 0; n < rows.length; n += 100) {
            rows[n] = new double[] {60, 60, 60};
        }
        GaussianMixture start = GaussianMixture.of(Covariance.DIAGONAL, 3, new double[] {0.5, 0.5},
                new double[] {0, 0, 0, 60, 60, 60}, new double[] {9, 9, 9, 1, 1, 1});
        FusedGaussianMixtureSummary actual = new FusedGaussianMixture().setInitialModel(start).setMaxIter(5)
                .fit(LocalSession.dataset(session, rows, partitions)).summary();
        try (Points points = Points.ofRows(rows)) {
            FitResult expected = Fitter.fit(points, FitOptions.components(2).withCovariance(Covariance.DIAGONAL)
                    .withMaxIterations(5).withStart(new Start.Given(start)));
            assertFalse(expected.events().isEmpty());
            assertEquals(expected.events(), actual.events());
            assertEquals(expected.logLikelihood(), actual.logLikelihood(),
                    SAME * Math.abs(expected.logLikelihood()));
        }
    }

    @Test
    void fewDifferentRowsAreEnoughForAStart() {
        double[][] rows = new double[1000][];
        Arrays.setAll(rows, n -> new double[] {n % 2, n / 2 % 2});
        FusedGaussianMixtureModel model =
                new FusedGaussianMixture().setK(4).setMaxIter(3).fit(LocalSession.dataset(session, rows, 3));
        assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, model.mixture().weights(), 1e-9);
        assertTrue(Double.isFinite(
                new FusedGaussianMixture().setK(6).fit(LocalSession.dataset(session, rows, 2)).summary().logLikelihood()));
    }
}
