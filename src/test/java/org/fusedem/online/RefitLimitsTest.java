package org.fusedem.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fixed;
import org.fusedem.fit.Noise;
import org.fusedem.fit.Prior;
import org.fusedem.fit.Start;
import org.fusedem.fit.UnwantedCheckpoints;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refits of windows that are hard: components that collapse, points far away, numbers without end. */
class RefitLimitsTest {
    private static FitOptions options(Covariance covariance, int iterations) {
        return FitOptions.components(3).withCovariance(covariance).withTolerance(0).withMaxIterations(iterations);
    }

    /** The floor is a batch fit's, quartiles, constant features and wild values included; so is what is reported. */
    @ParameterizedTest
    @EnumSource
    void holdsTheFloorThatABatchFitHolds(Covariance covariance) {
        // Below 4097 points all of them show the quartiles, above a sample.
        for (int capacity : new int[] {600, 6000}) {
            for (double wild : new double[] {0, 1e6}) {
                GaussianMixture start = Streams.start(Streams.truth(covariance, 3, 3, 1), 0.2);
                FitOptions options = options(covariance, 60).withRegularization(1e-3);
                try (Window window = Window.of(3, capacity); Refitter refitter = Refitter.of(window, options)) {
                    appendCollapsing(window, start, capacity + 257, wild);
                    FitResult expected = RefitterTest.batch(window, options, start);
                    refitter.startFrom(start);
                    assertEnds(refitter);
                    RefitterTest.assertSame(expected, refitter, 1e-9 * Math.max(1, wild * wild));
                    assertEquals(affected(expected, Kind.VARIANCE_FLOORED), refitter.flooredComponents());
                    // The component of the points in one place; a shared covariance has others to keep it up.
                    boolean ownShape = covariance == Covariance.DIAGONAL || covariance == Covariance.FULL;
                    assertTrue(refitter.flooredComponents() > 0 || !ownShape);
                    assertEquals(affected(expected, Kind.WEIGHT_VANISHED), refitter.vanishedComponents());
                }
            }
        }
    }

    /** A batch fit that is to do all its iterations repeats a step that it takes back; a refit ends. */
    private static void assertEnds(Refitter refitter) {
        RefitReason reason = refitter.refit();
        assertTrue(reason == RefitReason.ITERATIONS || reason == RefitReason.STALLED, "reason: " + reason);
    }

    /** All points that are of one component stand in one place, one feature is constant, and a few values may be wild. */
    private static void appendCollapsing(Window window, GaussianMixture source, int count, double wild) {
        Sampler sampler = source.sampler(2);
        double[] row = new double[3];
        for (int n = 0; n < count; n++) {
            sampler.next(row);
            boolean ofFirst = source.predict(row) == 0;
            row[2] = 5;
            if (ofFirst) {
                row[0] = source.mean(0, 0);
                row[1] = source.mean(0, 1);
            } else if (wild > 0 && n % 97 == 0) {
                row[0] = wild * (n % 2 == 0 ? 1 : -1);
            }
            window.append(row);
        }
    }

    private static long affected(FitResult result, Kind kind) {
        return result.events().stream()
                .filter(event -> event.kind() == kind && event.lastIteration() == result.iterations()).count();
    }

    /** What is below the floor of these points already is lifted before the first E-step. */
    @ParameterizedTest
    @EnumSource
    void liftsAStartThatIsBelowTheFloor(Covariance covariance) {
        GaussianMixture truth = Streams.truth(covariance, 3, 3, 3);
        double[] narrow = Arrays.stream(truth.covariances()).map(v -> 1e-4 * v).toArray();
        GaussianMixture start = GaussianMixture.of(covariance, 3, truth.weights(), truth.means(), narrow);
        for (Sweep sweep : Sweep.values()) {
            FitOptions options = options(covariance, sweep == Sweep.BATCH ? 3 : 1).withRegularization(0.01);
            try (Window window = Window.of(3, 500); Refitter refitter = Refitter.of(window, options, sweep)) {
                Streams.append(window, truth.sampler(4), 500);
                refitter.startFrom(start);
                refitter.refit();
                RefitterTest.assertSame(RefitterTest.batch(window, options, start).model(), refitter.snapshot(), 1e-9);
            }
        }
    }

