package org.fusedem.service.example;

import java.util.SplittableRandom;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * A stream of points from a mixture whose means wander, with an outlier now and then. Cheap: a point is looked up in a
 * table of deviations from the mean of its component, drawn once. No garbage.
 */
final class DriftingMixture {
    static final int DIMS = 4;
    static final int COMPONENTS = 3;
    /** One point in so many is an outlier. */
    static final int OUTLIER_EVERY = 10_007;

    /** Enough that a window never sees the same point twice; a power of two. */
    private static final int ROWS = 1 << 16;
    /** How far means wander from where they begin: further than a component is wide. */
    private static final double DRIFT = 4;
    /** Points in one turn of the drift: four seconds of a million per second. */
    private static final double TURN = 4e6;
    /** Means move every so many points. */
    private static final int DRIFT_EVERY = 1 << 10;
    private static final double OUTLIER_DISTANCE = 60;

    private final double[] firstMeans;
    private final double[] means = new double[COMPONENTS * DIMS];
    private final double[] deviations = new double[ROWS * DIMS];
    private final int[] components = new int[ROWS];
    private long sent;

    DriftingMixture(long seed) {
        GaussianMixture mixture = atTheStart();
        firstMeans = mixture.means();
        SplittableRandom random = new SplittableRandom(seed);
        for (int row = 0; row < ROWS; row++) {
            double u = random.nextDouble();
            int k = 0;
            while (k < COMPONENTS - 1 && u >= mixture.weight(k)) {
                u -= mixture.weight(k++);
            }
            components[row] = k;
            for (int i = 0; i < DIMS; i++) {
                deviations[row * DIMS + i] = Math.sqrt(mixture.covariance(k, i, i)) * random.nextGaussian();
            }
            // Correlated, as the covariance of the mixture says: x1 carries a part of x0.
            double share = mixture.covariance(k, 1, 0) / mixture.covariance(k, 0, 0);
            double rest = Math.sqrt(1 - share * mixture.covariance(k, 1, 0) / mixture.covariance(k, 1, 1));
            deviations[row * DIMS + 1] = share * deviations[row * DIMS] + rest * deviations[row * DIMS + 1];
        }
    }

    /** The mixture before it drifts. */
    static GaussianMixture atTheStart() {
        double[] means = {0, 0, 0, 0, 12, 0, 6, -6, -6, 12, 0, 6};
        double[] covariances = {
            1, 0.5, 2, 0, 0, 1, 0, 0, 0, 1,
            2, -0.5, 1, 0, 0, 1, 0, 0, 0, 3,
            1, 0.3, 1, 0, 0, 2, 0, 0, 0, 1,
        };
        return GaussianMixture.of(Covariance.FULL, DIMS, new double[] {0.5, 0.3, 0.2}, means, covariances);
    }

    /** Writes the next point. */
    void next(double[] into) {
        if (sent % DRIFT_EVERY == 0) {
            drift();
        }
        int row = (int) sent & ROWS - 1;
        int mean = components[row] * DIMS;
        double outlier = sent % OUTLIER_EVERY == OUTLIER_EVERY - 1 ? OUTLIER_DISTANCE : 0;
        for (int i = 0; i < DIMS; i++) {
            into[i] = means[mean + i] + deviations[row * DIMS + i] + outlier;
        }
        sent++;
    }

    private void drift() {
        double angle = 2 * Math.PI * sent / TURN;
        for (int k = 0; k < COMPONENTS; k++) {
            for (int i = 0; i < DIMS; i++) {
                double way = DRIFT * (Math.sin(angle + k + i) - Math.sin(k + i));
                means[k * DIMS + i] = firstMeans[k * DIMS + i] + way;
            }
        }
    }
}
