package org.fusedem.select;

import org.fusedem.model.GaussianMixture;
import org.fusedem.model.NoisyMixture;
import org.fusedem.model.Scorer;
import org.fusedem.points.Points;

/** How unsure a mixture is which component its points come from. */
final class ClassificationEntropy {
    private ClassificationEntropy() {}

    /**
     * {@code -sum_n w_n sum_k r_nk log r_nk}, in nats, with {@code 0 log 0 = 0} (Celeux and Soromenho 1996). One pass,
     * point by point; memory for a tile.
     */
    static double of(GaussianMixture model, Points points) {
        double sum = 0;
        try (Scorer scorer = model.scorer(points)) {
            for (long row = 0; row < points.size(); row++) {
                sum += points.weight(row) * of(scorer.responsibilities(row));
            }
        }
        return sum;
    }

    /** The same where each point may be noise as well. */
    static double of(NoisyMixture model, Points points) {
        double[] point = new double[points.dims()];
        double sum = 0;
        for (long row = 0; row < points.size(); row++) {
            points.copyRow(row, point);
            sum += points.weight(row) * of(model.responsibilities(point));
        }
        return sum;
    }

    private static double of(double[] responsibilities) {
        double entropy = 0;
        for (double r : responsibilities) {
            if (r > 0) {
                entropy -= r * Math.log(r);
            }
        }
        return entropy;
    }
}
