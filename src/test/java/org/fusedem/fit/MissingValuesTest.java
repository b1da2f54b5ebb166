package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MissingValuesTest {
    private static final double NO = Double.NaN;

    private static FitOptions from(GaussianMixture start, int iterations) {
        return FitOptions.components(start.components()).withCovariance(start.covariance())
                .withStart(new Start.Given(start)).withTolerance(0).withMaxIterations(iterations).withRegularization(0)
                .withMissingValues();
    }

    @Property(tries = 100)
    void oneStepIsTheTextbooks(@ForAll Covariance shape, @ForAll @IntRange(min = 1, max = 4) int components,
            @ForAll @IntRange(min = 1, max = 6) int dims, @ForAll @DoubleRange(min = 0.05, max = 0.8) double share,
            @ForAll long seed) {
        GaussianMixture start = TestData.mixture(shape, components, dims, 1, seed);
        double[][] rows = IncompleteData.draw(start, 120, share, seed + 1);
        double[] weights = new SplittableRandom(seed).doubles(rows.length, 0.1, 3).toArray();
        // One complete point, so that no column is without any value.
        Arrays.fill(rows[0], 0.5);
        IncompleteTextbook expected = new IncompleteTextbook(start);
        expected.step(rows, weights, shape);
        try (Points points = IncompleteData.points(rows, weights, ElementType.FLOAT64)) {
            FitResult found = Fitter.fit(points, from(start, 1));
            assertEquals(expected.logLikelihood, found.trace()[0], 1e-11 * rows.length * dims);
            assertArrayEquals(expected.weights, found.model().weights(), 1e-11);
            for (int k = 0; k < components; k++) {
                assertArrayEquals(expected.means[k], found.model().mean(k), 1e-9);
                for (int i = 0; i < dims; i++) {
                    assertArrayEquals(expected.covariances[k][i], found.model().covariance(k)[i], 1e-9);
                }
            }
        }
    }

    @Property(tries = 60)
    void logLikelihoodNeverFalls(@ForAll Covariance shape, @ForAll ElementType type,
            @ForAll @IntRange(min = 1, max = 4) int components, @ForAll @IntRange(min = 1, max = 6) int dims,
            @ForAll @DoubleRange(min = 0.01, max = 0.7) double share, @ForAll long seed) {
        double[][] rows = IncompleteData.draw(TestData.mixture(shape, components, dims, 2, seed), 150, share, seed + 1);
        Arrays.fill(rows[0], 0.5);
        try (Points points = IncompleteData.points(rows, type)) {
            GaussianMixture start = TestData.mixture(shape, components, dims, 2, seed + 2);
            double[] trace = Fitter.fit(points, from(start, 25)).trace();
            assertEquals(26, trace.length);
            double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
            for (int i = 1; i < trace.length; i++) {
                double bound = 64 * eps * (Math.abs(trace[i]) + rows.length * dims);
                assertTrue(trace[i] >= trace[i - 1] - bound, "iteration " + i + ": " + trace[i - 1] + ", " + trace[i]);
            }
        }
    }

    /** In every direction the log-likelihood of what is observed falls, and its slope is zero. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void theFixedPointIsAMaximumOfTheObservedLikelihood(Covariance shape) {
        GaussianMixture truth = TestData.mixture(shape, 2, 3, 2, 4);
        double[][] rows = IncompleteData.draw(truth, 400, 0.25, 5);
        try (Points points = Points.ofIncompleteRows(rows)) {
            GaussianMixture found = Fitter.fit(points, from(truth, 4000)).model().withMissingValues();
            double best = found.logLikelihood(points);
            double h = 1e-4;
            for (int direction = 0; direction < found.means().length + found.covariances().length + 1; direction++) {
                double up = moved(found, direction, h).logLikelihood(points);
                double down = moved(found, direction, -h).logLikelihood(points);
                double curvature = (2 * best - up - down) / (h * h);
                assertTrue(up < best && down < best, shape + ", direction " + direction);
                // A slope that would move the maximum by less than a tenth of a step: 1e-5 of a deviation.
                assertEquals(0, (up - down) / (2 * h), 0.1 * h * curvature, shape + ", direction " + direction);
            }
        }
    }

    /** A mixture with one of its numbers changed. */
    private static GaussianMixture moved(GaussianMixture model, int direction, double by) {
        double[] weights = model.weights();
        double[] means = model.means();
        double[] covariances = model.covariances();
        if (direction < means.length) {
            means[direction] += by;
        } else if (direction < means.length + covariances.length) {
            covariances[direction - means.length] += by;
        } else {
            weights[0] += by;
            weights[1] -= by;
        }
        return GaussianMixture.of(model.covariance(), model.dims(), weights, means, covariances).withMissingValues();
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void withNothingMissingItIsTheOrdinaryFit(Covariance shape) {
        FitOptions options = FitOptions.components(3).withCovariance(shape).withRestarts(2);
        try (Points points = Points.ofIncompleteRows(TestData.rows("iris.csv"))) {
            FitResult ordinary = Fitter.fit(points, options);
            FitResult allowed = Fitter.fit(points, options.withMissingValues());
            assertArrayEquals(ordinary.trace(), allowed.trace());
            assertArrayEquals(ordinary.model().covariances(), allowed.model().covariances());
        }
    }

    /**
     * Components 8 deviations apart in every feature, so one value tells which is which: then the likeliest estimates
     * are at least as exact as those from each component's observed values, whose standard errors are known.
     */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void findsTheTruthBehindValuesMissingAtRandom(Covariance shape) {
        double share = 0.2;
        int count = 20_000;
        GaussianMixture drawn = TestData.mixture(shape, 2, 4, 1, 11);
        double[] means = {0, 0, 0, 0, 12, -12, 12, -12};
        GaussianMixture truth = GaussianMixture.of(shape, 4, drawn.weights(), means, drawn.covariances());
        try (Points points = Points.ofIncompleteRows(IncompleteData.draw(truth, count, share, 12))) {
            GaussianMixture found = Fitter.fit(points,
                    FitOptions.components(2).withCovariance(shape).withMissingValues()).model();
            int first = found.mean(0, 0) < found.mean(1, 0) ? 0 : 1;
            for (int k = 0; k < 2; k++) {
                int f = k ^ first;
                double w = truth.weights()[k];
                assertEquals(w, found.weights()[f], 6 * Math.sqrt(w * (1 - w) / count));
                double single = count * w * (1 - share);
                double pairs = single * (1 - share);
                for (int i = 0; i < 4; i++) {
                    double variance = truth.covariance(k, i, i);
                    assertEquals(truth.mean(k, i), found.mean(f, i), 6 * Math.sqrt(variance / single));
                    for (int j = 0; j <= i; j++) {
                        double covariance = truth.covariance(k, i, j);
                        double product = variance * truth.covariance(k, j, j);
                        double error = Math.sqrt((product + covariance * covariance) / pairs);
                        assertEquals(covariance, found.covariance(f, i, j), 6 * error);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void anyNumberOfThreadsGivesTheSameBits(Covariance shape) {
        double[][] rows = IncompleteData.draw(TestData.mixture(shape, 4, 4, 3, 9), 20_011, 0.2, 10);
        FitOptions options = FitOptions.components(4).withCovariance(shape).withRestarts(1).withTolerance(0)
                .withMaxIterations(5).withMissingValues();
        try (Points points = Points.ofIncompleteRows(rows)) {
            FitResult alone = Fitter.fit(points, options);
            for (int threads : new int[] {2, 3, 8}) {
                FitResult together = Fitter.fit(points, options.withThreads(threads));
                assertArrayEquals(alone.trace(), together.trace());
                assertArrayEquals(alone.model().means(), together.model().means());
                assertArrayEquals(alone.model().covariances(), together.model().covariances());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void aWeightIsSoManyEqualPoints(Covariance shape) {
        GaussianMixture start = TestData.mixture(shape, 2, 3, 2, 6);
        double[][] rows = IncompleteData.draw(start, 100, 0.3, 7);
        double[] weights = new double[100];
        Arrays.setAll(weights, n -> n % 4);
        double[][] repeated = IntStream.range(0, 100).boxed()
                .flatMap(n -> Stream.generate(() -> rows[n]).limit(n % 4)).toArray(double[][]::new);
        try (Points weighted = IncompleteData.points(rows, weights, ElementType.FLOAT64);
                Points single = Points.ofIncompleteRows(repeated)) {
            FitResult expected = Fitter.fit(single, from(start, 20));
            FitResult found = Fitter.fit(weighted, from(start, 20));
            assertEquals(expected.totalWeight(), found.totalWeight());
            assertArrayEquals(expected.trace(), found.trace(), 1e-10 * Math.abs(expected.logLikelihood()));
            assertArrayEquals(expected.model().means(), found.model().means(), 1e-10);
            assertArrayEquals(expected.model().covariances(), found.model().covariances(), 1e-10);
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void aPointOfWhichNothingIsObservedAddsNothing(Covariance shape) {
        GaussianMixture start = TestData.mixture(shape, 2, 2, 6, 8);
        double[][] rows = IncompleteData.draw(start, 300, 0, 9);
        double[][] more = Arrays.copyOf(rows, 400);
        for (int n = 300; n < 400; n++) {
            more[n] = new double[] {NO, NO};
        }
        try (Points points = Points.ofRows(rows); Points padded = Points.ofIncompleteRows(more)) {
            FitResult expected = Fitter.fit(points, from(start, 500));
            FitResult found = Fitter.fit(padded, from(start, 500));
            assertEquals(expected.trace()[0], found.trace()[0], 1e-10 * 300);
            // The same likelihood, so the same maximum; it takes more iterations.
            assertEquals(expected.logLikelihood(), found.logLikelihood(), 1e-6);
        }
    }

    /** In one dimension a point is complete or has nothing. */
    @Test
    void takesASingleFeature() {
        double[][] rows = {{0}, {NO}, {0.5}, {1}, {NO}, {7}, {7.5}, {8}, {9}};
        try (Points points = Points.ofIncompleteRows(rows)) {
            FitResult result = Fitter.fit(points, FitOptions.components(2).withMissingValues());
            double[] means = result.model().means();
            Arrays.sort(means);
            assertArrayEquals(new double[] {0.5, 7.875}, means, 1e-3);
        }
    }

    /** Every point misses other features than all others, and none is complete. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void takesAPatternPerPoint(Covariance shape) {
        GaussianMixture truth = TestData.mixture(shape, 2, 9, 12, 3);
        double[][] rows = IncompleteData.draw(truth, 300, 0, 4);
        for (int n = 0; n < rows.length; n++) {
            for (int i = 0; i < 9; i++) {
                rows[n][i] = (n + 1 >> i & 1) == 1 ? NO : rows[n][i];
            }
        }
        try (Points points = Points.ofIncompleteRows(rows)) {
            FitResult result = Fitter.fit(points, FitOptions.components(2).withCovariance(shape).withRestarts(2)
                    .withMaxIterations(50).withMissingValues());
            assertTrue(result.logLikelihood() > truth.withMissingValues().logLikelihood(points));
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void everyStartCopesWithHalfTheValues(Covariance shape) {
        GaussianMixture truth = TestData.mixture(shape, 3, 8, 6, 13);
        double[][] rows = IncompleteData.draw(truth, 500, 0.5, 14);
        for (Start start : new Start[] {
            new Start.KMeansPlusPlus(), new Start.RandomPoints(), new Start.RandomResponsibilities()
        }) {
            for (ElementType type : ElementType.values()) {
                try (Points points = IncompleteData.points(rows, type)) {
                    FitResult result = Fitter.fit(points, FitOptions.components(3).withCovariance(shape)
                            .withStart(start).withRestarts(5).withMaxIterations(100).withMissingValues());
                    assertTrue(result.logLikelihood() > truth.withMissingValues().logLikelihood(points),
                            shape + " " + start + " " + type);
                }
            }
        }
    }

    /** A constant feature, two collinear ones, a point far away, and gaps in all of them. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void bearsDegenerateDataWithGaps(Covariance shape) {
        SplittableRandom random = new SplittableRandom(16);
        double[][] rows = new double[60][4];
        for (double[] row : rows) {
            double x = random.nextGaussian();
            Arrays.setAll(row, i -> random.nextInt(4) == 0 ? NO : i == 0 ? 3 : i == 3 ? random.nextInt(2) : i * x);
        }
        rows[7][1] = 1e12;
        try (Points points = Points.ofIncompleteRows(rows)) {
            for (double regularization : new double[] {0, 1e-6}) {
                FitResult result = Fitter.fit(points, FitOptions.components(3).withCovariance(shape)
                        .withMaxIterations(100).withRegularization(regularization).withMissingValues());
                double[] trace = result.trace();
                for (int i = 1; i < trace.length; i++) {
                    assertTrue(trace[i] >= trace[i - 1] - 64 * 0x1p-53 * (Math.abs(trace[i]) + 60 * 4), shape.label());
                }
                assertEquals(FitEvent.Kind.FEATURE_CONSTANT, result.events().getFirst().kind());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void addingAHundredMillionMovesTheMeansOnly(Covariance shape) {
        double offset = 1e8;
        double[][] rows = IncompleteData.draw(TestData.mixture(shape, 2, 3, 3, 17), 300, 0.2, 18);
        // Multiples of 2^-20, which the sum with the offset does not round.
        for (double[] row : rows) {
            Arrays.setAll(row, i -> Math.rint(row[i] * 0x1p20) * 0x1p-20);
        }
        double[][] moved = Arrays.stream(rows).map(row -> Arrays.stream(row).map(x -> x + offset).toArray())
                .toArray(double[][]::new);
        FitOptions options = FitOptions.components(2).withCovariance(shape).withRestarts(2).withTolerance(0)
                .withMaxIterations(50).withMissingValues();
        try (Points points = Points.ofIncompleteRows(rows); Points far = Points.ofIncompleteRows(moved)) {
            double expected = Fitter.fit(points, options).logLikelihood();
            assertEquals(expected, Fitter.fit(far, options).logLikelihood(), 1e-9 * Math.abs(expected));
        }
    }

    /** Two features of which no point has both: their covariance is anyone's guess, but nothing breaks. */
    @Test
    void takesFeaturesThatAreNeverSeenTogether() {
        double[][] rows = new double[200][2];
        SplittableRandom random = new SplittableRandom(15);
        for (int n = 0; n < rows.length; n++) {
            rows[n][n % 2] = random.nextGaussian();
            rows[n][1 - n % 2] = NO;
        }
        try (Points points = Points.ofIncompleteRows(rows)) {
            GaussianMixture model = Fitter.fit(points, FitOptions.components(1).withMissingValues()).model();
            assertTrue(Double.isFinite(model.withMissingValues().logLikelihood(points)));
        }
    }

    @Test
    void refusesMissingValuesUnlessAskedToTakeThem() {
        try (Points points = Points.ofIncompleteRows(new double[][] {{1, 2}, {3, NO}, {NO, 5}})) {
            assertEquals("value missing: column=1, row=1 (missing values in all: 2);"
                            + " FitOptions.withMissingValues() would fit what is there",
                    assertThrows(IllegalArgumentException.class, () -> Fitter.fit(points, FitOptions.components(1)))
                            .getMessage());
        }
    }

    @Test
    void refusesAColumnWithoutAnyValue() {
        double[][] rows = {{1, NO}, {2, NO}, {NO, 3}};
        try (Points points = IncompleteData.points(rows, new double[] {1, 1, 0}, ElementType.FLOAT64)) {
            assertEquals("no point with weight has a value there (leave the column out): column=1",
                    assertThrows(IllegalArgumentException.class,
                            () -> Fitter.fit(points, FitOptions.components(1).withMissingValues())).getMessage());
        }
    }
}
