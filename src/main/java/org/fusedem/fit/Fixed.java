package org.fusedem.fit;

/**
 * A part of a mixture that a fit leaves as it is in the {@link Start.Given given} start, to the last bit. The other
 * parts are fitted: each M-step takes those that maximise its objective among the parameters that remain.
 *
 * <pre>
 * weight_k = (1 - F) N_k / sum_j N_j              j over the components whose weight is free, F the others' weight
 * Sigma_k  = S_k + e_k e_k^T,  e_k = c_k - mean_k     c_k and S_k being mean and covariance of the points
 * Sigma    = sum_k N_k / n (S_k + e_k e_k^T)          tied; e_k is 0 where mean_k is free
 * </pre>
 *
 * <p>That is what Lagrange's multiplier gives for the weights, and (9.24) to (9.27) of Bishop, Pattern Recognition and
 * Machine Learning, with the means held: the best mean does not depend on the covariance, so a fixed covariance changes
 * nothing for it. EM over fewer parameters is EM, so the log-likelihood still never falls (Dempster, Laird and Rubin
 * 1977). With a {@link Prior} the same holds of its modes: counts are {@code N_k + alpha - 1}, and a fixed mean brings
 * {@code kappa (mean_k - m)(mean_k - m)^T} to B_k.
 *
 * <p>No variance floor holds for a fixed covariance. A component without points keeps the weight that is fixed, see
 * {@link FitEvent.Kind#POINTS_VANISHED}. Memory and time of a fit are the same as without fixed parts, but for one more
 * pass at its start.
 */
public sealed interface Fixed {
    /** The weights of all components. */
    record Weights() implements Fixed {}

    /** The means of all components. */
    record Means() implements Fixed {}

    /** The covariances of all components; the one that they share, if tied. */
    record Covariances() implements Fixed {}

    /**
     * Weight, mean and covariance of one component. A tied covariance is not its own, and has to be fixed beside it.
     *
     * @param index which component, from 0
     */
    record Component(int index) implements Fixed {
        /** Refuses a negative index. */
        public Component {
            checkIndex(index);
        }
    }

    /**
     * Mean and covariance of one component, whose weight is fitted: a background of known form but unknown share. A
     * broad one takes up outliers, which would spoil the other components; for a uniform one see {@link Noise}. A tied
     * covariance is not the component's own, and has to be fixed beside it.
     *
     * @param index which component, from 0
     */
    record Density(int index) implements Fixed {
        /** Refuses a negative index. */
        public Density {
            checkIndex(index);
        }
    }

    private static void checkIndex(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("a component's index must not be negative: index=" + index);
        }
    }
}
