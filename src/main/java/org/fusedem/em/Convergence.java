package org.fusedem.em;

import java.util.Locale;

/**
 * When an EM run has converged. An accelerated run is tested at the end of each cycle, and then "iteration" below means
 * that whole cycle.
 */
public enum Convergence {
    /**
     * When an iteration raises the mean log-likelihood per point by less than the tolerance, in nats. Cheap to
     * understand, but EM may be slow without being near: on a long plateau each iteration gains little, and there are
     * thousands of them.
     */
    GAIN("the gain per iteration fell below the tolerance") {
        @Override
        boolean isReached(Gains gains, LatentVariableModel model, double tolerance) {
            return gains.last() < tolerance * model.totalWeight();
        }
    },

    /**
     * When less than the tolerance, in nats per point, is left to gain, as far as Aitken's extrapolation can tell. If
     * gains shrink by the factor {@code a = (l3 - l2) / (l2 - l1)} from each iteration to the next, the log-likelihood
     * goes to {@code l2 + (l3 - l2) / (1 - a)}; the test is that this is less than the tolerance above l2 (Boehning,
     * Dietz, Schaub, Schlattmann and Lindsay 1994; with l2 as McNicholas, Murphy, McDaid and Frost 2010, 2.3). While
     * gains grow, nothing is near. Where rounding leaves no gain at all, the run has converged too.
     */
    AITKEN("the gain left, by Aitken's extrapolation, fell below the tolerance") {
        @Override
        boolean isReached(Gains gains, LatentVariableModel model, double tolerance) {
            return gains.extrapolated() < tolerance * model.totalWeight();
        }
    },

    /**
     * When no parameter changes by the tolerance or more, as {@link LatentVariableModel#parameterChange} measures it.
     */
    PARAMETERS("the change of the parameters per iteration fell below the tolerance") {
        @Override
        boolean isReached(Gains gains, LatentVariableModel model, double tolerance) {
            // The first test comes before the first M-step.
            return gains.last() < Double.POSITIVE_INFINITY && model.parameterChange() < tolerance;
        }

        @Override
        public double nats(double tolerance) {
            return tolerance * tolerance;
        }
    };

    private final String sentence;

    Convergence(String sentence) {
        this.sentence = sentence;
    }

    abstract boolean isReached(Gains gains, LatentVariableModel model, double tolerance);

    /**
     * The objective, in nats per point, that a tolerance of this test is about: two runs that differ by less came to the
     * same optimum. It is the tolerance itself; of parameters its square, as near an optimum a mean that is so many
     * standard deviations off costs each point half of that.
     *
     * @param tolerance finite and not negative
     */
    public double nats(double tolerance) {
        return tolerance;
    }

    /** What has happened when a run has converged, in words. */
    public String sentence() {
        return sentence;
    }

    /** The name users and files write: the constant's in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
