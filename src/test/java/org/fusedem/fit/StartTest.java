package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fusedem.kernel.Kernels;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartTest {
    static Stream<Start> random() {
        return Stream.of(new Start.KMeansPlusPlus(), new Start.RandomPoints(), new Start.RandomResponsibilities());
    }

    @ParameterizedTest
    @MethodSource("random")
    void everyStartLeadsToTheGeysersTwoRegimes(Start start) {
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            FitResult result = Fitter.fit(points, FitOptions.components(2).withStart(start).withTolerance(1e-9));
            assertEquals(-1130.26396, result.logLikelihood(), 1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("random")
    void restartsDifferAndTheBestIsKept(Start start) {
        try (Points points = Points.ofRows(TestData.rows("iris.csv"))) {
            FitResult result = Fitter.fit(points, FitOptions.components(4).withCovariance(Covariance.DIAGONAL)
                    .withStart(start).withRestarts(8));
            double[] found = result.restartLogLikelihoods();
            assertEquals(8, found.length);
            assertTrue(Arrays.stream(found).distinct().count() > 1);
            assertEquals(found[result.bestRestart()], result.logLikelihood());
        }
    }

    @Test
    void aGivenModelIsWhereTheTraceBegins() {
        GaussianMixture model = TestData.mixture(Covariance.FULL, 2, 2, 3, 1);
        try (Points points = model.sample(500, 2)) {
            FitResult result = Fitter.fit(points, FitOptions.components(2).withStart(new Start.Given(model)));
            assertEquals(model.logLikelihood(points), result.trace()[0]);
            assertEquals(1, result.restartLogLikelihoods().length);
        }
    }

    @Test
    void refusesAGivenModelOfAnotherKind() {
        GaussianMixture model = TestData.mixture(Covariance.FULL, 2, 2, 3, 1);
        assertThrows(IllegalArgumentException.class, () -> FitOptions.components(3).withStart(new Start.Given(model)));
        try (Points points = Points.ofRows(TestData.rows("iris.csv"))) {
            assertEquals("points and start differ: points have dims=4, the start has dims=2",
                    assertThrows(IllegalArgumentException.class, () -> Fitter.fit(points,
                            FitOptions.components(2).withStart(new Start.Given(model)))).getMessage());
        }
    }

    @Test
    void kMeansSeedsAreDistinctPoints() {
        double[][] rows = {{0, 0}, {0, 0}, {0, 0}, {5, 5}, {5, 5}, {9, 9}};
        try (Points points = Points.ofRows(rows)) {
            for (long seed = 0; seed < 100; seed++) {
                int[] seeds = seeds(points, 3, seed);
                assertEquals(3, Arrays.stream(seeds).mapToObj(n -> rows[n][0]).distinct().count());
            }
        }
    }

    @Test
    void kMeansSeedsHaveWeight() {
        try (var builder = Points.builder(1)) {
            builder.addWeighted(1, 0).addWeighted(0, 50).addWeighted(1, 1);
            try (Points points = builder.build()) {
                for (long seed = 0; seed < 50; seed++) {
                    int[] seeds = seeds(points, 2, seed);
                    assertTrue(Arrays.stream(seeds).noneMatch(n -> n == 1));
                }
            }
        }
    }

    @Test
    void randomPointsHaveWeight() {
        try (var builder = Points.builder(1)) {
            for (int n = 0; n < 100; n++) {
                builder.addWeighted(n % 10 == 0 ? 1 : 0, n);
            }
            try (Points points = builder.build()) {
                for (long seed = 0; seed < 50; seed++) {
                    FitResult start = Fitter.fit(points, FitOptions.components(3).withMaxIterations(0).withRestarts(1)
                            .withStart(new Start.RandomPoints()).withSeed(seed));
                    assertTrue(Arrays.stream(start.model().means()).allMatch(mean -> mean % 10 == 0));
                    assertEquals(3, Arrays.stream(start.model().means()).distinct().count());
                }
            }
        }
    }

    /** An integer weight counts as so many points. */
    @Test
    void randomPointsAreDrawnInProportionToWeight() {
        try (var builder = Points.builder(1)) {
            builder.addWeighted(1, 0).addWeighted(3, 1);
            try (Points points = builder.build()) {
                SplittableRandom random = new SplittableRandom(5);
                int heavy = 0;
                for (int i = 0; i < 4000; i++) {
                    heavy += (int) Sample.distinct(points, 1, random)[0];
                }
                // Four standard deviations of a binomial count.
                assertEquals(3000, heavy, 4 * Math.sqrt(4000 * 0.75 * 0.25));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("random")
    void fewerPointsWithWeightThanComponents(Start start) {
        try (var builder = Points.builder(1)) {
            builder.addWeighted(0, 50).addWeighted(2, 1).addWeighted(1, 4).addWeighted(0, 70);
            try (Points points = builder.build()) {
                assertEquals("there must be at least as many points as components: points=2, components=3",
                        assertThrows(IllegalArgumentException.class,
                                () -> Fitter.fit(points, FitOptions.components(3).withStart(start))).getMessage());
                FitResult result = Fitter.fit(points, FitOptions.components(2).withStart(start));
                assertTrue(Arrays.stream(result.model().means()).noneMatch(Double::isNaN));
                assertTrue(Double.isFinite(result.logLikelihood()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("random")
    void asManyComponentsAsPointsAndDuplicates(Start start) {
        double[][] rows = {{0, 0}, {0, 0}, {1, 5}, {1, 5}, {2, -3}};
        try (Points points = Points.ofRows(rows)) {
            FitResult result = Fitter.fit(points, FitOptions.components(5).withStart(start));
            assertTrue(Double.isFinite(result.logLikelihood()));
            assertEquals(result.logLikelihood(),
                    Fitter.fit(points, FitOptions.components(5).withStart(start)).logLikelihood());
        }
    }

    private static int[] seeds(Points points, int centres, long seed) {
        double[] variances = new double[points.dims()];
        Arrays.fill(variances, 1);
        try (Arena arena = Arena.ofConfined()) {
            return new KMeansPlusPlus(Kernels.chosen(), points, variances, Double.POSITIVE_INFINITY, arena)
                    .seed(centres, new SplittableRandom(seed));
        }
    }

    @Test
    void sampleIsSpreadOverThePointsInProportionToWeight() {
        try (var builder = Points.builder(1, ElementType.FLOAT32)) {
            for (int n = 0; n < 1000; n++) {
                builder.addWeighted(n < 500 ? 3 : 1, n);
            }
            try (Points points = builder.build();
                    Points sample = Sample.draw(points, 200, 2000, new SplittableRandom(1))) {
                assertEquals(200, sample.size());
                assertEquals(ElementType.FLOAT32, sample.type());
                int low = 0;
                for (long n = 0; n < 200; n++) {
                    low += sample.get(n, 0) < 500 ? 1 : 0;
                }
                // Systematic sampling hits the share to within one stratum.
                assertEquals(150, low, 1);
            }
        }
    }

    @Test
    void largeDataStartFromASample() {
        GaussianMixture truth = TestData.mixture(Covariance.DIAGONAL, 3, 2, 20, 8);
        try (Points points = truth.sample(30_000, 9)) {
            FitResult result = Fitter.fit(points, FitOptions.components(3).withCovariance(Covariance.DIAGONAL)
                    .withRestarts(3).withMaxIterations(10));
            double truthLogLikelihood = truth.logLikelihood(points);
            assertTrue(result.logLikelihood() >= truthLogLikelihood, "the fit is at least as likely as the truth");
            double[] weights = result.model().weights();
            Arrays.sort(weights);
            double[] expected = truth.weights();
            Arrays.sort(expected);
            assertArrayEquals(expected, weights, 0.01);
        }
    }
}
