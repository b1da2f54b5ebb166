package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.fusedem.em.Convergence;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortRunsTest {
    @Test
    void allStartsAreTriedAndTheBestRunToTheEnd() {
        Map<Integer, Integer> longest = new HashMap<>();
        FitOptions options = FitOptions.components(4).withRestarts(12).withFinalists(3).withShortIterations(6)
                .withProgress((restart, iteration, mean) -> longest.merge(restart, iteration, Math::max));
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            FitResult result = Fitter.fit(points, options);
            double[] found = result.restartLogLikelihoods();
            assertEquals(12, found.length);
            assertEquals(12, longest.size());
            assertEquals(3, longest.values().stream().filter(iteration -> iteration > 6).count());
            assertEquals(found[result.bestRestart()], result.logLikelihood());
            for (double logLikelihood : found) {
                assertTrue(logLikelihood <= result.logLikelihood());
            }
        }
    }

    @Test
    void aFinalistGoesOnWhereItsShortRunEnded() {
        FitOptions options = FitOptions.components(3).withRestarts(2).withTolerance(0).withSeed(4);
        try (Points points = Points.ofRows(TestData.rows("iris.csv"))) {
            FitResult whole = Fitter.fit(points, options.withFinalists(2).withMaxIterations(25));
            FitResult parts = Fitter.fit(points,
                    options.withFinalists(1).withShortIterations(10).withMaxIterations(15));
            assertEquals(15, parts.iterations());
            assertEquals(whole.bestRestart(), parts.bestRestart());
            assertEquals(whole.trace()[10], parts.trace()[0]);
            assertArrayEquals(whole.model().covariances(), parts.model().covariances());
        }
    }

    @Test
    void asManyFinalistsAsRestartsAreRunFromTheirStarts() {
        FitOptions options = FitOptions.components(3).withRestarts(4).withFinalists(4);
        assertFalse(options.hasShortRuns());
        assertFalse(FitOptions.components(3).withMaxIterations(FitOptions.DEFAULT_SHORT_ITERATIONS).hasShortRuns());
        assertTrue(FitOptions.components(3).hasShortRuns());
    }

    @ParameterizedTest
    @EnumSource
    void shortRunsOnASampleLeadToTheTruthAtAnyNumberOfThreads(Covariance covariance) {
        GaussianMixture truth = TestData.mixture(covariance, 3, 2, 4, 11);
        FitOptions options = FitOptions.components(3).withCovariance(covariance).withRestarts(8);
        try (Points points = truth.sample(20_000, 12)) {
            assertTrue(ShortRuns.size(points, options) < points.size());
            FitResult best = Fitter.fit(points, options.withStart(new Start.Given(truth)));
            FitResult result = Fitter.fit(points, options);
            assertEquals(best.logLikelihood(), result.logLikelihood(), 1e-5 * Math.abs(best.logLikelihood()));
            // Those left behind are told on the scale of all points.
            for (double logLikelihood : result.restartLogLikelihoods()) {
                assertEquals(result.logLikelihood(), logLikelihood, 0.2 * Math.abs(result.logLikelihood()));
            }
            FitResult together = Fitter.fit(points, options.withThreads(3));
            assertArrayEquals(result.trace(), together.trace());
            assertArrayEquals(result.model().means(), together.model().means());
            assertArrayEquals(result.restartLogLikelihoods(), together.restartLogLikelihoods());
        }
    }

    /** A hundredth of a deviation is some 3 nats of 272 points, if taken for nats per point; the optima here are closer. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05})
    void aToleranceForParametersIsNoneForLogLikelihoods(double tolerance) {
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            for (int seed = 0; seed < 10; seed++) {
                FitResult result = Fitter.fit(points, FitOptions.components(4).withCovariance(Covariance.TIED)
                        .withStart(new Start.RandomPoints()).withRestarts(10).withFinalists(10).withSeed(seed)
                        .withConvergence(Convergence.PARAMETERS).withTolerance(tolerance));
                double best = Arrays.stream(result.restartLogLikelihoods()).max().orElseThrow();
                assertEquals(best, result.logLikelihood(), tolerance * tolerance * 272);
            }
        }
    }
}
