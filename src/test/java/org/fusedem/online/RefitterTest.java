package org.fusedem.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refit comes to what a batch fit of the same points from the same start comes to. */
class RefitterTest {
    private static final int COMPONENTS = 3;
    private static final int DIMS = 4;

    /** A point's log-density lies between minus this and this. */
    private static final double LOG_DENSITY = 25;

    /** Roundings on the way to a log-density, each in units of its own last place: of D differences and their squares. */
    private static final double ROUNDINGS = 4 * DIMS;

    /** An error of one iteration comes back, smaller, in the next: {@code 1 / (1 - rate)} with a rate of 3/4. */
    private static final double ITERATIONS = 4;

    /** In double what a window promises, in float what {@code r = exp(l - largest)} makes of l's rounding. */
    static double tolerance(ElementType type) {
        return type == ElementType.FLOAT64 ? 1e-9 : 0x1p-24 * LOG_DENSITY * ROUNDINGS * ITERATIONS;
    }

    static void assertSame(FitResult expected, Refitter refitter, double tolerance) {
        assertEquals(expected.logLikelihood(), refitter.logLikelihood(), tolerance * Math.abs(expected.logLikelihood()));
        assertSame(expected.model(), refitter.snapshot(), tolerance);
    }

    static void assertSame(GaussianMixture expected, GaussianMixture found, double tolerance) {
        assertArrayEquals(expected.weights(), found.weights(), tolerance);
        assertArrayEquals(expected.means(), found.means(), tolerance);
        assertArrayEquals(expected.covariances(), found.covariances(), tolerance);
    }

    static FitResult batch(Window window, FitOptions options, GaussianMixture start) {
        try (Points points = window.copy()) {
            return Fitter.fit(points, options.withStart(new Start.Given(start)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void comesToWhatABatchFitDoes(Covariance covariance) {
        for (ElementType type : ElementType.values()) {
            GaussianMixture truth = Streams.truth(covariance, COMPONENTS, DIMS, 1);
            FitOptions options =
                    FitOptions.components(COMPONENTS).withCovariance(covariance).withTolerance(0).withMaxIterations(7);
            Sampler sampler = truth.sampler(2);
            try (Window window = Window.of(DIMS, 1000, type); Refitter refitter = Refitter.of(window, options)) {
                refitter.startFrom(Streams.start(truth, 0.3));
                // Partly filled, full, wrapped, wrapped many times; then with points evicted.
                for (int arriving : new int[] {317, 683, 10, 1, 4321, 500, 0}) {
                    Streams.append(window, sampler, arriving);
                    check(window, options, refitter, type);
                }
                window.evictOldest(333);
                check(window, options, refitter, type);
                Streams.append(window, sampler, 100);
                check(window, options, refitter, type);
            }
        }
    }

    private static void check(Window window, FitOptions options, Refitter refitter, ElementType type) {
        GaussianMixture start = refitter.snapshot();
        assertEquals(RefitReason.ITERATIONS, refitter.refit());
        assertEquals(options.maxIterations(), refitter.iterations());
        assertTrue(refitter.isEvaluated());
        assertSame(batch(window, options, start), refitter, tolerance(type));
    }

    @ParameterizedTest
    @EnumSource
    void convergesWhereABatchFitDoes(Covariance covariance) {
        GaussianMixture truth = Streams.truth(covariance, COMPONENTS, DIMS, 3);
        GaussianMixture start = Streams.start(truth, 0.3);
        FitOptions options = FitOptions.components(COMPONENTS).withCovariance(covariance).withTolerance(1e-6);
        for (Sweep sweep : Sweep.values()) {
            try (Window window = Window.of(DIMS, 700); Refitter refitter = Refitter.of(window, options, sweep)) {
                Streams.append(window, truth.sampler(4), 900);
                refitter.startFrom(start);
                FitResult expected = batch(window, options, start);
                assertEquals(RefitReason.CONVERGED, refitter.refit());
                if (sweep == Sweep.BATCH) {
                    assertEquals(expected.iterations(), refitter.iterations());
                    assertSame(expected, refitter, 1e-9);
                } else {
                    assertFalse(refitter.isEvaluated());
                    assertTrue(refitter.iterations() < expected.iterations(), "iterations: " + refitter.iterations());
                }
            }
        }
    }
}
