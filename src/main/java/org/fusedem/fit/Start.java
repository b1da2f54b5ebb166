package org.fusedem.fit;

import java.util.Objects;
import org.fusedem.model.GaussianMixture;

/** Where a fit begins. */
public sealed interface Start {
    /**
     * Greedy k-means++ seeding (Arthur and Vassilvitskii 2007; four candidates per centre, the best one kept), with every
     * feature divided by its standard deviation, on a random sample of at most {@code max(256, 32 K)} points, the same
     * for all restarts; then every point goes to its nearest centre, and the clusters' weights, means and covariances
     * are the start. No Lloyd steps: they would make the starts more alike, and EM does better from different ones.
     */
    record KMeansPlusPlus() implements Start {}

    /**
     * Means at K different random points, drawn in proportion to their weights (if fewer than K have any, some twice);
     * every covariance the diagonal of the data's; equal weights.
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
