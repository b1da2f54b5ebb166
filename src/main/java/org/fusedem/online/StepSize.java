package org.fusedem.online;

/** How much of what it knows a stepwise EM replaces by a new batch: the step, between 0 and 1. */
public sealed interface StepSize {
    /**
     * The step of a batch.
     *
     * @param batch its number, from 0
     */
    double of(long batch);

    /**
     * {@code (batch + 2)^-exponent}: converges on points of one distribution, to a stationary point of the
     * log-likelihood, as steps sum to infinity and their squares do not (Cappe and Moulines 2009, On-line
     * expectation-maximization algorithm for latent data models; the form is that of Liang and Klein 2009, Online EM for
     * unsupervised models, section 3).
     *
     * @param exponent above 0.5, at most 1; the nearer to 1, the longer a poor start is remembered
     */
    record Decreasing(double exponent) implements StepSize {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the exponent is out of it
         */
        public Decreasing {
            if (!(exponent > 0.5 && exponent <= 1)) {
                throw new IllegalArgumentException(
                        "exponent must be above 0.5 and at most 1: exponent=" + exponent);
            }
        }

        @Override
        public double of(long batch) {
            return Math.pow(batch + 2.0, -exponent);
        }
    }

    /**
     * Always the same: follows points whose distribution changes. A batch counts {@code (1 - step)^t} times as much when
     * t others have come since, so the memory is some {@code 1 / step} batches long.
     *
     * @param step above 0, at most 1; 1 remembers nothing but the latest batch
     */
    record Constant(double step) implements StepSize {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the step is out of it
         */
        public Constant {
            if (!(step > 0 && step <= 1)) {
                throw new IllegalArgumentException("step must be above 0 and at most 1: step=" + step);
            }
        }

        @Override
        public double of(long batch) {
            return step;
        }
    }
}