    /** 1e8 and more away from zero, where points themselves have some 26 bits left. */
    @ParameterizedTest
    @EnumSource
    void farFromZeroIsAsNear(Covariance covariance) {
        double far = 0x1p27;
        GaussianMixture truth = Streams.truth(covariance, 3, 3, 5);
        GaussianMixture start = Streams.start(truth, 0.3);
        double[] row = new double[3];
        for (Sweep sweep : Sweep.values()) {
            FitOptions options = options(covariance, 4);
            try (Window near = Window.of(3, 700); Window away = Window.of(3, 700);
                    Refitter ofNear = Refitter.of(near, options, sweep);
                    Refitter ofAway = Refitter.of(away, options, sweep)) {
                ofNear.startFrom(start);
                ofAway.startFrom(Streams.moved(start, far));
                Sampler sampler = truth.sampler(6);
                for (int round = 0; round < 20; round++) {
                    // The stream moves on by hundreds of standard deviations: shifts have to follow.
                    for (int n = 0; n < 100; n++) {
                        sampler.next(row);
                        for (int i = 0; i < 3; i++) {
                            row[i] = Math.round(row[i] * 0x1p20) * 0x1p-20 + 30 * round;
                        }
                        near.append(row);
                        row[0] += far;
                        row[1] += far;
                        row[2] += far;
                        away.append(row);
                    }
                    ofNear.refit();
                    ofAway.refit();
                    GaussianMixture expected = ofNear.snapshot();
                    GaussianMixture found = Streams.moved(ofAway.snapshot(), -far);
                    assertNear(expected.weights(), found.weights());
                    assertNear(expected.means(), found.means());
                    assertNear(expected.covariances(), found.covariances());
                }
            }
        }
    }

