package org.fusedem.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.fit.TestData;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepwiseEmTest {
    private static void learn(StepwiseEm em, Sampler sampler, int points) {
        double[] row = new double[em.snapshot().dims()];
        for (int n = 0; n < points; n++) {
            sampler.next(row);
            em.append(row);
        }
    }

    /** One pass over stationary points comes to the batch optimum, as points it has not seen judge. */
    @ParameterizedTest
    @EnumSource
    void onePassIsNearlyAsGoodAsABatchFit(Covariance covariance) {
        for (long seed = 0; seed < 3; seed++) {
            GaussianMixture truth = Streams.truth(covariance, 3, 3, seed);
            GaussianMixture start = Streams.start(truth, 0.8);
            FitOptions options = FitOptions.components(3).withCovariance(covariance).withStart(new Start.Given(start));
            try (Points seen = truth.sample(10_000, seed); Points unseen = truth.sample(10_000, seed + 100);
                    StepwiseEm em = StepwiseEm.of(start, 100, new StepSize.Decreasing(0.7))) {
                double batch = Fitter.fit(seen, options).model().logLikelihood(unseen);
                double[] row = new double[3];
                for (long n = 0; n < seen.size(); n++) {
                    seen.copyRow(n, row);
                    em.append(row);
                }
                assertEquals(100, em.batches());
                double online = em.snapshot().logLikelihood(unseen);
                assertEquals(batch, online, 0.005 * Math.abs(batch), "seed=" + seed);
                assertTrue(start.logLikelihood(unseen) < batch - 0.01 * Math.abs(batch), "the start was too good");
            }
        }
    }

    /** With a constant step the model follows points that move away; with a decreasing one it lags behind. */
    @Test
    void aConstantStepFollowsADrift() {
        // Far apart: where components overlap EM itself is slower than the step.
        GaussianMixture truth = TestData.mixture(Covariance.FULL, 3, 2, 10, 5);
        double[] behind = new double[2];
        StepSize[] steps = {new StepSize.Constant(0.2), new StepSize.Decreasing(1)};
        for (int s = 0; s < steps.length; s++) {
            GaussianMixture now = truth;
            try (StepwiseEm em = StepwiseEm.of(truth, 200, steps[s])) {
                for (int t = 1; t <= 100; t++) {
                    now = Streams.moved(truth, 0.1 * t);
                    learn(em, now.sampler(t), 200);
                }
                for (int i = 0; i < 6; i++) {
                    behind[s] += (now.means()[i] - em.snapshot().means()[i]) / 6;
                }
                // 0.1 a batch, with a memory of (1 - 0.2) / 0.2 batches on average.
                assertEquals(s == 0 ? 0.4 : 5, behind[s], s == 0 ? 0.4 : 3, "step: " + steps[s]);
                double fresh = meanLogLikelihood(now, now);
                double found = meanLogLikelihood(em.snapshot(), now);
                assertEquals(s == 0, found > fresh - 0.3, "fresh=" + fresh + ", found=" + found);
            }
        }
        assertTrue(behind[0] < behind[1] / 4);
    }

    private static double meanLogLikelihood(GaussianMixture model, GaussianMixture source) {
        try (Points points = source.sample(5000, 77)) {
            return model.logLikelihood(points) / 5000;
        }
    }

    /** With step 1 a batch is all there is: one EM iteration on it. */
    @ParameterizedTest
    @EnumSource
    void aStepOfOneIsAnIterationOfEm(Covariance covariance) {
        GaussianMixture truth = Streams.truth(covariance, 3, 4, 6);
        GaussianMixture start = Streams.start(truth, 0.3);
        FitOptions options = FitOptions.components(3).withCovariance(covariance).withTolerance(0).withMaxIterations(1);
        for (ElementType type : ElementType.values()) {
            try (Points drawn = truth.sample(700, 7);
                    StepwiseEm em = StepwiseEm.of(start, type, 700, new StepSize.Constant(1), options)) {
                double[][] rows = new double[700][4];
                for (int n = 0; n < rows.length; n++) {
                    drawn.copyRow(n, rows[n]);
                    em.append(rows[n]);
                }
                try (Points points = Points.ofRows(rows, type)) {
                    var expected = Fitter.fit(points, options.withStart(new Start.Given(start)));
                    RefitterTest.assertSame(expected.model(), em.snapshot(), RefitterTest.tolerance(type));
                    assertEquals(expected.trace()[0] / 700, em.batchMeanLogLikelihood(), RefitterTest.tolerance(type));
                }
            }
        }
    }

    /** The moments a start expects are its own: a batch that counts next to nothing changes next to nothing. */
    @ParameterizedTest
    @EnumSource
    void theStartIsWhereItStarts(Covariance covariance) {
        GaussianMixture start = Streams.truth(covariance, 4, 3, 8);
        try (StepwiseEm em = StepwiseEm.of(start, 50, new StepSize.Constant(1e-14))) {
            learn(em, start.sampler(9), 50);
            assertEquals(1, em.batches());
            RefitterTest.assertSame(start, em.snapshot(), 1e-11);
        }
    }

    /** Far from zero, and moving on through many shifts, the running sums lose no more than the points themselves. */
    @ParameterizedTest
    @EnumSource
    void farFromZeroNothingCancels(Covariance covariance) {
        double far = 0x1p27; // 1.3e8, so that the points' own rounding is the same for both: none.
        GaussianMixture truth = Streams.truth(covariance, 3, 2, 10);
        GaussianMixture distant = Streams.moved(truth, far);
        Sampler sampler = truth.sampler(11);
        double[] row = new double[2];
        try (StepwiseEm near = StepwiseEm.of(truth, 64, new StepSize.Constant(0.3));
                StepwiseEm away = StepwiseEm.of(distant, 64, new StepSize.Constant(0.3))) {
            for (int n = 0; n < 64 * 300; n++) {
                sampler.next(row);
                for (int i = 0; i < 2; i++) {
                    row[i] = Math.round(row[i] * 0x1p20) * 0x1p-20 + n * 0x1p-6;
                }
                near.append(row);
                row[0] += far;
                row[1] += far;
                away.append(row);
            }
            assertNear(near.snapshot().weights(), away.snapshot().weights());
            assertNear(near.snapshot().covariances(), away.snapshot().covariances());
            assertNear(near.snapshot().means(), Streams.moved(away.snapshot(), -far).means());
        }
    }

    /** What far points may cost, by the rule of this library: 1e-6 of the largest. */
    private static void assertNear(double[] expected, double[] found) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertArrayEquals(expected, found, 1e-6 * largest);
    }

    @Test
    void partOfABatchCanBeLearntFrom() {
        GaussianMixture start = Streams.truth(Covariance.DIAGONAL, 2, 2, 12);
        try (StepwiseEm em = StepwiseEm.of(start, 100, new StepSize.Constant(0.5));
                StepwiseEm same = StepwiseEm.of(start, 60, new StepSize.Constant(0.5))) {
            em.flush();
            assertEquals(0, em.batches());
            // 60, and 60 again, now across the end of the buffer.
            for (int round = 0; round < 2; round++) {
                learn(em, start.sampler(13 + round), 60);
                em.flush();
                learn(same, start.sampler(13 + round), 60);
                assertEquals(round + 1, em.batches());
                RefitterTest.assertSame(same.snapshot(), em.snapshot(), 1e-12);
            }
        }
    }

    @Test
    void aComponentThatCollapsesIsHeldAtTheFloorAndCounted() {
        GaussianMixture start = Streams.truth(Covariance.FULL, 2, 2, 14);
        try (StepwiseEm em = StepwiseEm.of(start, 100, new StepSize.Constant(0.5))) {
            for (int n = 0; n < 20_000; n++) {
                // One component's points are all the same, the other's are on a circle of radius 1 at (5, 5).
                boolean same = n % 2 == 0;
                em.append(same ? 0 : 5 + Math.cos(n), same ? 0 : 5 + Math.sin(n));
            }
            GaussianMixture model = em.snapshot();
            assertEquals(1, em.flooredComponents());
            assertEquals(0, em.vanishedComponents());
            int collapsed = model.mean(0, 0) < model.mean(1, 0) ? 0 : 1;
            assertEquals(0.5, model.weight(collapsed), 1e-6);
            // The running variance of both features is that of 0 and 5, half each, and half of the circle's.
            assertEquals(1e-6 * (2.5 * 2.5 + 0.25), model.covariance(collapsed, 0, 0), 1e-8);
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        GaussianMixture start = Streams.truth(Covariance.FULL, 2, 2, 15);
        assertEquals("exponent must be above 0.5 and at most 1: exponent=0.5",
                assertThrows(IllegalArgumentException.class, () -> new StepSize.Decreasing(0.5)).getMessage());
        assertEquals("step must be above 0 and at most 1: step=0.0",
                assertThrows(IllegalArgumentException.class, () -> new StepSize.Constant(0)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> StepwiseEm.of(start, 0, new StepSize.Constant(1)));
        assertThrows(IllegalArgumentException.class, () -> StepwiseEm.of(start, ElementType.FLOAT64, 10,
                new StepSize.Constant(1), FitOptions.components(3)));
        StepwiseEm em = StepwiseEm.of(start, 10, new StepSize.Constant(1));
        assertFalse(em.offer(new double[] {1, Double.NaN}));
        assertTrue(em.offer(new double[] {1, 2}));
        em.close();
        em.close();
        assertThrows(IllegalStateException.class, () -> em.append(1, 2));
        assertThrows(IllegalStateException.class, em::flush);
    }

    /** Sums that overflow would never leave the running ones. */
    @Test
    void aBatchOutOfRangeIsNotLearntFrom() {
        GaussianMixture start = Streams.truth(Covariance.FULL, 2, 1, 16);
        try (StepwiseEm em = StepwiseEm.of(start, 4, new StepSize.Constant(0.5))) {
            learn(em, start.sampler(17), 4);
            GaussianMixture before = em.snapshot();
            for (int n = 0; n < 4; n++) {
                em.append(n % 2 == 0 ? 1e152 : -1e152);
            }
            assertEquals(1, em.refusedBatches());
            assertEquals(2, em.batches());
            RefitterTest.assertSame(before, em.snapshot(), 0);
            learn(em, start.sampler(18), 4);
            assertEquals(1, em.refusedBatches());
        }
    }
}
