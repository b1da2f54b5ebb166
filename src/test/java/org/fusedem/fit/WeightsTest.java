package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WeightsTest {
    static Stream<Arguments> kernels() {
        return Stream.of(Kernels.chosen()).flatMap(kernel -> Stream.of(Covariance.values())
                .flatMap(shape -> Stream.of(ElementType.values()).map(type -> Arguments.of(kernel, shape, type))));
    }

    /**
     * Only the order of sums differs. With 64 bits, ten iterations keep that below 1e-10; with 32, each of 1024 points of
     * a tile is rounded to 24 bits on its way into one of at least four lanes: 256 roundings one after the other, and
     * each iteration adds its own.
     */
    @ParameterizedTest
    @MethodSource("kernels")
    void integerWeightsAreRepeatedRows(Kernel kernel, Covariance covariance, ElementType type) {
        double[][] rows = TestData.rows("faithful.csv");
        GaussianMixture start = start(covariance, rows);
        FitOptions options = FitOptions.components(2).withCovariance(covariance).withStart(new Start.Given(start))
                .withTolerance(0).withMaxIterations(10);
        SplittableRandom random = new SplittableRandom(1);
        try (PointsBuilder weighted = Points.builder(2, type); PointsBuilder repeated = Points.builder(2, type)) {
            for (double[] row : rows) {
                int weight = random.nextInt(4);
                weighted.addWeighted(weight, row);
                for (int i = 0; i < weight; i++) {
                    repeated.add(row);
                }
            }
            try (Points w = weighted.build(); Points r = repeated.build()) {
                FitResult expected = Fitter.fit(kernel, r, options);
                FitResult actual = Fitter.fit(kernel, w, options);
                double tolerance = type == ElementType.FLOAT64 ? 1e-10 : 10 * 256 * 0x1p-24;
                assertEquals(expected.totalWeight(), actual.totalWeight());
                assertEquals(expected.logLikelihood(), actual.logLikelihood(),
                        tolerance * Math.abs(expected.logLikelihood()));
                assertEquals(expected.bic(), actual.bic(), tolerance * Math.abs(expected.bic()));
                assertClose(expected.model().weights(), actual.model().weights(), tolerance);
                assertClose(expected.model().means(), actual.model().means(), tolerance);
                assertClose(expected.model().covariances(), actual.model().covariances(), tolerance);
                assertEquals(expected.model().logLikelihood(r), expected.model().logLikelihood(w),
                        tolerance * Math.abs(expected.logLikelihood()));
            }
        }
    }

    private static GaussianMixture start(Covariance covariance, double[][] rows) {
        try (Points points = Points.ofRows(rows)) {
            return Fitter.fit(points, FitOptions.components(2).withCovariance(covariance).withRestarts(1)
                    .withMaxIterations(1)).model();
        }
    }

    private static void assertClose(double[] expected, double[] actual, double relative) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], relative * (1e-3 + Math.abs(expected[i])));
        }
    }

    static Stream<Start> starts() {
        return Stream.of(new Start.KMeansPlusPlus(), new Start.RandomPoints(), new Start.RandomResponsibilities());
    }

    /** Rows of weight zero, some of them far away, in every place: the fit has the same bits as without them. */
    @ParameterizedTest
    @MethodSource("starts")
    void zeroWeightsAreNotThere(Start start) {
        for (ElementType type : ElementType.values()) {
            for (Covariance covariance : Covariance.values()) {
                double far = type.largestValue();
                double[][] rows = TestData.rows("faithful.csv");
                SplittableRandom random = new SplittableRandom(2);
                try (PointsBuilder with = Points.builder(3, type); PointsBuilder without = Points.builder(3, type)) {
                    with.addWeighted(0, far, -far, 7);
                    for (double[] row : rows) {
                        double weight = 0.5 + random.nextDouble();
                        without.addWeighted(weight, row[0], row[1], 5);
                        with.addWeighted(weight, row[0], row[1], 5);
                        with.addWeighted(0, far * random.nextDouble(), 100 * random.nextDouble(), 5);
                    }
                    try (Points w = with.build(); Points wo = without.build()) {
                        FitOptions options = FitOptions.components(3).withCovariance(covariance).withStart(start)
                                .withRestarts(2).withMaxIterations(20);
                        FitResult expected = Fitter.fit(wo, options);
                        FitResult actual = Fitter.fit(w, options);
                        assertArrayEquals(expected.trace(), actual.trace());
                        assertArrayEquals(expected.model().means(), actual.model().means());
                        assertEquals(expected.events(), actual.events());
                        assertEquals(expected.totalWeight(), actual.totalWeight());
                        assertEquals(expected.logLikelihood(), actual.model().logLikelihood(w),
                                1e-5 * Math.abs(expected.logLikelihood()));
                    }
                }
            }
        }
    }

    @Test
    void labelsOfZeroWeightsAreNotThere() {
        double[][] rows = TestData.rows("faithful.csv");
        int[] labels = IntStream.range(0, rows.length).map(n -> n % 5 > 0 ? -1 : rows[n][0] > 3 ? 0 : 1).toArray();
        int[] more = IntStream.concat(IntStream.of(1), Arrays.stream(labels)).toArray();
        try (PointsBuilder with = Points.builder(2); PointsBuilder without = Points.builder(2)) {
            with.addWeighted(0, 1e9, 1e9);
            for (double[] row : rows) {
                with.addWeighted(1, row);
                without.addWeighted(1, row);
            }
            try (Points w = with.build(); Points wo = without.build()) {
                FitOptions options = FitOptions.components(2).withRestarts(1);
                FitResult expected = Fitter.fit(wo, options.withStart(new Start.Labels(labels, true)));
                FitResult actual = Fitter.fit(w, options.withStart(new Start.Labels(more, true)));
                assertArrayEquals(expected.trace(), actual.trace());
            }
        }
    }

    @Test
    void pointsWithoutWeightDoNotCount() {
        try (var builder = Points.builder(1);
                Points points = builder.addWeighted(0, 1).addWeighted(2, 2).addWeighted(0, 3).build()) {
            assertEquals("there must be at least as many points as components: points=1, components=2",
                    assertThrows(IllegalArgumentException.class,
                            () -> Fitter.fit(points, FitOptions.components(2))).getMessage());
            assertEquals(2, Fitter.fit(points, FitOptions.components(1)).model().mean(0, 0));
        }
    }

    /**
     * A histogram: the centres of bins of width h, and how much of a density lies in each. Its moments are known:
     * moving each x to the centre of its bin adds h^2 / 12 to the variance (Sheppard 1898), and for a Gaussian with
     * bins no wider than its deviation nothing else that a double could tell (what is left falls as exp(-2 pi^2 /
     * h^2)).
     */
    @Test
    void aHistogramHasTheMomentsOfItsDensityAndSheppardsCorrection() {
        double h = 0.25;
        double mean = 0.1;
        GaussianMixture truth = GaussianMixture.of(Covariance.FULL, 1, new double[] {1}, new double[] {mean},
                new double[] {1});
        try (Points histogram = histogram(truth, h, 1e4)) {
            FitResult result = Fitter.fit(histogram, FitOptions.components(1));
            assertEquals(1e4, result.totalWeight(), 1e-6);
            assertEquals(mean, result.model().mean(0, 0), 1e-10);
            assertEquals(1 + h * h / 12, result.model().covariance(0, 0, 0), 1e-9);
            // Of a Gaussian at its own variance s^2, the mean log-density is -(1 + log(2 pi s^2)) / 2.
            double s = 1 + h * h / 12;
            assertEquals(-0.5 * (1 + Math.log(2 * Math.PI * s)), result.meanLogLikelihood(), 1e-9);
        }
    }

    /** Two components: each is widened by h^2 / 12 as if it were alone, but for terms of order h^4. */
    @ParameterizedTest
    @EnumSource
    void aHistogramOfAMixtureGivesTheMixture(ElementType type) {
        double h = 0.1;
        GaussianMixture truth = GaussianMixture.of(Covariance.FULL, 1, new double[] {0.3, 0.7}, new double[] {-2, 2},
                new double[] {0.5, 1.5});
        try (Points doubles = histogram(truth, h, 1e6); PointsBuilder builder = Points.builder(1, type)) {
            for (long n = 0; n < doubles.size(); n++) {
                builder.addWeighted(doubles.weight(n), doubles.get(n, 0));
            }
            try (Points histogram = builder.build()) {
                GaussianMixture model = Fitter.fit(histogram, FitOptions.components(2).withTolerance(1e-11)).model();
                int low = model.mean(0, 0) < model.mean(1, 0) ? 0 : 1;
                // Near the maximum the log-likelihood is flat: a rounding of 2^-24 moves the parameters by its root.
                double order = h * h * h * h + (type == ElementType.FLOAT32 ? 0x1p-12 : 0);
                assertEquals(0.3, model.weights()[low], order);
                assertEquals(-2, model.mean(low, 0), order);
                assertEquals(2, model.mean(1 - low, 0), order);
                assertEquals(0.5 + h * h / 12, model.covariance(low, 0, 0), order);
                assertEquals(1.5 + h * h / 12, model.covariance(1 - low, 0, 0), order);
            }
        }
    }

    /** From -10 to 10; each bin's share by Simpson's rule over 20 intervals. */
    private static Points histogram(GaussianMixture truth, double h, double count) {
        try (PointsBuilder builder = Points.builder(1)) {
            for (int bin = 0; bin < Math.round(20 / h); bin++) {
                double left = -10 + bin * h;
                double sum = 0;
                for (int i = 0; i <= 20; i++) {
                    int factor = i == 0 || i == 20 ? 1 : i % 2 == 1 ? 4 : 2;
                    sum += factor * Math.exp(truth.logDensity(left + i * h / 20));
                }
                builder.addWeighted(count * sum * h / 60, left + h / 2);
            }
            return builder.build();
        }
    }

    /** A quarter of its weight is none that a double could hold. */
    @Test
    void theSmallestWeightIsAWeight() {
        try (PointsBuilder builder = Points.builder(1, ElementType.FLOAT64)) {
            builder.addWeighted(Double.MIN_VALUE, 1);
            builder.addWeighted(Double.MIN_VALUE, 2);
            try (Points points = builder.build()) {
                assertEquals(1.5, Fitter.fit(points, FitOptions.components(1)).model().mean(0, 0), 1e-9);
            }
        }
    }
}