    /** What far points may cost, by the rule of this library: 1e-6 of the largest. */
    private static void assertNear(double[] expected, double[] found) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertArrayEquals(expected, found, 1e-6 * largest);
    }

    /** Both orders of steps come to rest at the same place. */
    @ParameterizedTest
    @EnumSource
    void bothSweepsHaveTheSameFixedPoints(Covariance covariance) {
        GaussianMixture truth = Streams.truth(covariance, 2, 3, 7);
        FitOptions options = FitOptions.components(2).withCovariance(covariance).withTolerance(1e-15)
                .withMaxIterations(5000);
        double[] logLikelihoods = new double[2];
        for (Sweep sweep : Sweep.values()) {
            try (Window window = Window.of(3, 800); Refitter refitter = Refitter.of(window, options, sweep)) {
                Streams.append(window, truth.sampler(8), 1000);
                refitter.startFrom(Streams.start(truth, 0.2));
                refitter.refit();
                assertTrue(refitter.iterations() < 5000);
                try (Points points = window.copy()) {
                    logLikelihoods[sweep.ordinal()] = refitter.snapshot().logLikelihood(points);
                    // At rest, what each block had when it was visited is what it has.
                    assertEquals(logLikelihoods[sweep.ordinal()], refitter.logLikelihood(),
                            1e-9 * Math.abs(logLikelihoods[sweep.ordinal()]));
                }
            }
        }
        assertEquals(logLikelihoods[0], logLikelihoods[1], 1e-9 * Math.abs(logLikelihoods[0]));
    }

    /** Hundreds of refits of a few points each lead to where one batch fit leads. */
    @ParameterizedTest
    @EnumSource
    void afterManyRefitsTheModelIsStillABatchFits(Covariance covariance) {
        GaussianMixture truth = Streams.truth(covariance, 2, 2, 9);
        FitOptions options = FitOptions.components(2).withCovariance(covariance).withTolerance(1e-15)
                .withMaxIterations(2000);
        for (Sweep sweep : Sweep.values()) {
            try (Window window = Window.of(2, 500); Refitter refitter = Refitter.of(window, options, sweep)) {
                Sampler sampler = truth.sampler(10);
                Streams.append(window, sampler, 500);
                refitter.startFrom(truth);
                for (int n = 0; n < 300; n++) {
                    Streams.append(window, sampler, 7);
                    refitter.refitUntil(System.nanoTime() + 3_600_000_000_000L, 1);
                }
                refitter.refit();
                FitResult expected = RefitterTest.batch(window, options, refitter.snapshot());
                assertEquals(expected.logLikelihood(), refitter.snapshot().logLikelihood(window.copy()),
                        1e-9 * Math.abs(expected.logLikelihood()));
            }
        }
    }

    @Test
    void tooFewPointsLeaveTheModelAsItIs() {
        GaussianMixture start = Streams.truth(Covariance.FULL, 3, 2, 11);
        try (Window window = Window.of(2, 10); Refitter refitter = Refitter.of(window, options(Covariance.FULL, 5))) {
            refitter.startFrom(start);
            assertEquals(RefitReason.TOO_FEW_POINTS, refitter.refit());
            Streams.append(window, start.sampler(12), 2);
            assertEquals(RefitReason.TOO_FEW_POINTS, refitter.refit());
            RefitterTest.assertSame(start, refitter.snapshot(), 0);
            Streams.append(window, start.sampler(12), 1);
            assertEquals(RefitReason.ITERATIONS, refitter.refit());
        }
    }

    /** Values whose squares are no numbers any more: said, not computed with. */
    @ParameterizedTest
    @EnumSource
    void saysWhenValuesAreOutOfRange(Covariance covariance) {
        GaussianMixture start = Streams.truth(covariance, 3, 1, 13);
        double[][] streams = {{1e151, -1e152, 3e150}, {1e-160, 2e-160, 4e-160}};
        for (double[] values : streams) {
            for (Sweep sweep : Sweep.values()) {
                try (Window window = Window.of(1, 300);
                        Refitter refitter = Refitter.of(window, options(covariance, 5), sweep)) {
                    refitter.startFrom(start);
                    for (int n = 0; n < 300; n++) {
                        window.append(values[n % 3]);
                    }
                    assertEquals(RefitReason.OUT_OF_RANGE, refitter.refit(), "values: " + Arrays.toString(values));
                    if (values[0] > 1) {
                        RefitterTest.assertSame(start, refitter.snapshot(), 0);
                    } // Else some M-steps come first, until the means are so near that it shows.
                    // They leave, and all is well again.
                    Streams.append(window, start.sampler(14), 300);
                    assertEquals(RefitReason.ITERATIONS, refitter.refit());
                    assertTrue(Double.isFinite(refitter.logLikelihood()));
                }
            }
        }
    }

    /** Points all in one place: every component collapses, and the model stays one. */
    @ParameterizedTest
    @EnumSource
    void allPointsInOnePlace(Covariance covariance) {
        for (ElementType type : ElementType.values()) {
            for (Sweep sweep : Sweep.values()) {
                GaussianMixture start = Streams.truth(covariance, 3, 2, 15);
                try (Window window = Window.of(2, 200, type);
                        Refitter refitter = Refitter.of(window, options(covariance, 5), sweep)) {
                    refitter.startFrom(start);
                    for (int n = 0; n < 200; n++) {
                        window.append(1, 2);
                    }
                    assertEnds(refitter);
                    // That features are constant is no fault of a component.
                    assertEquals(0, refitter.flooredComponents());
                    if (sweep == Sweep.BATCH) {
                        FitResult expected = RefitterTest.batch(window, options(covariance, 5), start);
                        RefitterTest.assertSame(expected, refitter, RefitterTest.tolerance(type));
                    }
                }
            }
        }
    }

    @Test
    void refusesOptionsItCannotFollow() {
        FitOptions options = FitOptions.components(2);
        List<FitOptions> wrong = List.of(options.withPrior(Prior.conjugate()), options.withMissingValues(),
                options.withAcceleration(Acceleration.SQUAREM), options.withThreads(2),
                options.withConvergence(Convergence.AITKEN), options.withNoise(Noise.ofBoundingBox()),
                options.withStart(new Start.Given(Streams.truth(Covariance.FULL, 2, 2, 16))).withFixed(new Fixed.Means()),
                options.withCheckpoints(new UnwantedCheckpoints()), options.withStop(() -> false));
        try (Window window = Window.of(2, 10)) {
            for (FitOptions each : wrong) {
                assertTrue(assertThrows(IllegalArgumentException.class, () -> Refitter.of(window, each)).getMessage()
                        .startsWith("online fits cannot do with "));
            }
            GaussianMixture other = Streams.truth(Covariance.FULL, 2, 3, 16);
            assertEquals("the model is another kind of mixture: here covariance=full, components=2, dims=2; the model has"
                    + " covariance=full, components=2, dims=3",
                    assertThrows(IllegalArgumentException.class,
                            () -> Refitter.of(window, options.withStart(new Start.Given(other)))).getMessage());
            Refitter refitter = Refitter.of(window, options);
            assertThrows(IllegalStateException.class, refitter::snapshot);
            refitter.startFrom(Streams.truth(Covariance.FULL, 2, 2, 17));
            assertThrows(IllegalArgumentException.class, () -> refitter.copyMeans(new double[3]));
            refitter.close();
            refitter.close();
            assertThrows(IllegalStateException.class, refitter::refit);
            assertThrows(IllegalStateException.class, () -> refitter.step(1));
        }
    }

    @Test
    void aClosedWindowIsRefused() {
        Window window = Window.of(2, 10);
        Refitter refitter = Refitter.of(window, FitOptions.components(2));
        refitter.startFrom(Streams.truth(Covariance.FULL, 2, 2, 18));
        window.close();
        assertThrows(IllegalStateException.class, refitter::refit);
        refitter.close();
    }
}
