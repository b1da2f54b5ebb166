package org.fusedem.model;

import java.util.Arrays;
import org.fusedem.points.Points;

/**
 * How much the entropy of clusters falls if two of them are joined:
 *
 * <pre>
 * gain_gh = sum_n w_n ((t_ng + t_nh) log(t_ng + t_nh) - t_ng log t_ng - t_nh log t_nh)
 *         = sum_n w_n (t_ng log(1 + t_nh / t_ng) + t_nh log(1 + t_ng / t_nh))
 * </pre>
 *
 * (Baudry and others 2010, section 2), no term of which is negative. A merge changes the gains of one cluster only; so
 * after the first pass over the points each costs K gains per point.
 */
final class MergeGains {
    private final Points points;
    private final PointScorer scorer;
    private final double[] point;
    private final double[] responsibilities;
    /** Of clusters, each in the place of its first component. */
    private final double[] shares;
    /** The first component of each component's cluster. */
    private final int[] first;
    /** Element (g, h) with {@code g < h} for the clusters whose first components these are. */
    private final double[][] gains;
    private double entropy;

    MergeGains(GaussianMixture model, Points points) {
        this.points = points;
        scorer = model.pointScorer();
        point = new double[model.dims()];
        responsibilities = new double[model.components()];
        shares = new double[model.components()];
        first = new int[model.components()];
        Arrays.setAll(first, k -> k);
        gains = new double[model.components()][model.components()];
        pass(-1);
    }

    /** The entropy of the clusters as they are. */
    double entropy() {
        return entropy;
    }

    /** The two clusters of the largest gain, in order. */
    int[] largest() {
        int[] pair = {-1, -1};
        for (int g = 0; g < first.length; g++) {
            for (int h = g + 1; h < first.length; h++) {
                boolean both = first[g] == g && first[h] == h;
                if (both && (pair[0] < 0 || gains[g][h] > gains[pair[0]][pair[1]])) {
                    pair = new int[] {g, h};
                }
            }
        }
        return pair;
    }

    /** Joins cluster {@code joined} to cluster {@code kept}, which is smaller. */
    void merge(int kept, int joined) {
        for (int k = 0; k < first.length; k++) {
            first[k] = first[k] == joined ? kept : first[k];
        }
        for (int k = 0; k < first.length; k++) {
            gains[Math.min(k, kept)][Math.max(k, kept)] = 0;
        }
        pass(kept);
    }

    /** The entropy anew, and the gains of one cluster, or of all if it is -1. */
    private void pass(int cluster) {
        entropy = 0;
        boolean single = Arrays.stream(first).allMatch(k -> k == 0);
        for (long n = 0; n < points.size() && !single; n++) {
            double weight = points.weight(n);
            if (weight > 0) {
                points.copyRow(n, point);
                scorer.responsibilities(point, responsibilities);
                Arrays.fill(shares, 0);
                for (int k = 0; k < first.length; k++) {
                    shares[first[k]] += responsibilities[k];
                }
                add(weight, cluster);
            }
        }
    }

    private void add(double weight, int cluster) {
        for (int g = 0; g < shares.length; g++) {
            // A share of one, to rounding, has no entropy; one that has underflowed has none either.
            if (shares[g] > 0 && shares[g] < 1) {
                entropy -= weight * shares[g] * Math.log(shares[g]);
            }
            for (int h = g + 1; h < shares.length; h++) {
                if ((cluster < 0 || g == cluster || h == cluster) && shares[g] > 0 && shares[h] > 0) {
                    gains[g][h] += weight * gain(shares[g], shares[h]);
                }
            }
        }
    }

    private static double gain(double a, double b) {
        double large = Math.max(a, b);
        double small = Math.min(a, b);
        // The quotient the other way round could overflow.
        return large * Math.log1p(small / large) + small * (Math.log(large + small) - Math.log(small));
    }
}
