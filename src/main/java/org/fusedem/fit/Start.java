package org.fusedem.fit;

import java.util.Objects;
import org.fusedem.model.GaussianMixture;

/** Where a fit begins. */
public sealed interface Start {
    /**
     * Greedy k-means++ seeding (Arthur and Vassilvitskii 2007; four candidates per centre, the best one kept) and up to
     * five Lloyd steps, with every feature divided by its standard deviation, on a random sample of at most
     * {@code max(256, 32 K)} points, the same for all restarts; then every point goes to its nearest centre, and the
     * clusters' weights, means and covariances are the start.
     *
     * <p>Where values are missing the sample comes from the points without gaps, if there are 32 K of them; else from
     * all, with the feature's mean in place of what is missing. A point with gaps goes to the centre nearest in what is
     * observed.
     */
    record KMeansPlusPlus() implements Start {}

    /**
     * Means at K different random points, the feature's mean where they miss a value; every covariance the diagonal of
     * the data's; equal weights.
     */
    record RandomPoints() implements Start {}

    /** Responsibilities drawn uniformly from the simplex, point by point, then an M-step. */
    record RandomResponsibilities() implements Start {}

    /**
     * A given mixture. Leaves nothing to chance, so there are no restarts.
     *
     * @param model of the components, dims and covariance that the fit asks for
     */
    record Given(GaussianMixture model) implements Start {
        /** Refuses null. */
        public Given {
            Objects.requireNonNull(model, "model");
        }
    }
}
