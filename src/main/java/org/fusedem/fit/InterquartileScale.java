package org.fusedem.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.fusedem.maximization.Bulk;
import org.fusedem.points.Points;

/**
 * How broad the {@link Bulk} of a feature is, whatever a few of its values are: the interquartile range, divided by
 * that of the standard normal distribution, so that for normal data it is the standard deviation.
 *
 * <p>A quartile is the smallest value with a quarter, or three quarters, of all weight at or below it: so a weight of 2
 * counts like two points, and up to a quarter of the weight may lie anywhere beyond without moving it at all. Of many
 * points a sample of 4096 is taken, by systematic sampling; the same for any seed, and number of threads. (Sampling
 * moves a quartile of normal data by about 2 % of a standard deviation, for a scale of which the order of magnitude
 * matters.)
 */
final class InterquartileScale {
    private InterquartileScale() {}

    /**
     * The scale of every feature; 0 where half of a feature's weight, or more, may stand on one value. Costs
     * {@code O(n + D m)} for m points, at most 4096, of n.
     */
    static double[] of(Points points, double totalWeight) {
        return points.size() <= Bulk.SAMPLE ? ofAll(points)
                : ofRows(points, Sample.systematic(points, 0, Bulk.SAMPLE, totalWeight, new SplittableRandom(0)));
    }

    /** The same of all these points, however many. */
    static double[] ofAll(Points points) {
        if (!points.weighted()) {
            return ofRows(points, LongStream.range(0, points.size()).toArray());
        }
        double[] scales = new double[points.dims()];
        Arrays.setAll(scales, i -> Bulk.interquartileScale(weightedRange(points, i)));
        return scales;
    }

    private static double[] ofRows(Points points, long[] rows) {
        double[] scales = new double[points.dims()];
        double[] values = new double[rows.length];
        for (int i = 0; i < scales.length; i++) {
            for (int j = 0; j < values.length; j++) {
                values[j] = points.get(rows[j], i);
            }
            scales[i] = Bulk.interquartileScale(values, values.length);
        }
        return scales;
    }

    private static double weightedRange(Points points, int column) {
        double[][] pairs = new double[(int) points.size()][];
        Arrays.setAll(pairs, n -> new double[] {points.get(n, column), points.weight(n)});
        Arrays.sort(pairs, Comparator.comparingDouble(pair -> pair[0]));
        double total = Arrays.stream(pairs).mapToDouble(pair -> pair[1]).sum();
        return quantile(pairs, 0.75 * total) - quantile(pairs, 0.25 * total);
    }

    /** The smallest value with this much weight at or below it. */
    private static double quantile(double[][] ascending, double weight) {
        int n = 0;
        double passed = ascending[0][1];
        while (passed < weight && n < ascending.length - 1) {
            passed += ascending[++n][1];
        }
        return ascending[n][0];
    }
}
