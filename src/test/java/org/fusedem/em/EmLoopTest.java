package org.fusedem.em;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmLoopTest {
    /**
     * Not a Gaussian mixture: Rao's genetic linkage data, the first example of Dempster, Laird and Rubin (1977). Counts
     * (125, 18, 20, 34) with cell probabilities (1/2 + t/4, (1-t)/4, (1-t)/4, t/4).
     */
    private static final class Linkage implements LatentVariableModel {
        private double t = 0.5;
        private double before;
        private double hidden;

        @Override
        public double expectation() {
            hidden = 125 * (t / 4) / (0.5 + t / 4);
            return logLikelihood();
        }

        @Override
        public void maximization() {
            before = t;
            t = (hidden + 34) / (hidden + 18 + 20 + 34);
        }

        @Override
        public double logLikelihood() {
            return 125 * Math.log(0.5 + t / 4) + 38 * Math.log((1 - t) / 4) + 34 * Math.log(t / 4);
        }

        @Override
        public void undo() {
            t = before;
        }

        @Override
        public double roundingBound(double logLikelihood) {
            return 64 * 0x1p-53 * Math.abs(logLikelihood);
        }

        @Override
        public double totalWeight() {
            return 197;
        }
    }

    @Test
    void fitsTheLinkageDataAsDempsterLairdAndRubinDid() {
        Linkage linkage = new Linkage();
        Trace trace = new Trace();
        new EmLoop(1e-14, 100).run(linkage, trace);
        // The positive root of 197 t^2 - 15 t - 68 = 0.
        assertEquals((15 + Math.sqrt(15 * 15 + 4 * 197 * 68)) / (2 * 197), linkage.t, 1e-7);
        assertEquals(StopReason.CONVERGED, trace.stopReason());
    }

    @Test
    void logLikelihoodNeverFalls() {
        Trace trace = new Trace();
        new EmLoop(0, 50).run(new Linkage(), trace);
        double[] values = trace.logLikelihoods();
        for (int i = 1; i < values.length; i++) {
            assertTrue(values[i] >= values[i - 1] - new Linkage().roundingBound(values[i]));
        }
    }

    @Test
    void zeroToleranceRunsExactlyAllIterations() {
        for (int iterations : new int[] {0, 1, 2, 64, 65, 777}) {
            Trace trace = new Trace();
            new EmLoop(0, iterations).run(new Linkage(), trace);
            assertEquals(iterations, trace.iterations());
            assertEquals(iterations + 1, trace.logLikelihoods().length);
            assertEquals(iterations, trace.iterationNanos().length);
            assertEquals(StopReason.MAX_ITERATIONS, trace.stopReason());
        }
    }

    @Test
    void stopsAtTheIterationThatGainsTooLittle() {
        double tolerance = 1e-6;
        Trace trace = new Trace();
        new EmLoop(tolerance, 100).run(new Linkage(), trace);
        double[] values = trace.logLikelihoods();
        assertTrue(values[values.length - 1] - values[values.length - 2] < tolerance * 197);
        assertTrue(values[values.length - 2] - values[values.length - 3] >= tolerance * 197);
        assertEquals(trace.lastLogLikelihood(), values[values.length - 1]);
    }

    /** A model whose third M-step goes wrong. */
    private static final class Falling implements LatentVariableModel {
        private final double[] logLikelihoods;
        private int step;
        private int wrong;

        Falling(double... logLikelihoods) {
            this.logLikelihoods = logLikelihoods;
        }

        @Override
        public double expectation() {
            return logLikelihood();
        }

        @Override
        public void maximization() {
            step++;
        }

        @Override
        public void undo() {
            step--;
            wrong++;
        }

        @Override
        public double logLikelihood() {
            return logLikelihoods[step];
        }

        @Override
        public double roundingBound(double logLikelihood) {
            return 1e-12 * Math.abs(logLikelihood);
        }

        @Override
        public double totalWeight() {
            return 1;
        }
    }

    @Test
    void aStepThatLowersTheLogLikelihoodIsTakenBack() {
        Falling model = new Falling(-9, -5, -4, -6, -3);
        Trace trace = new Trace();
        new EmLoop(1e-6, 10).run(model, trace);
        assertArrayEquals(new double[] {-9, -5, -4, -4}, trace.logLikelihoods());
        assertEquals(StopReason.STALLED, trace.stopReason());
        assertEquals(-4, model.logLikelihood());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void aStepThatLeavesNoNumberIsTakenBack(double third) {
        for (double tolerance : new double[] {0, 1e-6}) {
            Falling model = new Falling(-9, -5, -4, third);
            Trace trace = new Trace();
            new EmLoop(tolerance, 4).run(model, trace);
            assertEquals(-4, trace.lastLogLikelihood());
            assertTrue(Arrays.stream(trace.logLikelihoods()).allMatch(Double::isFinite));
            assertEquals(tolerance == 0 ? StopReason.MAX_ITERATIONS : StopReason.STALLED, trace.stopReason());
            assertEquals(-4, model.logLikelihood());
        }
    }

    @Test
    void withoutToleranceAllIterationsAreDoneEvenIfStepsAreTakenBack() {
        Falling model = new Falling(-9, -5, -4, -6, -3);
        Trace trace = new Trace();
        new EmLoop(0, 6).run(model, trace);
        assertArrayEquals(new double[] {-9, -5, -4, -4, -4, -4, -4}, trace.logLikelihoods());
        assertEquals(6, trace.iterations());
        assertEquals(4, model.wrong);
        assertEquals(-4, model.logLikelihood());
    }

    @Test
    void traceCanBeUsedAgain() {
        Trace trace = new Trace();
        new EmLoop(0, 30).run(new Linkage(), trace);
        double[] first = trace.logLikelihoods();
        new EmLoop(0, 30).run(new Linkage(), trace);
        assertArrayEquals(first, trace.logLikelihoods());
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new EmLoop(-1e-9, 5));
        assertThrows(IllegalArgumentException.class, () -> new EmLoop(Double.NaN, 5));
        assertThrows(IllegalArgumentException.class, () -> new EmLoop(1e-9, -1));
    }
}
