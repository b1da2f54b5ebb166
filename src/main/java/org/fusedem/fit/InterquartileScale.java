package org.fusedem.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.fusedem.points.Points;

/**
 * How broad the bulk of a feature is, whatever a few of its values are: the interquartile range, divided by that of the
 * standard normal distribution, so that for normal data it is the standard deviation.
 *
 * <p>A quartile is the smallest value with a quarter, or three quarters, of all weight at or below it: so a weight of 2
 * counts like two points, and up to a quarter of the weight may lie anywhere beyond without moving it at all. Of many
 * points a sample of 4096 is taken, by systematic sampling; the same for any seed, and number of threads. (Sampling moves
 * a quartile of normal data by about 2 % of a standard deviation, for a scale of which the order of magnitude matters.)
 */
final class InterquartileScale {
    /** The upper quartile of the standard normal distribution less the lower one. */
    private static final double NORMAL_RANGE = 1.3489795003921634;

    private static final int SAMPLE = 4096;

    private InterquartileScale() {}

    /**
     * The scale of every feature; 0 where half of a feature's weight, or more, may stand on one value. Costs
     * {@code O(n + D m log m)} for m points, at most 4096, of n.
     */
    static double[] of(Points points, double totalWeight) {
        if (points.size() <= SAMPLE) {
            return ofAll(points);
        }
        try (Points sample = Sample.draw(points, SAMPLE, totalWeight, new SplittableRandom(0))) {
            return ofAll(sample);
        }
    }

    private static double[] ofAll(Points points) {
        double[] scales = new double[points.dims()];
        double[][] weighted = new double[(int) points.size()][2];
        for (int i = 0; i < scales.length; i++) {
            double total = 0;
            for (int n = 0; n < weighted.length; n++) {
                weighted[n][0] = points.get(n, i);
                weighted[n][1] = points.weight(n);
                total += weighted[n][1];
            }
            Arrays.sort(weighted, Comparator.comparingDouble(pair -> pair[0]));
            scales[i] = (quantile(weighted, 0.75 * total) - quantile(weighted, 0.25 * total)) / NORMAL_RANGE;
        }
        return scales;
    }

    /** The smallest value with this much weight at or below it. */
    private static double quantile(double[][] ascending, double weight) {
        double passed = 0;
        for (double[] pair : ascending) {
            passed += pair[1];
            if (passed >= weight && pair[1] > 0) {
                return pair[0];
            }
        }
        return ascending[ascending.length - 1][0];
    }
}
