package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** What must hold of any fit, whatever the data. */
class FitPropertiesTest {
    private static final int ITERATIONS = 25;

    private record Case(Covariance covariance, GaussianMixture start, double[][] rows) {
        static Case draw(Covariance covariance, int components, int dims, long seed) {
            GaussianMixture truth = TestData.mixture(covariance, components, dims, 2, seed);
            double[][] rows = new double[200][dims];
            try (Points sample = truth.sample(rows.length, seed + 1)) {
                for (int n = 0; n < rows.length; n++) {
                    sample.copyRow(n, rows[n]);
                }
            }
            return new Case(covariance, TestData.mixture(covariance, components, dims, 2, seed + 2), rows);
        }

        FitResult fit(GaussianMixture from, double[][] data) {
            try (Points points = Points.ofRows(data)) {
                return Fitter.fit(points, FitOptions.components(from.components()).withCovariance(covariance)
                        .withStart(new Start.Given(from)).withTolerance(0).withMaxIterations(ITERATIONS));
            }
        }

        FitResult fit() {
            return fit(start, rows);
        }
    }

    @Property(tries = 60)
    void logLikelihoodNeverFalls(@ForAll Covariance covariance, @ForAll ElementType type,
            @ForAll @IntRange(min = 1, max = 5) int components, @ForAll @IntRange(min = 1, max = 6) int dims,
            @ForAll long seed) {
        Case drawn = Case.draw(covariance, components, dims, seed);
        try (Points points = Points.ofRows(drawn.rows, type)) {
            double[] trace = Fitter.fit(points, FitOptions.components(components).withCovariance(covariance)
                    .withStart(new Start.Given(drawn.start)).withTolerance(0).withMaxIterations(ITERATIONS)).trace();
            assertEquals(ITERATIONS + 1, trace.length);
            assertNeverFalls(trace, type, drawn.rows.length, dims);
        }
    }

