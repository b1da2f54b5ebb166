package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.NoisyMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Uniform noise: against formulas written out, on data with outliers, and at the edges. */
class NoiseTest {
    private static FitOptions options(Covariance shape) {
        return FitOptions.components(2).withCovariance(shape).withNoise(Noise.ofBoundingBox());
    }

    /** Two clusters of unit variance at (-5, 0) and (5, 0), then outliers all over a square around them. */
    private static double[][] clusters(int points, int outliers, double halfWidth, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[points + outliers][2];
        for (int n = 0; n < rows.length; n++) {
            for (int i = 0; i < 2; i++) {
                double centre = i == 0 ? n % 2 == 0 ? -5 : 5 : 0;
                rows[n][i] = n < points ? centre + random.nextGaussian() : random.nextDouble(-halfWidth, halfWidth);
            }
        }
        return rows;
    }

    /** The component whose mean is on the left first. */
    private static int[] order(GaussianMixture model) {
        return model.mean(0, 0) < model.mean(1, 0) ? new int[] {0, 1} : new int[] {1, 0};
    }

    private static void assertClose(GaussianMixture expected, GaussianMixture actual, double tolerance) {
        int[] e = order(expected);
        int[] a = order(actual);
        for (int k = 0; k < 2; k++) {
            assertEquals(expected.weight(e[k]), actual.weight(a[k]), tolerance);
            for (int i = 0; i < 2; i++) {
                assertEquals(expected.mean(e[k], i), actual.mean(a[k], i), tolerance);
                for (int j = 0; j <= i; j++) {
                    assertEquals(expected.covariance(e[k], i, j), actual.covariance(a[k], i, j), tolerance);
                }
            }
        }
    }

    /**
     * EM as the paper has it, in the linear domain and two passes. Shares no line with the library: densities are those
     * of {@link Textbook}'s kind, the noise's is a number.
     */
    @ParameterizedTest
    @EnumSource
    void iterationsAreThoseOfTheFormulas(Covariance shape) {
        double[][] rows = clusters(120, 30, 12, 1);
        SplittableRandom random = new SplittableRandom(2);
        double[] pointWeights = Arrays.stream(rows).mapToDouble(row -> 0.2 + random.nextDouble()).toArray();
        GaussianMixture start = GaussianMixture.of(shape, 2, new double[] {0.4, 0.6}, new double[] {-3, 1, 4, -1},
                TestData.mixture(shape, 2, 2, 4, 3).covariances());
        for (int iterations : new int[] {1, 8}) {
            NoisyTextbook textbook = new NoisyTextbook(start, 0.15, 400);
            double[] logLikelihoods = new double[iterations];
            for (int i = 0; i < iterations; i++) {
                logLikelihoods[i] = textbook.step(rows, pointWeights);
            }
            try (PointsBuilder builder = Points.builder(2)) {
                for (int n = 0; n < rows.length; n++) {
                    builder.addWeighted(pointWeights[n], rows[n]);
                }
                try (Points points = builder.build()) {
                    FitResult result = Fitter.fit(points, options(shape).withStart(new Start.Given(start))
                            .withNoise(Noise.ofVolume(400).withWeight(0.15)).withTolerance(0)
                            .withMaxIterations(iterations));
                    for (int i = 0; i < iterations; i++) {
                        assertEquals(logLikelihoods[i], result.trace()[i], 1e-11 * Math.abs(logLikelihoods[i]),
                                "iteration " + i);
                    }
                    NoisyMixture model = result.noisyModel();
                    assertEquals(textbook.noiseWeight, model.noiseWeight(), 1e-11);
                    assertClose(textbook.mixture(), model.mixture(), 1e-10);
                    assertArrayEquals(model.mixture().means(), result.model().means());
                    assertEquals(model.logLikelihood(points), result.logLikelihood(),
                            1e-11 * Math.abs(logLikelihoods[0]));
                    assertEquals(Math.log(400), model.logVolume(), 1e-15);
                    assertEquals(result.model().parameterCount() + 1, result.freeParameters());
                    assertEquals(-2 * result.logLikelihood()
                            + result.freeParameters() * Math.log(result.totalWeight()), result.bic());
                }
            }
        }
    }

