package org.fusedem.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refits that stop half-way, by a deadline or by steps. Time is a counter here: it ticks with each look at it. */
class RefitStepsTest {
    /** Tiles of a window of 1000 points with three components and four features. */
    private static final int BLOCKS = 8;

    private final GaussianMixture truth = Streams.truth(Covariance.FULL, 3, 4, 1);
    private final GaussianMixture start = Streams.start(truth, 0.3);
    private final Sampler sampler = truth.sampler(2);
    private long now;

    private long tick() {
        return now++;
    }

    private static FitOptions options(int iterations) {
        return FitOptions.components(3).withTolerance(0).withMaxIterations(iterations);
    }

    private Window window() {
        Window window = Window.of(4, 1000);
        Streams.append(window, sampler, 1200);
        return window;
    }

    private Refitter refitter(Window window, int iterations, Sweep sweep) {
        Refitter refitter = new Refitter(window, options(iterations), sweep, this::tick);
        refitter.startFrom(start);
        return refitter;
    }

    /** Between each pair of tiles of the first sweep, and of the second. */
    @Test
    void aDeadlineStopsBetweenTwoTiles() {
        for (int tiles = 0; tiles <= BLOCKS; tiles++) {
            try (Window window = window(); Refitter refitter = refitter(window, 10, Sweep.BATCH)) {
                now = 0;
                assertEquals(RefitReason.DEADLINE, refitter.refitUntil(tiles));
                assertEquals(tiles + 1, now, "looks at the clock");
                assertEquals(0, refitter.iterations());
                RefitterTest.assertSame(start, refitter.snapshot(), 0);
                // The tiles that are left, and the sum: those done are not done again.
                now = 0;
                assertEquals(RefitReason.ITERATIONS, refitter.refitUntil(Long.MAX_VALUE, 0));
                assertEquals(BLOCKS - tiles + 1, now);
                assertTrue(refitter.isEvaluated());
                assertEquals(RefitterTest.batch(window, options(0), start).logLikelihood(), refitter.logLikelihood(),
                        1e-9 * 1000);
            }
        }
    }

    @Test
    void aDeadlineLeavesTheModelOfTheLastMStep() {
        try (Window window = window(); Refitter refitter = refitter(window, 10, Sweep.BATCH)) {
            now = 0;
            // One sweep, its sum, an M-step, and some of the next sweep.
            assertEquals(RefitReason.DEADLINE, refitter.refitUntil(BLOCKS + 1 + 1 + 5));
            assertEquals(1, refitter.iterations());
            assertFalse(refitter.isEvaluated());
            FitResult expected = RefitterTest.batch(window, options(1), start);
            RefitterTest.assertSame(expected.model(), refitter.snapshot(), 1e-9);
            assertEquals(expected.trace()[0], refitter.logLikelihood(), 1e-9 * 1000);
            assertTrue(expected.logLikelihood() >= refitter.logLikelihood());
        }
    }

    /** A clock that is about to overflow. */
    @Test
    void aDeadlineBeyondTheClocksOverflowIsStillAhead() {
        try (Window window = window(); Refitter refitter = refitter(window, 1, Sweep.BATCH)) {
            now = Long.MAX_VALUE - 3;
            assertEquals(RefitReason.ITERATIONS, refitter.refitUntil(Long.MIN_VALUE + 1000));
            assertTrue(now < 0);
        }
    }

