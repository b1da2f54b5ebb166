package org.fusedem.select;

import org.fusedem.fit.FitEvent;
import org.fusedem.fit.FitResult;
import org.fusedem.moments.Covariance;

/** One number of components with one shape of covariances, and what came of fitting it. */
public sealed interface Cell {
    /** K. */
    int components();

    /** The shape of the covariances. */
    Covariance covariance();

    /** Wall time of everything done for this cell. */
    double seconds();

    /**
     * A cell with a model.
     *
     * @param components K
     * @param covariance the shape of the covariances
     * @param origin where the best of its EM runs began; its likelihood is the result's
     * @param result the fit to all points; if the origin is another cell, it tells of that one run alone
     * @param entropy of the responsibilities, {@code -sum_n w_n sum_k r_nk log r_nk}, in nats; at least 0
     * @param heldOut the log-likelihood of points not seen, or null without cross-validation
     * @param seconds wall time of everything done for this cell
     */
    record Fitted(
            int components,
            Covariance covariance,
            Origin origin,
            FitResult result,
            double entropy,
            HeldOut heldOut,
            double seconds)
            implements Cell {

        /** {@code sum_n w_n log p(x_n)}, in nats. */
        public double logLikelihood() {
            return result.logLikelihood();
        }

        /** The number of free parameters. */
        public int parameterCount() {
            return result.freeParameters();
        }

        /** See {@link Criterion#BIC}. */
        public double bic() {
            return result.bic();
        }

        /** See {@link Criterion#AIC}. */
        public double aic() {
            return result.aic();
        }

        /** See {@link Criterion#ICL}. */
        public double icl() {
            return bic() + 2 * entropy;
        }

        /**
         * Whether a component of the model has collapsed or died, as {@link FitResult#events()} tells: its likelihood
         * is no merit.
         */
        public boolean degenerate() {
            return isDegenerate(result);
        }
    }

    /**
     * A cell without a model.
     *
     * @param components K
     * @param covariance the shape of the covariances
     * @param reason why, in one sentence
     * @param seconds wall time until then
     */
    record Failed(int components, Covariance covariance, String reason, double seconds) implements Cell {}

    /** Where an EM run began. */
    enum Origin {
        /** At a start of its own, as a fit of this cell alone. */
        OWN_START("its own start"),
        /** At the model of the same number of components with another shape. */
        OTHER_SHAPE("the model of another shape"),
        /** At the model of one component less, with one of them cut in two. */
        SPLIT("the model of one component less");

        private final String phrase;

        Origin(String phrase) {
            this.phrase = phrase;
        }

        /** In words, to follow "from". */
        public String phrase() {
            return phrase;
        }
    }

    /** Whether something that happened to a component happened last in the last iteration: then the model shows it. */
    static boolean isDegenerate(FitResult result) {
        return result.events().stream().anyMatch(event -> event.kind() != FitEvent.Kind.FEATURE_CONSTANT
                && event.lastIteration() == result.iterations());
    }
}