    /**
     * Outliers ten, a thousand and a billion standard deviations away: the components are those of the clusters alone,
     * but for the few of their own points that pass for noise.
     */
    @ParameterizedTest
    @EnumSource
    void outliersNoLongerMoveTheComponents(Covariance shape) {
        for (double halfWidth : new double[] {50, 1e4, 1e9}) {
            double[][] rows = clusters(600, 60, halfWidth, 4);
            try (Points all = Points.ofRows(rows); Points clean = Points.ofRows(Arrays.copyOf(rows, 600))) {
                FitResult expected = Fitter.fit(clean, FitOptions.components(2).withCovariance(shape));
                FitResult found = Fitter.fit(all, options(shape));
                // A tenth of a standard error of a mean is 0.006; near a cluster there are, of the 60 outliers in the
                // narrowest square, 60 * (2 * 28) / 100^2 = 0.3 points within three standard deviations.
                assertClose(expected.model(), found.model(), halfWidth == 50 ? 0.1 : 0.01);
                assertEquals(60 / 660.0, found.noisyModel().noiseWeight(), halfWidth == 50 ? 0.005 : 1e-6);
                assertEquals(List.of(), found.events(), "half width " + halfWidth);
                for (int n = 0; n < rows.length; n++) {
                    boolean far = Math.hypot(Math.abs(rows[n][0]) - 5, rows[n][1]) > 6;
                    if (n < 600 || far) {
                        assertEquals(n >= 600, found.noisyModel().predict(rows[n]) == 2, Arrays.toString(rows[n]));
                    }
                }
            }
        }
    }

    /** Seeds of all kinds of starts lead there, not one lucky one. */
    @Test
    void startsOfAllKindsFindTheClusters() {
        double[][] rows = clusters(600, 60, 200, 5);
        int[] labels = IntStream.range(0, rows.length).map(n -> n < 20 ? n % 2 : -1).toArray();
        double[][] shares = IntStream.range(0, rows.length).mapToObj(n -> n >= 600 ? new double[] {0, 0, 1}
                : n % 2 == 0 ? new double[] {1, 0, 0} : new double[] {0, 1, 0}).toArray(double[][]::new);
        List<Start> starts = List.of(new Start.KMeansPlusPlus(), new Start.RandomPoints(),
                new Start.Labels(labels, false), new Start.Labels(labels, true), new Start.Responsibilities(shares));
        try (Points points = Points.ofRows(rows)) {
            for (Start start : starts) {
                for (int seed = 0; seed < 5; seed++) {
                    NoisyMixture model = Fitter.fit(points, options(Covariance.FULL).withStart(start).withSeed(seed))
                            .noisyModel();
                    assertEquals(60 / 660.0, model.noiseWeight(), 0.01, start.getClass().getSimpleName());
                    int[] k = order(model.mixture());
                    assertEquals(-5, model.mixture().mean(k[0], 0), 5 / Math.sqrt(300));
                    assertEquals(5, model.mixture().mean(k[1], 0), 5 / Math.sqrt(300));
                }
            }
        }
    }

    /** A point of a known component is never noise, wherever it is: the component reaches for it, one point of 300. */
    @Test
    void fixedLabelsAreNeverNoise() {
        double[][] rows = clusters(600, 60, 200, 6);
        rows[0] = new double[] {-150, 0};
        int[] labels = IntStream.range(0, rows.length).map(n -> n < 100 ? n % 2 : -1).toArray();
        try (Points points = Points.ofRows(rows)) {
            FitOptions options = options(Covariance.FULL);
            NoisyMixture free = Fitter.fit(points, options.withStart(new Start.Labels(labels, false))).noisyModel();
            FitResult held = Fitter.fit(points, options.withStart(new Start.Labels(labels, true)));
            assertEquals(-5, free.mixture().mean(0, 0), 0.3);
            assertEquals(1, free.mixture().covariance(0, 0, 0), 0.3);
            assertTrue(held.model().covariance(0, 0, 0) > 0.9 * 145 * 145 / 350, "300 points, and some strangers");
            NoisyMixture model = held.noisyModel();
            double expected = 0;
            for (int n = 0; n < rows.length; n++) {
                expected += labels[n] < 0 ? model.logDensity(rows[n]) : model.logJoint(rows[n])[labels[n]];
            }
            assertEquals(expected, held.logLikelihood(), 1e-10 * Math.abs(expected));
        }
    }