    /** Deadlines far too short for one iteration: still each refit goes on where the last has stopped. */
    @ParameterizedTest
    @EnumSource
    void manyShortRefitsGetThereToo(Sweep sweep) {
        try (Window window = window(); Refitter refitter = refitter(window, 1000, sweep)) {
            for (int refit = 0; refit < 3000; refit++) {
                now = 0;
                assertEquals(RefitReason.DEADLINE, refitter.refitUntil(7));
            }
            FitResult expected = RefitterTest.batch(window, options(1000), start);
            // As far as EM has come by then.
            RefitterTest.assertSame(expected.model(), refitter.snapshot(), 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stepsAreARefitInParts(Sweep sweep) {
        try (Window window = window(); Refitter whole = refitter(window, 5, sweep);
                Refitter parts = refitter(window, 5, sweep)) {
            for (int maxTiles = 1; maxTiles < 50; maxTiles *= 3) {
                Streams.append(window, sampler, 30);
                assertEquals(RefitReason.ITERATIONS, whole.refit());
                int calls = 1;
                while (!parts.step(maxTiles)) {
                    assertNull(parts.reason());
                    calls++;
                }
                assertTrue(calls > 1);
                assertEquals(RefitReason.ITERATIONS, parts.reason());
                assertEquals(5, parts.iterations());
                assertEquals(whole.logLikelihood(), parts.logLikelihood());
                assertSameBits(whole, parts);
            }
        }
    }

    private static void assertSameBits(Refitter expected, Refitter found) {
        assertArrayEquals(expected.snapshot().weights(), found.snapshot().weights());
        assertArrayEquals(expected.snapshot().means(), found.snapshot().means());
        assertArrayEquals(expected.snapshot().covariances(), found.snapshot().covariances());
    }

    /** Points that come between steps are taken in; the refit ends by its iterations, and the next one is exact. */
    @ParameterizedTest
    @EnumSource
    void pointsMayComeBetweenSteps(Sweep sweep) {
        FitOptions options = FitOptions.components(3).withTolerance(1e-3).withMaxIterations(8);
        try (Window window = window(); Refitter refitter = new Refitter(window, options, sweep, this::tick)) {
            refitter.startFrom(start);
            while (!refitter.step(3)) {
                Streams.append(window, sampler, 40);
                window.evictOldest(20);
            }
            assertEquals(RefitReason.ITERATIONS, refitter.reason());
            GaussianMixture model = refitter.snapshot();
            FitResult expected = RefitterTest.batch(window, options(0), model);
            refitter.startFrom(model);
            assertEquals(RefitReason.ITERATIONS, refitter.refitUntil(Long.MAX_VALUE, 0));
            assertEquals(expected.logLikelihood(), refitter.logLikelihood(), 1e-9 * 1000);
            double fresh = truth.logLikelihood(window.copy()) / window.size();
            assertTrue(expected.meanLogLikelihood() > fresh - 0.1, "it has lost its way");
        }
    }

    /** All points may leave while a refit is under way. */
    @ParameterizedTest
    @EnumSource
    void pointsMayLeaveBetweenSteps(Sweep sweep) {
        for (int steps = 1; steps < 60; steps++) {
            try (Window window = window(); Refitter refitter = refitter(window, 3, sweep)) {
                boolean ended = false;
                for (int step = 0; step < steps && !ended; step++) {
                    ended = refitter.step(1);
                }
                window.evictOldest(1000);
                for (int step = 0; step < 1000 && !ended; step++) {
                    ended = refitter.step(1);
                }
                assertTrue(ended);
                refitter.snapshot();
                assertEquals(RefitReason.TOO_FEW_POINTS, refitter.refit());
                refitter.snapshot();
            }
        }
    }

    @Test
    void anIncrementalIterationLooksAtWhatHasChangedOnly() {
        try (Window window = window(); Refitter refitter = refitter(window, 1, Sweep.INCREMENTAL)) {
            refitter.refit();
            for (int round = 0; round < 50; round++) {
                Streams.append(window, sampler, 10);
                now = 0;
                assertEquals(RefitReason.ITERATIONS, refitter.refitUntil(Long.MAX_VALUE));
                // One block or two, their sum, an M-step.
                assertTrue(now >= 3 && now <= 4, "units of work: " + now);
                assertEquals(1, refitter.iterations());
            }
        }
    }

    @Test
    void theFirstBatchIterationLooksAtWhatHasChangedOnly() {
        try (Window window = window(); Refitter refitter = refitter(window, 1, Sweep.BATCH)) {
            refitter.refit();
            for (int round = 0; round < 50; round++) {
                Streams.append(window, sampler, 10);
                now = 0;
                assertEquals(RefitReason.ITERATIONS, refitter.refitUntil(Long.MAX_VALUE));
                assertTrue(now >= 3 + BLOCKS + 1 && now <= 4 + BLOCKS + 1, "units of work: " + now);
            }
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        try (Window window = window(); Refitter refitter = new Refitter(window, options(1), Sweep.BATCH, this::tick)) {
            assertThrows(IllegalArgumentException.class, () -> refitter.step(0));
            assertThrows(IllegalArgumentException.class, () -> refitter.refitUntil(5, -1));
            assertTrue(assertThrows(IllegalStateException.class, refitter::refit).getMessage()
                    .startsWith("there is no model to start from"));
            assertThrows(IllegalStateException.class, () -> refitter.step(1));
        }
    }

    /**
     * Blocks of several tiles, whose moments are as large as their points: what comes in the middle of a visit is no
     * reason to take the M-step back.
     */
    @Test
    void pointsThatComeWithinABlockAreNoFall() {
        GaussianMixture many = Streams.truth(Covariance.DIAGONAL, 128, 1, 3);
        FitOptions options = FitOptions.components(128).withCovariance(Covariance.DIAGONAL)
                .withTolerance(0).withMaxIterations(4);
        Sampler points = many.sampler(4);
        try (Window window = Window.of(1, 2048); Refitter refitter = Refitter.of(window, options)) {
            // The next points go into the second tile of the first block.
            Streams.append(window, points, 2048 + 300);
            refitter.startFrom(Streams.start(many, 0.3));
            while (refitter.iterations() < 1) {
                assertFalse(refitter.step(1));
            }
            assertFalse(refitter.step(1));
            for (int n = 0; n < 100; n++) {
                window.append(30);
            }
            while (!refitter.step(1)) {
                // To its end.
            }
            assertEquals(RefitReason.ITERATIONS, refitter.reason());
            assertEquals(4, refitter.iterations());
        }
    }

    /** A tick for each look: the first step has its tiles, whatever the time. */
    @Test
    void stepsThatHaveADeadlineEndAtIt() {
        try (Window window = window(); Refitter refitter = refitter(window, 10, Sweep.BATCH)) {
            now = 0;
            int calls = 1;
            while (!refitter.step(3, 8)) {
                calls++;
            }
            assertTrue(calls > 1);
            assertEquals(RefitReason.DEADLINE, refitter.reason());
            // A sweep, its sum, an M-step, and a part of the next.
            assertTrue(refitter.iterations() >= 1, "iterations: " + refitter.iterations());
            assertTrue(refitter.step(1, now - 100), "a step does something, and ends");
            assertEquals(RefitReason.DEADLINE, refitter.reason());
            while (!refitter.step(3, Long.MAX_VALUE)) {
                // To its end.
            }
            assertEquals(RefitReason.ITERATIONS, refitter.reason());
        }
    }
}
