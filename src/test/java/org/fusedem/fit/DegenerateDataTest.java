package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data that break fitters: the outcome is stated, reported, and made of numbers. */
class DegenerateDataTest {
    @ParameterizedTest
    @EnumSource
    void allPointsIdentical(Covariance covariance) {
        double[][] rows = new double[20][];
        Arrays.fill(rows, new double[] {3, -4});
        FitResult result = fit(rows, 2, covariance);
        assertEquals(2, count(result, Kind.FEATURE_CONSTANT));
        assertEquals(1, count(result, Kind.WEIGHT_VANISHED));
        assertEquals(1, count(result, Kind.VARIANCE_FLOORED) / (covariance == Covariance.TIED ? 2 : 1));
        assertEquals(3, result.model().mean(0)[0]);
        // A constant feature counts as one of variance 1, so the floor is the regularization itself.
        assertEquals(1e-6, result.model().covariance(0)[0][0], 1e-20);
    }

    @ParameterizedTest
    @EnumSource
    void fewerDistinctPointsThanComponents(Covariance covariance) {
        double[][] rows = new double[30][];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = new double[] {n % 2, 5 * (n % 2)};
        }
        FitResult result = fit(rows, 3, covariance);
        assertTrue(count(result, Kind.WEIGHT_VANISHED) + count(result, Kind.VARIANCE_FLOORED) > 0);
    }

    @ParameterizedTest
    @EnumSource
    void asManyComponentsAsPoints(Covariance covariance) {
        double[][] rows = {{0, 0}, {1, 5}, {2, -3}, {7, 7}};
        FitResult result = fit(rows, 4, covariance);
        assertTrue(count(result, Kind.VARIANCE_FLOORED) > 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"TIED", "FULL"})
    void collinearFeatures(Covariance covariance) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = new double[100][];
        for (int n = 0; n < rows.length; n++) {
            double x = random.nextGaussian();
            rows[n] = new double[] {x, 3 * x};
        }
        FitResult result = fit(rows, 1, covariance);
        assertEquals(1, count(result, Kind.VARIANCE_FLOORED));
        // Along the data nothing has changed; across it the variance is the floor.
        double[][] sigma = result.model().covariance(0);
        assertEquals(9 * sigma[0][0], sigma[1][1], 1e-5 * sigma[1][1]);
        assertTrue(sigma[0][1] * sigma[0][1] < sigma[0][0] * sigma[1][1]);
    }

    @ParameterizedTest
    @EnumSource
    void aConstantFeatureIsNamed(Covariance covariance) {
        double[][] rows = TestData.rows("faithful.csv");
        for (double[] row : rows) {
            row[1] = 1e8;
        }
        FitResult result = fit(rows, 2, covariance);
        assertTrue(result.events().contains(new FitEvent(Kind.FEATURE_CONSTANT, 1, 0, 0)));
        assertEquals(1e8, result.model().mean(0)[1]);
    }

    /** A constant feature has no scale of its own; it must not bring in one from nowhere. */
    @ParameterizedTest
    @EnumSource
    void clustersBesideAConstantFeatureAreFoundAtAnyScale(Covariance covariance) {
        SplittableRandom random = new SplittableRandom(4);
        double[][] rows = new double[100][];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = new double[] {random.nextGaussian() + 8 * (n % 2), 4};
        }
        double[][] small = Arrays.stream(rows).map(row -> new double[] {row[0] * 0x1p-14, row[1]})
                .toArray(double[][]::new);
        double[] means = fit(rows, 2, covariance).model().means();
        double[] smallMeans = fit(small, 2, covariance).model().means();
        assertEquals(8, Math.abs(means[0] - means[2]), 1);
        assertEquals(means[0] * 0x1p-14, smallMeans[0], 1e-3 * 0x1p-14);
        assertEquals(means[2] * 0x1p-14, smallMeans[2], 1e-3 * 0x1p-14);
    }

    @Test
    void aFitThatCollapsesNowhereIsNotTouched() {
        FitOptions options = FitOptions.components(2).withRestarts(1);
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            FitResult plain = Fitter.fit(points, options.withRegularization(0));
            FitResult floored = Fitter.fit(points, options.withRegularization(1e-3));
            assertEquals(0, plain.events().size());
            assertEquals(plain.logLikelihood(), floored.logLikelihood());
        }
    }

    @ParameterizedTest
    @EnumSource
    void scaleOfAFeatureDoesNotMatter(Covariance covariance) {
        if (covariance == Covariance.SPHERICAL) {
            return; // One variance for all features: there the scale matters by definition.
        }
        double[][] rows = TestData.rows("iris.csv");
        FitResult plain = fit(rows, 3, covariance);
        double[][] scaled = Arrays.stream(rows)
                .map(row -> new double[] {row[0] * 0x1p-60, row[1] * 0x1p60, row[2], row[3]}).toArray(double[][]::new);
        FitResult other = fit(scaled, 3, covariance);
        assertEquals(plain.logLikelihood(), other.logLikelihood(), 1e-9 * Math.abs(plain.logLikelihood()));
        assertEquals(plain.events(), other.events());
    }

    @Test
    void refusesFewerPointsThanComponents() {
        assertEquals("there must be at least as many points as components: points=2, components=3",
                assertThrows(IllegalArgumentException.class,
                        () -> fit(new double[][] {{1}, {2}}, 3, Covariance.FULL)).getMessage());
    }

    @Test
    void refusesPointsWithoutWeight() {
        try (var builder = Points.builder(1); Points points = builder.addWeighted(0, 1).addWeighted(0, 2).build()) {
            assertEquals("all points have weight 0: points=2",
                    assertThrows(IllegalArgumentException.class,
                            () -> Fitter.fit(points, FitOptions.components(1))).getMessage());
        }
    }

    @Test
    void eventsAreSentences() {
        assertEquals("component 3 collapsed: its variance was held at the floor (iterations 2 to 9)",
                new FitEvent(Kind.VARIANCE_FLOORED, 2, 2, 9).sentence());
        assertEquals("component 1 died: its weight is 0, its mean and covariance stay as they were (iteration 4)",
                new FitEvent(Kind.WEIGHT_VANISHED, 0, 4, 4).sentence());
        assertEquals("column 2 is constant: its variance is held at the floor",
                new FitEvent(Kind.FEATURE_CONSTANT, 1, 0, 0).sentence());
    }

    /** A fit whose every number is one. */
    private static FitResult fit(double[][] rows, int components, Covariance covariance) {
        try (Points points = Points.ofRows(rows)) {
            FitResult result = Fitter.fit(points, FitOptions.components(components).withCovariance(covariance));
            GaussianMixture model = result.model();
            for (double[] numbers : new double[][] {
                result.trace(), model.weights(), model.means(), model.covariances(), result.restartLogLikelihoods(),
            }) {
                assertFalse(Arrays.stream(numbers).anyMatch(x -> !Double.isFinite(x)), () -> Arrays.toString(numbers));
            }
            return result;
        }
    }

    private static long count(FitResult result, Kind kind) {
        return result.events().stream().filter(event -> event.kind() == kind).count();
    }
}
