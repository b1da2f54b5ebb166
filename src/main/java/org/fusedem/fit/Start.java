package org.fusedem.fit;

import java.util.Arrays;
import java.util.Objects;
import org.fusedem.model.GaussianMixture;

/** Where a fit begins. */
public sealed interface Start {
    /**
     * Greedy k-means++ seeding (Arthur and Vassilvitskii 2007; four candidates per centre, the best one kept), with
     * every feature divided by its standard deviation, on a random sample of at most {@code max(256, 32 K)} points, the
     * same for all restarts (with a feature's extremes where a few wild values make its variance more than 1e6 times
     * that of its bulk; the bulk's deviation is then what it is divided by); then every point goes to its nearest
     * centre, and the clusters' weights, means and covariances are the start. No Lloyd steps: they would make the
     * starts more alike, and EM does better from different ones.
     *
     * <p>Where values are missing the sample comes from the points without gaps, if there are 32 K of them; else from
     * all, with the feature's mean in place of what is missing. A point with gaps goes to the centre nearest in what is
     * observed.
     */
    record KMeansPlusPlus() implements Start {}

    /**
     * Means at K different random points, drawn in proportion to their weights (if fewer than K have any, some twice),
     * the feature's mean where they miss a value; every covariance the diagonal of the data's; equal weights.
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

    /**
     * Given responsibilities, then an M-step: each component has the weight, mean and covariance of the points, every
     * point counted by its share in it. Leaves nothing to chance, so there are no restarts.
     *
     * @param responsibilities {@code n x K}: a row for each point of K shares, not negative, with sum one; copied. With
     *     {@link Noise}, which is to be set before, {@code n x (K + 1)}: the last share is the noise's
     */
    record Responsibilities(double[][] responsibilities) implements Start {
        /** How far from one the sum of a row may be. */
        private static final double SUM_TOLERANCE = 1e-6;

        /**
         * Copies and checks them.
         *
         * @throws IllegalArgumentException if one is not from 0 to 1, or a row does not sum to one (to 1e-6)
         */
        public Responsibilities {
            responsibilities = copy(responsibilities);
            for (int n = 0; n < responsibilities.length; n++) {
                double sum = 0;
                for (double share : responsibilities[n]) {
                    if (!(share >= 0 && share <= 1)) {
                        throw new IllegalArgumentException("responsibilities must be from 0 to 1: row=" + n
                                + ", responsibility=" + share);
                    }
                    sum += share;
                }
                if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                    throw new IllegalArgumentException("responsibilities of a point must sum to one: row=" + n
                            + ", sum=" + sum);
                }
            }
        }

        /** A copy. */
        @Override
        public double[][] responsibilities() {
            return copy(responsibilities);
        }

        /** Themselves, not to be changed. */
        double[][] shared() {
            return responsibilities;
        }

        private static double[][] copy(double[][] rows) {
            return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        }
    }

    /**
     * Labels: of some points the component is known. A component's centre is the mean of its labelled points, or a
     * random point if it has none; each labelled point goes to its component and every other one to its nearest centre,
     * with every feature divided by its standard deviation; then the clusters' weights, means and covariances are the
     * start. If all components have labelled points, nothing is left to chance, so there are no restarts. Where values
     * are missing, means are those of what is observed (the feature's, if nothing is), and so is what is nearest.
     *
     * <p>If the labels are {@code fixed}, they hold in every E-step as well (semi-supervised fitting): a labelled point
     * belongs to its component alone, and the log-likelihood of the fit is that of points and labels,
     *
     * <pre>
     * sum_(n unlabelled) w_n log sum_k weight_k N(x_n | k) + sum_(n labelled) w_n log(weight_l N(x_n | l)), l = label_n
     * </pre>
     *
     * (Nigam, McCallum, Thrun and Mitchell 2000, Text classification from labeled and unlabeled documents using EM,
     * Machine Learning 39). It is what EM raises and what the result reports; the model's own log-likelihood of the
     * same points is at least as high.
     *
     * @param labels for each point its component from 0, or {@value #UNKNOWN} if it is not known; copied
     * @param fixed whether they hold during the fit, or only for the start
     */
    record Labels(int[] labels, boolean fixed) implements Start {
        /** The label of a point whose component is not known. */
        public static final int UNKNOWN = -1;

        /**
         * Copies and checks them.
         *
         * @throws IllegalArgumentException if a label is below {@value #UNKNOWN}, or there are none but these
         */
        public Labels {
            labels = labels.clone();
            boolean any = false;
            for (int n = 0; n < labels.length; n++) {
                if (labels[n] < UNKNOWN) {
                    throw new IllegalArgumentException("a label must be a component from 0, or " + UNKNOWN
                            + " for unknown: row=" + n + ", label=" + labels[n]);
                }
                any |= labels[n] != UNKNOWN;
            }
            if (!any) {
                throw new IllegalArgumentException("no point has a label: points=" + labels.length);
            }
        }

        /** A copy. */
        @Override
        public int[] labels() {
            return labels.clone();
        }

        /** Themselves, not to be changed. */
        int[] shared() {
            return labels;
        }

        /** Whether each of so many components has labelled points. */
        boolean cover(int components) {
            return Arrays.stream(labels).filter(label -> label != UNKNOWN).distinct().count() == components;
        }
    }
}
