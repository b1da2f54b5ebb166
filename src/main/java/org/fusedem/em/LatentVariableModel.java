package org.fusedem.em;

/**
 * A model with parameters theta, data X and latent variables Z, as the EM loop sees it (Dempster, Laird and Rubin 1977;
 * Bishop, Pattern Recognition and Machine Learning, 9.4).
 *
 * <p>For any distribution q over Z, {@code log p(X|theta) = ELBO(q, theta) + KL(q || p(Z|X, theta))}. The expectation
 * sets q to the posterior, so that KL is zero and the bound touches; the maximisation raises the bound, and with it the
 * log-likelihood.
 */
public interface LatentVariableModel {
    /**
     * The E-step: sets q to the posterior under the current parameters and gathers what the M-step needs.
     *
     * @return the log-likelihood of the current parameters, in nats: the ELBO at this q
     */
    double expectation();

    /** The M-step: replaces the parameters by those that maximise the ELBO at the q of the last {@link #expectation}. */
    void maximization();

    /** Takes back the last {@link #maximization}: the parameters are again those before it. */
    void undo();

    /** The log-likelihood of the current parameters, in nats, when no M-step is to follow. */
    double logLikelihood();

    /**
     * The log of the prior's density at the current parameters, in nats, up to a constant; 0 where there is no prior.
     * With one, the M-step maximises the bound plus this, and their sum, the objective, is what never falls (Dempster,
     * Laird and Rubin 1977).
     */
    default double logPrior() {
        return 0;
    }

    /**
     * How far rounding alone may lower the objective, {@code log-likelihood + log-prior}, from one iteration to the
     * next.
     *
     * @param objective about its value, in nats
     */
    double roundingBound(double objective);

    /**
     * Whether the current parameters end a cycle: only between two such may the log-likelihoods be compared to say how
     * fast EM still is. Under plain EM, always.
     */
    default boolean endsCycle() {
        return true;
    }

    /**
     * How far the last {@link #maximization} has moved the parameters: the largest change of one, each relative to a
     * size of its own that the model states.
     *
     * @throws UnsupportedOperationException if the model does not say
     */
    default double parameterChange() {
        throw new UnsupportedOperationException("this model does not say how far its parameters move");
    }

    /** The number of points, or the sum of their weights: what divides a log-likelihood to make it a mean. */
    double totalWeight();
}