    /** What is fixed of the Gaussian components is their share of what is not noise. */
    @Test
    void fixedPartsStay() {
        double[][] rows = clusters(600, 60, 50, 7);
        GaussianMixture start = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.3, 0.7},
                new double[] {-5, 0, 4, 1}, new double[] {1, 0, 1, 1, 0, 1});
        try (Points points = Points.ofRows(rows)) {
            FitResult result = Fitter.fit(points, options(Covariance.FULL).withStart(new Start.Given(start))
                    .withFixed(new Fixed.Weights(), new Fixed.Density(0)));
            assertArrayEquals(start.weights(), result.model().weights());
            assertArrayEquals(start.mean(0), result.model().mean(0));
            assertEquals(60 / 660.0, result.noisyModel().noiseWeight(), 0.02);
            assertEquals(5, result.model().mean(1, 0), 0.3);
            assertEquals(2 + 3 + 1, result.freeParameters());
        }
    }

    @Test
    void pointsOfWeightZeroDoNotWidenTheBox() {
        double[][] rows = clusters(100, 10, 20, 8);
        try (PointsBuilder builder = Points.builder(2)) {
            for (double[] row : rows) {
                builder.addWeighted(1, row);
            }
            builder.addWeighted(0, 1e9, 1e9);
            try (Points all = builder.build(); Points others = Points.ofRows(rows)) {
                FitResult expected = Fitter.fit(others, options(Covariance.DIAGONAL));
                FitResult found = Fitter.fit(all, options(Covariance.DIAGONAL));
                assertEquals(expected.noisyModel().logVolume(), found.noisyModel().logVolume());
                double[] widths = IntStream.range(0, 2).mapToDouble(i ->
                        Arrays.stream(rows).mapToDouble(row -> row[i]).max().orElseThrow()
                        - Arrays.stream(rows).mapToDouble(row -> row[i]).min().orElseThrow()).toArray();
                assertEquals(Math.log(widths[0] * widths[1]), found.noisyModel().logVolume(), 1e-14);
                assertEquals(expected.logLikelihood(), found.logLikelihood(), 1e-9 * Math.abs(found.logLikelihood()));
            }
        }
    }

    /** Columns that the fit multiplies by powers of two. */
    @ParameterizedTest
    @EnumSource
    void extremeScalesChangeNothingElse(Covariance shape) {
        double[][] rows = clusters(200, 20, 40, 9);
        double factor = Math.log(2) * 2 * 497;
        double[][] far = Arrays.stream(rows).map(row -> new double[] {Math.scalb(row[0], 497), Math.scalb(row[1], 497)})
                .toArray(double[][]::new);
        try (Points points = Points.ofRows(rows); Points farPoints = Points.ofRows(far)) {
            for (Noise noise : List.of(Noise.ofBoundingBox(), Noise.ofVolume(5000))) {
                FitResult expected = Fitter.fit(points, options(shape).withNoise(noise));
                FitResult found = Fitter.fit(farPoints, options(shape).withNoise(noise.scaled(factor)));
                double logVolume = expected.noisyModel().logVolume() + factor;
                assertEquals(logVolume, found.noisyModel().logVolume(), 1e-12 * factor);
                assertEquals(expected.noisyModel().noiseWeight(), found.noisyModel().noiseWeight(), 1e-4);
                assertEquals(expected.meanLogLikelihood() - factor, found.meanLogLikelihood(), 1e-6);
                assertEquals(found.noisyModel().logLikelihood(farPoints), found.logLikelihood(), 1e-6);
            }
        }
    }

    /** A box so small that nothing is denser: all is noise, and no number is lost over it. */
    @ParameterizedTest
    @EnumSource
    void noiseMayTakeAllPoints(Covariance shape) {
        try (Points points = Points.ofRows(clusters(50, 0, 1, 10))) {
            for (Prior prior : new Prior[] {null, Prior.conjugate().withWeightConcentration(2)}) {
                FitResult result = Fitter.fit(points, options(shape).withNoise(Noise.ofLogVolume(-2000))
                        .withPrior(prior).withRestarts(2).withTolerance(0).withMaxIterations(5));
                assertEquals(1, result.noisyModel().noiseWeight());
                assertEquals(50 * 2000, result.logLikelihood(), 1e-9);
                assertTrue(result.events().stream().allMatch(event -> event.kind() == Kind.POINTS_VANISHED));
                assertEquals(1, Arrays.stream(result.model().weights()).sum(), 1e-15);
                assertTrue(Arrays.stream(result.model().covariances()).allMatch(Double::isFinite));
            }
            FitResult none = Fitter.fit(points, options(shape).withNoise(Noise.ofLogVolume(1e6)).withRestarts(2));
            assertEquals(0, none.noisyModel().noiseWeight());
            double alone = none.model().logLikelihood(points);
            assertEquals(alone, none.logLikelihood(), 1e-10 * Math.abs(alone));
        }
    }

    @Test
    void withoutNoiseThereIsNone() {
        try (Points points = Points.ofRows(clusters(50, 0, 1, 11))) {
            assertNull(Fitter.fit(points, FitOptions.components(2)).noisyModel());
            assertNull(FitOptions.components(2).noise());
        }
    }

    @Test
    void theLargestVolumesLeaveNumbers() {
        try (Points points = Points.ofRows(clusters(50, 0, 1, 11))) {
            for (double logVolume : new double[] {-1e100, 1e100}) {
                FitResult result = Fitter.fit(points, options(Covariance.FULL).withNoise(Noise.ofLogVolume(logVolume)));
                assertTrue(Double.isFinite(result.bic()));
                assertEquals(logVolume < 0 ? 1 : 0, result.noisyModel().noiseWeight());
            }
        }
    }

    static Stream<Arguments> refused() {
        FitOptions options = options(Covariance.FULL);
        double[][] two = {{0.5, 0.5}, {1, 0}};
        return Stream.of(
                Arguments.of("the noise's first weight must be between 0 and 1: weight=0.0",
                        (Executable) () -> Noise.ofBoundingBox().withWeight(0)),
                Arguments.of("the noise's volume must be positive and finite: volume=0.0",
                        (Executable) () -> Noise.ofVolume(0)),
                Arguments.of("the noise's volume must be positive and finite: volume=-1.0",
                        (Executable) () -> Noise.ofVolume(-1)),
                Arguments.of("the logarithm of the noise's volume must be from -1.0E100 to 1.0E100: logVolume=NaN",
                        (Executable) () -> Noise.ofLogVolume(Double.NaN)),
                Arguments.of("the logarithm of the noise's volume must be from -1.0E100 to 1.0E100: logVolume=-1.0E308",
                        (Executable) () -> Noise.ofLogVolume(-1e308)),
                Arguments.of("noise of constant density has none for points with missing values (leave out withNoise"
                        + " or withMissingValues): noise=" + Noise.ofBoundingBox(),
                        (Executable) options::withMissingValues),
                Arguments.of("the start must have a responsibility for each component, and the noise's behind them:"
                        + " components=2, row=0, responsibilities=2",
                        (Executable) () -> options.withStart(new Start.Responsibilities(two))),
                Arguments.of("the bounding box has no volume for the noise, since all values of a column are equal"
                        + " (give one by Noise.ofVolume): column=1", (Executable) () -> {
                            try (Points points = Points.ofRows(new double[][] {{1, 2}, {3, 2}, {4, 2}})) {
                                Fitter.fit(points, options);
                            }
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberOfThreadsGivesTheSameBits(Covariance shape) {
        double[][] rows = clusters(19_000, 1_011, 50, 12);
        FitOptions options = options(shape).withRestarts(1).withTolerance(0).withMaxIterations(4);
        for (ElementType type : ElementType.values()) {
            try (Points points = Points.ofRows(rows, type)) {
                FitResult alone = Fitter.fit(points, options);
                List<Double> noise = new ArrayList<>();
                for (int threads : new int[] {2, 3, 8}) {
                    FitResult together = Fitter.fit(points, options.withThreads(threads));
                    assertArrayEquals(alone.trace(), together.trace());
                    assertArrayEquals(alone.model().covariances(), together.model().covariances());
                    noise.add(together.noisyModel().noiseWeight());
                }
                double expected = alone.noisyModel().noiseWeight();
                assertEquals(List.of(expected, expected, expected), noise);
            }
        }
    }
}
