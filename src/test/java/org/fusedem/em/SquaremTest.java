package org.fusedem.em;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SquaremTest {
    /**
     * Two coordinates whose distance from the optimum, at 0, each step multiplies with a rate; so log-likelihoods,
     * minus half the squared distance, rise as near the optimum of any EM. Counts what a pass over data would cost.
     */
    private static class Linear implements ExtrapolatedModel {
        final double[] rates;
        double[] x = {1e-3, -1e-3};
        private double[] beforeStep = x;
        private double[] beforeMove = x;
        int passes;
        int moves;
        int movesBack;

        Linear(double... rates) {
            this.rates = rates;
        }

        @Override
        public double expectation() {
            return logLikelihood();
        }

        @Override
        public double logLikelihood() {
            passes++;
            return -0.5 * (x[0] * x[0] + x[1] * x[1]);
        }

        @Override
        public void maximization() {
            beforeStep = x;
            x = new double[] {rates[0] * x[0], rates[1] * x[1]};
        }

        @Override
        public void undo() {
            x = beforeStep;
        }

        @Override
        public int coordinates() {
            return 2;
        }

        @Override
        public void copyCoordinates(double[] into) {
            System.arraycopy(x, 0, into, 0, 2);
        }

        @Override
        public boolean moveTo(double[] coordinates) {
            moves++;
            beforeMove = x;
            x = coordinates.clone();
            return true;
        }

        @Override
        public void moveBack() {
            movesBack++;
            x = beforeMove;
        }

        @Override
        public double roundingBound(double logLikelihood) {
            return 0;
        }

        @Override
        public double totalWeight() {
            return 1;
        }
    }

    private static Trace run(Linear model, Acceleration acceleration, double tolerance) {
        Trace trace = new Trace();
        new EmLoop(tolerance, 100_000).run(acceleration.of(model), trace);
        return trace;
    }

    @Test
    void comesToTheSamePointInFarFewerPasses() {
        Linear plain = new Linear(0.999, 0.3);
        Linear fast = new Linear(0.999, 0.3);
        run(plain, Acceleration.NONE, 1e-15);
        Trace trace = run(fast, Acceleration.SQUAREM, 1e-15);
        assertTrue(Math.abs(fast.x[0]) <= Math.abs(plain.x[0]), fast.x[0] + " " + plain.x[0]);
        assertTrue(20 * fast.passes < plain.passes, fast.passes + " " + plain.passes);
        assertTrue(fast.moves > fast.movesBack);
        assertEquals(StopReason.CONVERGED, trace.stopReason());
    }

    @Test
    void neverCrossesTheOptimum() {
        for (double rate : new double[] {0.5, 0.9, 0.99, 0.9999}) {
            Linear model = new Linear(rate, 0.1);
            Trace trace = new Trace();
            for (int iterations = 0; iterations < 60; iterations++) {
                Linear again = new Linear(rate, 0.1);
                new EmLoop(0, iterations).run(Acceleration.SQUAREM.of(again), trace);
                assertTrue(again.x[0] >= 0, "rate " + rate + ", iterations " + iterations);
                assertTrue(again.x[0] <= model.x[0]);
                model = again;
            }
        }
    }

    /** Extrapolations lead far away: each must be taken back, exactly, and cost one pass. */
    @Test
    void takesBackWhatLowersTheLogLikelihood() {
        Linear plain = new Linear(0.99, 0.3);
        Linear misled = new Linear(0.99, 0.3) {
            @Override
            public boolean moveTo(double[] coordinates) {
                return super.moveTo(new double[] {1, 1});
            }
        };
        Trace expected = new Trace();
        Trace actual = new Trace();
        new EmLoop(0, 50).run(plain, expected);
        new EmLoop(0, 50).run(Acceleration.SQUAREM.of(misled), actual);
        assertEquals(16, misled.moves);
        assertEquals(16, misled.movesBack);
        assertEquals(plain.passes + 16, misled.passes);
        assertArrayEquals(expected.logLikelihoods(), actual.logLikelihoods());
        assertEquals(plain.x[0], misled.x[0]);
    }

    @Test
    void isPlainEmWhileThatIsFast() {
        Linear model = new Linear(0.999, 0.3);
        model.x = new double[] {10, 10};
        run(model, Acceleration.SQUAREM, 1e-3);
        assertEquals(0, model.moves);
    }

    @Test
    void endsOnlyWhereAWholeCycleGainsTooLittle() {
        double tolerance = 1e-13;
        double[] values = run(new Linear(0.999, 0.3), Acceleration.SQUAREM, tolerance).logLikelihoods();
        int last = values.length - 1;
        assertEquals(0, last % 3);
        assertTrue(values[last] - values[last - 3] < tolerance);
        int firstSmall = 1;
        while (values[firstSmall] - values[firstSmall - 1] >= tolerance) {
            firstSmall++;
        }
        assertTrue(firstSmall < last - 3, "where plain EM would have stopped: " + firstSmall + " of " + last);
    }
}
