package org.fusedem.fit;

import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Moments;

/**
 * Points that one process alone does not hold, as {@link DistributedFitter} sees them: whoever has them makes
 * {@link Moments}, and these are all that an M-step needs to know.
 *
 * <p>{@link Expectation} is such a source for points of this process. One for points of several sends the mixture to
 * each of them, has an {@code Expectation} make its share, and merges the shares, each time in the same order if the
 * result is to have the same bits each time. A fit calls from one thread, one call at a time, and is done with the
 * moments of one before it makes the next. What a source throws ends the fit, and so do
 * moments of another kind than the fit's, or of another total weight than its summary's.
 */
public interface MomentsSource {
    /**
     * The E-step: the moments of all points, each shared by the components as their posterior probabilities say, and
     * the log-likelihood.
     *
     * @param model of the fit's components and shape
     */
    Moments posterior(GaussianMixture model);

    /**
     * The moments of all points, each left wholly to the component that is the most likely one under these centres.
     *
     * @param centres of the fit's components, but a shape of their own: {@link DistributedFitter#nearest} makes them
     * @return moments of the fit's shape
     */
    Moments nearest(GaussianMixture centres);

    /** The log-likelihood of all points, {@code sum_n w_n log p(x_n)}, in nats, where no moments are needed. */
    double logLikelihood(GaussianMixture model);
}
