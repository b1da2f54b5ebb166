package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.kernel.Parameters;
import org.fusedem.maximization.FixedParameters;
import org.fusedem.maximization.Maximization;
import org.fusedem.maximization.VarianceFloor;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
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
        assertEquals(0, count(result, Kind.VARIANCE_FLOORED));
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
        double[] means = firstMeans(fit(rows, 2, covariance));
        double[] smallMeans = firstMeans(fit(small, 2, covariance));
        assertEquals(8, means[1] - means[0], 1);
        // That the feature is constant is no fault of a component.
        assertEquals(List.of(new FitEvent(Kind.FEATURE_CONSTANT, 1, 0, 0)), fit(rows, 2, covariance).events());
        assertEquals(means[0] * 0x1p-14, smallMeans[0], 1e-3 * 0x1p-14);
        assertEquals(means[1] * 0x1p-14, smallMeans[1], 1e-3 * 0x1p-14);
    }

    /** The components' means in feature 0, least first: of restarts that end at one optimum, roundings choose. */
    private static double[] firstMeans(FitResult result) {
        return IntStream.range(0, result.model().components()).mapToDouble(k -> result.model().mean(k, 0)).sorted()
                .toArray();
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

    /** It holds one component at the floor, and leaves the others alone. */
    @ParameterizedTest
    @EnumSource
    void aComponentWithOnePoint(Covariance covariance) {
        SplittableRandom random = new SplittableRandom(9);
        double[][] rows = new double[101][];
        Arrays.setAll(rows, n -> new double[] {random.nextGaussian(), random.nextGaussian()});
        rows[0] = new double[] {40, -30};
        FitResult result = fit(rows, 2, covariance);
        GaussianMixture model = result.model();
        int k = model.weights()[0] < model.weights()[1] ? 0 : 1;
        assertEquals(1.0 / 101, model.weights()[k], 1e-12);
        assertArrayEquals(rows[0], model.mean(k), 1e-12);
        FitResult others = fit(Arrays.copyOfRange(rows, 1, 101), 1, covariance);
        for (int i = 0; i < 2; i++) {
            assertEquals(others.model().mean(0)[i], model.mean(1 - k)[i], 1e-12);
            // A tied covariance is the average over all points, and the single one adds nothing to it.
            double share = covariance == Covariance.TIED ? 100.0 / 101 : 1;
            assertEquals(share * others.model().covariance(0)[i][i], model.covariance(1 - k)[i][i], 1e-12);
        }
        assertEquals(covariance == Covariance.TIED ? 0 : 1, result.events().size());
    }

    /** Six points, each a hundred thousand times: the fit of the six, and a log-likelihood so many times as large. */
    @ParameterizedTest
    @EnumSource
    void duplicatesChangeNothing(Covariance covariance) {
        double[][] rows = {{0, 0}, {1, 2}, {3, 1}, {10, 11}, {12, 9}, {13, 13}};
        int copies = 100_000;
        FitOptions options = FitOptions.components(2).withCovariance(covariance).withRestarts(1);
        double[][] columns = new double[2][rows.length * copies];
        for (int n = 0; n < columns[0].length; n++) {
            columns[0][n] = rows[n % rows.length][0];
            columns[1][n] = rows[n % rows.length][1];
        }
        for (ElementType type : ElementType.values()) {
            try (Points few = Points.ofRows(rows, type); Points many = Points.ofColumns(columns, type)) {
                FitOptions given = options
                        .withStart(new Start.Given(Fitter.fit(few, options.withMaxIterations(1)).model()));
                FitResult expected = Fitter.fit(few, given);
                FitResult result = Fitter.fit(many, given);
                // Sums of a tile's points, then of the tiles: a thousand roundings each. Covariances amplify them
                // little.
                double bound = 2000 * (type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24);
                assertEquals(expected.meanLogLikelihood(), result.meanLogLikelihood(), bound);
                assertArrayEquals(expected.model().means(), result.model().means(), 12 * bound);
                assertArrayEquals(expected.model().covariances(), result.model().covariances(), 144 * bound);
                assertEquals(List.of(), result.events());
            }
        }
    }

    /** The shift rounds nothing, as the data are multiples of 2^-20; in single precision it would swallow them. */
    @ParameterizedTest
    @EnumSource
    void aShiftOfAHundredMillionChangesNothing(Covariance covariance) {
        for (String name : new String[] {"faithful.csv", "iris.csv"}) {
            double[][] rows = Arrays.stream(TestData.rows(name)).map(row -> Arrays.stream(row)
                    .map(x -> Math.rint(x * 0x1p20) * 0x1p-20).toArray()).toArray(double[][]::new);
            double[][] shifted = Arrays.stream(rows).map(row -> Arrays.stream(row).map(x -> x + 1e8).toArray())
                    .toArray(double[][]::new);
            FitResult plain = fit(rows, 2, covariance, ElementType.FLOAT64);
            FitResult other = fit(shifted, 2, covariance, ElementType.FLOAT64);
            assertEquals(plain.logLikelihood(), other.logLikelihood(), 1e-9 * Math.abs(plain.logLikelihood()));
            assertEquals(plain.events(), other.events());
        }
    }

    /** What has no weight is not there, however far away: as if the one point stood alone. */
    @ParameterizedTest
    @EnumSource
    void allWeightOnOnePoint(Covariance covariance) {
        for (ElementType type : ElementType.values()) {
            try (var builder = Points.builder(2, type)) {
                builder.addWeighted(0, 1e12, 1e12);
                builder.addWeighted(2.5, 3, -4);
                builder.addWeighted(0, 1, 1);
                try (Points points = builder.build()) {
                    FitOptions options = FitOptions.components(1).withCovariance(covariance);
                    FitResult result = Fitter.fit(points, options);
                    assertEquals(2, count(result, Kind.FEATURE_CONSTANT));
                    assertEquals(1, result.model().weights()[0]);
                    assertArrayEquals(new double[] {3, -4}, result.model().mean(0), 1e-6);
                    assertEquals("there must be at least as many points as components: points=1, components=2",
                            assertThrows(IllegalArgumentException.class,
                                    () -> Fitter.fit(points, options.withComponents(2))).getMessage());
                    assertTrue(Arrays.stream(result.trace()).allMatch(Double::isFinite));
                }
            }
        }
    }

    @Test
    void refusesWhatIsNoNumber() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            String hint = Double.isNaN(value) ? " (NaN can mean missing: see PointsBuilder.allowMissing)" : "";
            assertEquals("value not finite" + hint + ": column=1, row=2, value=" + value,
                    assertThrows(IllegalArgumentException.class,
                            () -> fit(new double[][] {{1, 2}, {3, 4}, {5, value}}, 1, Covariance.FULL)).getMessage());
        }
    }

    /** Numbers that no M-step leaves: a stated failure, and not a search without end. */
    @Test
    void aCovarianceThatNoFloorCanMendIsNamed() {
        Parameters parameters = new Parameters(Covariance.FULL, 2, 2);
        Arrays.fill(parameters.covariances(), 1);
        parameters.covariances()[4] = Double.NaN;
        VarianceFloor floor = new VarianceFloor(Covariance.FULL, 2);
        floor.set(new double[] {1e-6, 1e-6}, new boolean[2]);
        Maximization maximization = new Maximization(floor, null, FixedParameters.none(2), 2, new EventLog(2));
        assertEquals("a covariance has no Cholesky factor however high its floor; its numbers must be broken: component=1",
                assertThrows(IllegalStateException.class, () -> maximization.enforceFloor(parameters)).getMessage());
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

    /** A fit whose every number is one; and so is every number of one in single precision, if that can hold the data. */
    private static FitResult fit(double[][] rows, int components, Covariance covariance) {
        if (Arrays.stream(rows).flatMapToDouble(Arrays::stream).allMatch(x -> Math.abs(x) < 1e16)) {
            fit(rows, components, covariance, ElementType.FLOAT32);
        }
        return fit(rows, components, covariance, ElementType.FLOAT64);
    }

    private static FitResult fit(double[][] rows, int components, Covariance covariance, ElementType type) {
        try (Points points = Points.ofRows(rows, type)) {
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
