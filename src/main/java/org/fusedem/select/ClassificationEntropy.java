package org.fusedem.select;

import org.fusedem.model.GaussianMixture;
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
                double entropy = 0;
                for (double r : scorer.responsibilities(row)) {
                    if (r > 0) {
                        entropy -= r * Math.log(r);
                    }
                }
                sum += points.weight(row) * entropy;
            }
        }
        return sum;
    }
}