    /** More components than the data bear, collinear features far from zero: the floor is at work all the time. */
    @Property(tries = 60)
    void logLikelihoodNeverFallsEitherWhereComponentsCollapse(@ForAll Covariance covariance, @ForAll ElementType type,
            @ForAll @IntRange(min = 3, max = 17) int size, @ForAll boolean floor, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double offset = type == ElementType.FLOAT64 ? 1e8 : 1e3;
        double[][] rows = new double[size][6];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = i % 2 == 0 ? offset + random.nextGaussian() : 2 * row[i - 1];
            }
        }
        try (Points points = Points.ofRows(rows, type)) {
            double[] trace = Fitter.fit(points, FitOptions.components(3).withCovariance(covariance).withRestarts(1)
                    .withSeed(seed).withRegularization(floor ? 1e-6 : 0).withTolerance(0)
                    .withMaxIterations(ITERATIONS)).trace();
            assertEquals(ITERATIONS + 1, trace.length);
            assertNeverFalls(trace, type, size, 6);
        }
    }

    private static void assertNeverFalls(double[] trace, ElementType type, int points, int dims) {
        double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
        for (int i = 1; i < trace.length; i++) {
            double bound = 64 * eps * (Math.abs(trace[i]) + points * dims);
            assertTrue(trace[i] >= trace[i - 1] - bound,
                    "iteration " + i + ": " + trace[i - 1] + " then " + trace[i] + ", bound " + bound);
        }
    }

    @Property(tries = 40)
    void permutingPointsChangesNothingButRounding(@ForAll Covariance covariance, @ForAll long seed) {
        Case drawn = Case.draw(covariance, 3, 3, seed);
        double[][] shuffled = drawn.rows.clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int n = shuffled.length - 1; n > 0; n--) {
            int other = random.nextInt(n + 1);
            double[] row = shuffled[n];
            shuffled[n] = shuffled[other];
            shuffled[other] = row;
        }
        FitResult plain = drawn.fit();
        assumeNothingCollapsed(plain);
        assertSame(plain, drawn.fit(drawn.start, shuffled));
    }

    /** Where a component collapses onto its floor, rounding decides which points it keeps. */
    private static void assumeNothingCollapsed(FitResult result) {
        Assume.that(result.events().isEmpty());
    }

    @Property(tries = 40)
    void permutingComponentsPermutesTheModel(@ForAll Covariance covariance, @ForAll long seed) {
        Case drawn = Case.draw(covariance, 2, 3, seed);
        FitResult swapped = drawn.fit(swap(drawn.start), drawn.rows);
        FitResult plain = drawn.fit();
        assertEquals(plain.logLikelihood(), swapped.logLikelihood(), tolerance(plain));
        assertModel(plain.model(), swap(swapped.model()));
    }

    @Property(tries = 40)
    void scalingAndShiftingTheDataMovesTheModel(@ForAll Covariance covariance, @ForAll long seed,
            @ForAll @IntRange(min = -20, max = 20) int exponent, @ForAll @LongRange(min = -64, max = 64) long shift) {
        Case drawn = Case.draw(covariance, 3, 2, seed);
        // A power of two scales without rounding; the shift is small beside the spread, so rounds little.
        double scale = Math.scalb(1.0, exponent);
        double[][] moved = Arrays.stream(drawn.rows)
                .map(row -> Arrays.stream(row).map(x -> scale * (x + shift)).toArray())
                .toArray(double[][]::new);
        FitResult plain = drawn.fit();
        assumeNothingCollapsed(plain);
        FitResult other = drawn.fit(move(drawn.start, scale, shift), moved);
        int numbers = 2 * drawn.rows.length;
        assertEquals(plain.logLikelihood() - numbers * Math.log(scale), other.logLikelihood(), 1e-9 * numbers);
        assertModel(move(plain.model(), scale, shift), other.model());
    }

    @Property(tries = 40)
    void responsibilitiesSumToOne(@ForAll Covariance covariance, @ForAll @IntRange(min = 1, max = 8) int components,
            @ForAll long seed) {
        Case drawn = Case.draw(covariance, components, 3, seed);
        for (double[] row : drawn.rows) {
            double sum = Arrays.stream(drawn.start.responsibilities(row)).sum();
            assertEquals(1, sum, (components + 4) * 0x1p-52);
        }
        assertEquals(1, Arrays.stream(drawn.fit().model().weights()).sum(), (components + 4) * 0x1p-52);
    }

    /** Old Faithful with weights 0, 1, 2 and 3 against the same rows repeated as often. */
    @Property(tries = 8)
    void integerWeightsAreRepeatedRows(@ForAll Covariance covariance, @ForAll @LongRange(min = 0, max = 99) long seed) {
        double[][] rows = TestData.rows("faithful.csv");
        SplittableRandom random = new SplittableRandom(seed);
        FitOptions options = FitOptions.components(2).withCovariance(covariance).withTolerance(0).withMaxIterations(20);
        try (var weighted = Points.builder(2); var repeated = Points.builder(2)) {
            for (double[] row : rows) {
                int weight = random.nextInt(4);
                weighted.addWeighted(weight, row);
                for (int i = 0; i < weight; i++) {
                    repeated.add(row);
                }
            }
            try (Points w = weighted.build(); Points r = repeated.build()) {
                GaussianMixture start = Fitter.fit(r, options.withMaxIterations(1).withRestarts(1)).model();
                FitOptions given = options.withStart(new Start.Given(start));
                assertSame(Fitter.fit(r, given), Fitter.fit(w, given));
            }
        }
    }

    @Property(tries = 10)
    void sameSeedSameBits(@ForAll Covariance covariance, @ForAll ElementType type, @ForAll long seed) {
        Case drawn = Case.draw(covariance, 3, 4, 5);
        try (Points points = Points.ofRows(drawn.rows, type)) {
            FitOptions options = FitOptions.components(3).withCovariance(covariance).withSeed(seed).withRestarts(2);
            FitResult first = Fitter.fit(points, options);
            FitResult second = Fitter.fit(points, options);
            assertArrayEquals(first.trace(), second.trace());
            assertArrayEquals(first.model().covariances(), second.model().covariances());
        }
    }

    private static void assertSame(FitResult expected, FitResult actual) {
        assertEquals(expected.logLikelihood(), actual.logLikelihood(), tolerance(expected));
        assertModel(expected.model(), actual.model());
    }

    /** Rounding differs from the first iteration on, and later ones may double it a few times over. */
    private static double tolerance(FitResult result) {
        return 1e-10 * (1 + Math.abs(result.logLikelihood()));
    }

    /** Parameters are less well determined than the log-likelihood: its square root, where it is flat. */
    private static void assertModel(GaussianMixture expected, GaussianMixture actual) {
        assertArrayEquals(expected.weights(), actual.weights(), 1e-7);
        for (int k = 0; k < expected.components(); k++) {
            for (int i = 0; i < expected.dims(); i++) {
                double deviation = Math.sqrt(expected.covariance(k)[i][i]);
                assertEquals(expected.mean(k)[i], actual.mean(k)[i], 1e-6 * deviation);
                for (int j = 0; j < expected.dims(); j++) {
                    assertEquals(expected.covariance(k)[i][j], actual.covariance(k)[i][j],
                            1e-6 * deviation * Math.sqrt(expected.covariance(k)[j][j]));
                }
            }
        }
    }

    private static GaussianMixture swap(GaussianMixture model) {
        double[] covariances = model.covariances();
        if (model.covariance() != Covariance.TIED) {
            covariances = swapHalves(covariances);
        }
        return GaussianMixture.of(model.covariance(), model.dims(), swapHalves(model.weights()),
                swapHalves(model.means()), covariances);
    }

    private static double[] swapHalves(double[] values) {
        double[] swapped = new double[values.length];
        int half = values.length / 2;
        System.arraycopy(values, 0, swapped, half, half);
        System.arraycopy(values, half, swapped, 0, half);
        return swapped;
    }

    private static GaussianMixture move(GaussianMixture model, double scale, double shift) {
        return GaussianMixture.of(model.covariance(), model.dims(), model.weights(),
                Arrays.stream(model.means()).map(x -> scale * (x + shift)).toArray(),
                Arrays.stream(model.covariances()).map(x -> scale * scale * x).toArray());
    }
}
