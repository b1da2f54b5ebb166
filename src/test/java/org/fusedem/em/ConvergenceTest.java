package org.fusedem.em;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConvergenceTest {
    /** A model that only has log-likelihoods, one per iteration, and a change of its parameters. */
    private record Scripted(double[] logLikelihoods, double[] changes, int[] step) implements LatentVariableModel {
        Scripted(double[] logLikelihoods, double... changes) {
            this(logLikelihoods, changes, new int[1]);
        }

        @Override
        public double expectation() {
            return logLikelihood();
        }

        @Override
        public void maximization() {
            step[0]++;
        }

        @Override
        public void undo() {
            step[0]--;
        }

        @Override
        public double logLikelihood() {
            return logLikelihoods[step[0]];
        }

        @Override
        public double parameterChange() {
            return changes.length == 0 ? LatentVariableModel.super.parameterChange() : changes[step[0]];
        }

        @Override
        public double roundingBound(double logLikelihood) {
            return 1e-12;
        }

        @Override
        public double totalWeight() {
            return 1;
        }

        int iterations(Convergence convergence, double tolerance) {
            Trace trace = new Trace();
            new EmLoop(convergence, tolerance, logLikelihoods.length - 1).run(this, trace);
            assertEquals(StopReason.CONVERGED, trace.stopReason());
            return trace.iterations();
        }
    }

    /** {@code -c a^t}: what is left after iteration t is known. */
    private static double[] geometric(double c, double a) {
        double[] values = new double[4000];
        for (int t = 0; t < values.length; t++) {
            values[t] = -c * Math.pow(a, t);
        }
        return values;
    }

    @Test
    void aitkenKnowsWhatIsLeftWhereTheGainDoesNot() {
        double[] values = geometric(1, 0.99);
        double tolerance = 1e-4;
        int byGain = new Scripted(values).iterations(Convergence.GAIN, tolerance);
        int byAitken = new Scripted(values).iterations(Convergence.AITKEN, tolerance);
        // A gain of 1e-4 leaves 0.99 / 0.01 times as much.
        assertTrue(-values[byGain] > 90 * tolerance, "" + values[byGain]);
        // The first iteration t with values[t - 1] above -1e-4: that is what the criterion says.
        assertEquals(1 + (int) Math.ceil(Math.log(tolerance) / Math.log(0.99)), byAitken);
    }

    @Test
    void aitkenDoesNotStopWhileGainsGrow() {
        double[] values = {-10, -9.99, -9.97, -9.9, -5, -1, -0.9, -0.89, -0.889};
        assertEquals(7, new Scripted(values).iterations(Convergence.AITKEN, 0.1));
        assertEquals(1, new Scripted(values).iterations(Convergence.GAIN, 0.1));
    }

    @Test
    void aitkenStopsWhereNothingIsGained() {
        double[] values = {-3, -2, -2 - 1e-13, -2};
        assertEquals(2, new Scripted(values).iterations(Convergence.AITKEN, 1e-15));
    }

    @Test
    void parametersStopWhereTheyMoveLittle() {
        double[] values = {-10, -9, -8, -7, -6};
        assertEquals(3, new Scripted(values, 0, 1, 0.1, 0.01, 0.001).iterations(Convergence.PARAMETERS, 0.05));
    }

    @Test
    void aModelThatDoesNotTellItsChangeSaysSo() {
        assertThrows(UnsupportedOperationException.class,
                () -> new Scripted(new double[] {-2, -1}).iterations(Convergence.PARAMETERS, 0.05));
    }
}
