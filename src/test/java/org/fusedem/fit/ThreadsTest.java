package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadsTest {
    @ParameterizedTest
    @CsvSource({
        "SPHERICAL, FLOAT64", "DIAGONAL, FLOAT64", "TIED, FLOAT64", "FULL, FLOAT64",
        "SPHERICAL, FLOAT32", "DIAGONAL, FLOAT32", "TIED, FLOAT32", "FULL, FLOAT32",
    })
    void anyNumberGivesTheSameBits(Covariance covariance, ElementType type) {
        // Enough work for many ranges, and a last one that ends in mid-tile.
        double[][] rows = new double[20_011][4];
        try (Points sample = TestData.mixture(covariance, 4, 4, 3, 9).sample(rows.length, 10)) {
            for (int n = 0; n < rows.length; n++) {
                sample.copyRow(n, rows[n]);
            }
        }
        FitOptions options = FitOptions.components(4).withCovariance(covariance).withRestarts(1).withTolerance(0)
                .withMaxIterations(5);
        try (Points points = Points.ofRows(rows, type)) {
            FitResult alone = Fitter.fit(points, options);
            for (int threads : new int[] {2, 3, 8}) {
                FitResult together = Fitter.fit(points, options.withThreads(threads));
                assertArrayEquals(alone.trace(), together.trace());
                assertArrayEquals(alone.model().weights(), together.model().weights());
                assertArrayEquals(alone.model().means(), together.model().means());
                assertArrayEquals(alone.model().covariances(), together.model().covariances());
            }
        }
    }

    @Test
    void startsNoThreadUnlessAsked() {
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            Fitter.fit(points, FitOptions.components(2));
            long before = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("pool")).count();
            Fitter.fit(points, FitOptions.components(2).withThreads(4));
            long after = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("pool")).count();
            assertEquals(before, after, "threads of a fit end with it");
        }
    }

    @Test
    void borrowsTheCallersExecutor() {
        try (ExecutorService executor = Executors.newSingleThreadExecutor();
                Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            FitOptions options = FitOptions.components(2);
            assertEquals(Fitter.fit(points, options).logLikelihood(),
                    Fitter.fit(points, options.withExecutor(2, executor)).logLikelihood());
        }
    }
}
