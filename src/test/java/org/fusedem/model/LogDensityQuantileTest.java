package org.fusedem.model;

import static org.fusedem.model.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogDensityQuantileTest {
    /**
     * The squared distance of its points is exponential with mean 2: log-densities have quantiles -log(2 pi) + log(p).
     */
    private static final GaussianMixture PLANE = GaussianMixture.of(
            Covariance.SPHERICAL, 2, new double[] {1}, new double[2], new double[] {1});

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.05, 0.5, 0.99})
    void theIntervalCoversTheTruth95TimesIn100(double probability) {
        double truth = -Math.log(2 * Math.PI) + Math.log(probability);
        int repeats = 400;
        int covered = 0;
        double shares = 0;
        for (int seed = 0; seed < repeats; seed++) {
            QuantileEstimate estimate = PLANE.logDensityQuantile(probability, 5000, seed);
            assertTrue(estimate.lower() <= estimate.value() && estimate.value() <= estimate.upper());
            covered += estimate.lower() <= truth && truth <= estimate.upper() ? 1 : 0;
            shares += Math.exp(estimate.value() + Math.log(2 * Math.PI));
        }
        // Five standard errors of a share of 0.95; with 5 points expected below, the normal interval may be 0.03 off.
        assertEquals(0.95, (double) covered / repeats, 5 * Math.sqrt(0.95 * 0.05 / repeats) + 0.03);
        // The share below the draw of rank r is Beta(r, n + 1 - r), of mean r / (n + 1).
        assertEquals(Math.ceil(5000 * probability) / 5001, shares / repeats,
                5 * Math.sqrt(probability * (1 - probability) / 5000 / repeats));
    }

    @ParameterizedTest
    @EnumSource
    void thatShareOfAnotherSampleIsBelow(Covariance shape) {
        GaussianMixture model = RandomMixtures.of(shape, 3, 3, 1e8, 1, 7);
        double threshold = model.logDensityQuantile(0.1, 20_000, 1).value();
        int count = 20_000;
        int below = 0;
        try (Points sample = model.sample(count, 2)) {
            for (int n = 0; n < count; n++) {
                below += model.logDensity(sample.get(n, 0), sample.get(n, 1), sample.get(n, 2)) <= threshold ? 1 : 0;
            }
        }
        // Two samples, five standard errors.
        assertEquals(0.1, (double) below / count, 5 * Math.sqrt(2 * 0.1 * 0.9 / count));
    }

    /** With their ranks worked out: 0.2 of 10000 is 2000, and 1.96 sqrt(2000 0.8) is 78.4; and so on. */
    @ParameterizedTest
    @CsvSource({
        "10000, 0.2, 1921, 2000, 2079", "100, 0.06, 1, 6, 11", "100, 0.95, 90, 95, 100", "15, 0.5, 3, 8, 12",
        // As doubles, 0.07 times 100 is a trace more than 7.
        "100, 0.07, 1, 7, 13",
    })
    void theIntervalReachesFromDrawToDraw(int count, double probability, int lower, int rank, int upper) {
        double[] sorted = new double[count];
        double[] point = new double[2];
        Sampler sampler = PLANE.sampler(4);
        PointScorer scorer = PLANE.pointScorer();
        for (int n = 0; n < count; n++) {
            sampler.next(point);
            sorted[n] = scorer.logDensity(point);
        }
        Arrays.sort(sorted);
        assertEquals(new QuantileEstimate(sorted[rank - 1], sorted[lower - 1], sorted[upper - 1]),
                PLANE.logDensityQuantile(probability, count, 4));
    }

    @Test
    void tooSmallASampleSaysSo() {
        QuantileEstimate estimate = PLANE.logDensityQuantile(0.01, 10, 3);
        assertEquals(Double.NEGATIVE_INFINITY, estimate.lower());
        assertTrue(Double.isFinite(estimate.value()) && Double.isFinite(estimate.upper()));
        assertEquals(Double.POSITIVE_INFINITY, PLANE.logDensityQuantile(0.99, 10, 3).upper());
        assertEquals(PLANE.logDensityQuantile(0.2, 100, 3), PLANE.logDensityQuantile(0.2, 100, 3));
    }

    @Test
    void isTheSmallestValueWithEnoughWeightBelow() {
        double[] distances = {3, 1, 4, 1.5, 9, 2.6, 5, 3.5, 8, 7};
        try (PointsBuilder builder = Points.builder(2)) {
            for (double distance : distances) {
                builder.add(distance, 0);
            }
            try (Points points = builder.build()) {
                Arrays.sort(distances);
                for (int rank = 1; rank < 10; rank++) {
                    // The farthest point has rank 1; 0.7 of 10 is 7, although 0.7 * 10 need not be.
                    double expected = PLANE.logDensity(distances[10 - rank], 0);
                    assertEquals(expected, LogDensityQuantile.ofPoints(PLANE, points, rank / 10.0), 1e-13);
                    assertEquals(expected, LogDensityQuantile.ofPoints(PLANE, points, rank / 10.0 - 0.05), 1e-13);
                }
                assertEquals(PLANE.logDensity(1, 0), LogDensityQuantile.ofPoints(PLANE, points, 0.99), 1e-13);
            }
        }
    }

    @Test
    void aWeightCountsAsSoManyPoints() {
        try (Points sample = PLANE.sample(80, 6);
                PointsBuilder weighted = Points.builder(2);
                PointsBuilder repeated = Points.builder(2)) {
            double[] point = new double[2];
            for (int n = 0; n < 80; n++) {
                sample.copyRow(n, point);
                weighted.addWeighted(n % 4, point);
                for (int i = 0; i < n % 4; i++) {
                    repeated.add(point);
                }
            }
            // The most extreme of all weighs nothing.
            weighted.addWeighted(0, 100, 100);
            try (Points a = weighted.build(); Points b = repeated.build()) {
                for (double probability : new double[] {1e-9, 0.01, 0.1, 0.25, 0.5, 0.75, 0.999}) {
                    assertEquals(LogDensityQuantile.ofPoints(PLANE, b, probability),
                            LogDensityQuantile.ofPoints(PLANE, a, probability));
                }
            }
        }
    }

    @Test
    void refusesWhatHasNoQuantile() {
        for (double bad : new double[] {0, 1, -0.1, 2, Double.NaN}) {
            assertRefused("probability must be between 0 and 1: probability=" + bad,
                    () -> PLANE.logDensityQuantile(bad, 10, 0));
        }
        assertRefused("sampleSize must be positive: sampleSize=0", () -> PLANE.logDensityQuantile(0.5, 0, 0));
        try (Points none = PLANE.sample(0, 0);
                PointsBuilder builder = Points.builder(2).addWeighted(0, 1, 1);
                Points weightless = builder.build();
                Points line = Points.ofRows(new double[][] {{1}})) {
            assertRefused("points without weight have no quantiles: points=0, weight=0.0",
                    () -> LogDensityQuantile.ofPoints(PLANE, none, 0.5));
            assertRefused("points without weight have no quantiles: points=1, weight=0.0",
                    () -> LogDensityQuantile.ofPoints(PLANE, weightless, 0.5));
            assertRefused("points and model differ: points have dims=1, the model has dims=2",
                    () -> LogDensityQuantile.ofPoints(PLANE, line, 0.5));
            assertRefused("probability must be between 0 and 1: probability=1.0",
                    () -> LogDensityQuantile.ofPoints(PLANE, none, 1));
        }
        Points closed = PLANE.sample(3, 0);
        closed.close();
        assertThrows(IllegalStateException.class, () -> LogDensityQuantile.ofPoints(PLANE, closed, 0.5));
    }
}
