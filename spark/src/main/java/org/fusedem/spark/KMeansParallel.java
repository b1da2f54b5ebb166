package org.fusedem.spark;

import java.util.Arrays;
import java.util.List;
import org.fusedem.fit.DistributedFitter;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Scorer;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;

/**
 * Centres to start from, by k-means|| (Bahmani, Moseley, Vattani, Kumar and Vassilvitskii, Scalable k-means++, 2012): a
 * first candidate is drawn at random, then in each of a few rounds 2 K more, with probability in proportion to their
 * squared distance from the nearest so far; each candidate is weighted by the points nearest to it, and k-means++ among
 * these few makes K centres of them. Every feature is divided by its standard deviation.
 *
 * <p>Candidates are rows of the data, at most 1 + 6 K of them; they are what the driver sees of it.
 */
final class KMeansParallel {
    /** Of more rounds than three the start is hardly better (Bahmani et al., figure 5.3), and each costs a pass. */
    private static final int ROUNDS = 3;

    private static final int DRAWN_PER_COMPONENT = 2;

    private final ClusterPoints points;
    private final DistributedFitter fitter;

    KMeansParallel(ClusterPoints points, DistributedFitter fitter) {
        this.points = points;
        this.fitter = fitter;
    }

    /** K centres, row after row; some of them equal if there are fewer different rows than K. */
    double[] centres(int components, long seed) {
        List<double[]> candidates = draw(null, 1, seed);
        for (int round = 1; round <= ROUNDS; round++) {
            candidates.addAll(draw(fitter.nearest(flat(candidates)), DRAWN_PER_COMPONENT * components, seed + round));
        }
        GaussianMixture nearest = fitter.nearest(flat(candidates));
        Moments clusters = points.nearest(nearest, Covariance.DIAGONAL);
        return new Reclustering(nearest, clusters).centres(components, seed);
    }

    /**
     * Draws rows by squared distance from the candidates there are, or by weight if there are none.
     *
     * @return fewer than asked for if there are fewer different ones, none if all rows are candidates
     */
    private List<double[]> draw(GaussianMixture candidates, int most, long seed) {
        boolean first = candidates == null;
        GaussianMixture mixture = first ? fitter.nearest(new double[points.summary().dims()]) : candidates;
        Race race = points.run(mixture, (part, nearest) -> {
            Race ofPart = new Race(most);
            if (first) {
                enterByWeight(part, ofPart, seed);
            } else {
                enterByDistance(part, nearest, ofPart, seed);
            }
            return new Race.OfParts().write(ofPart);
        }, new Race.OfParts());
        return race.rows();
    }

    private static void enterByWeight(Points part, Race race, long seed) {
        double[] row = new double[part.dims()];
        for (long n = 0; n < part.size(); n++) {
            part.copyRow(n, row);
            race.enter(row, part.weight(n), seed);
        }
    }

    private static void enterByDistance(Points part, GaussianMixture nearest, Race race, long seed) {
        int dims = part.dims();
        double[] row = new double[dims];
        double[] centres = nearest.means();
        double[] variances = nearest.covariances();
        try (Scorer scorer = nearest.scorer(part)) {
            for (long n = 0; n < part.size(); n++) {
                part.copyRow(n, row);
                int from = scorer.predict(n) * dims;
                double squaredDistance = 0;
                for (int i = 0; i < dims; i++) {
                    double distance = row[i] - centres[from + i];
                    squaredDistance += distance * distance / variances[i];
                }
                // Where its nearest candidate is the row itself, the distance is exactly 0, and so the mass.
                race.enter(row, part.weight(n) * squaredDistance, seed);
            }
        }
    }

    private static double[] flat(List<double[]> rows) {
        return rows.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
