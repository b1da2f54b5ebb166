package org.fusedem.cli.plot;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;
import org.fusedem.points.Points;

/**
 * What part of a coordinate's values a picture shows: all, but for those so far out that they would squeeze the others
 * together.
 *
 * @param from the least value shown
 * @param to the largest
 * @param quartiles the difference of the upper quartile and the lower
 */
record Range(double from, double to, double quartiles) {
    /** So many points, from all over the file, tell the bulk's extent. */
    private static final int SAMPLE = 20_000;

    private static final double TAIL = 0.01;
    /** A point is shown if it is no farther from the bulk than half the bulk's width. */
    private static final double REACH = 0.5;

    private static final double MARGIN = 0.04;

    /** Of a coordinate of points; NaNs do not count. */
    static Range of(Points points, Coordinate coordinate) {
        long step = Math.max(1, points.size() / SAMPLE);
        double[] sample = new double[Math.toIntExact((points.size() + step - 1) / step)];
        int size = 0;
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (long n = 0; n < points.size(); n++) {
            double value = coordinate.of(n);
            if (!Double.isNaN(value)) {
                least = Math.min(least, value);
                largest = Math.max(largest, value);
                if (n % step == 0) {
                    sample[size++] = value;
                }
            }
        }
        if (size == 0) {
            return new Range(least <= largest ? least : 0, least <= largest ? largest : 1, 0);
        }
        Arrays.sort(sample, 0, size);
        double low = quantile(sample, size, TAIL);
        double high = quantile(sample, size, 1 - TAIL);
        double reach = REACH * (high - low);
        double from = reach > 0 ? Math.max(least, low - reach) : least;
        double to = reach > 0 ? Math.min(largest, high + reach) : largest;
        double margin = MARGIN * (to - from);
        return new Range(from - margin, to + margin, quantile(sample, size, 0.75) - quantile(sample, size, 0.25));
    }

    /** The same with room for more values, none farther out than half of what is shown. */
    Range with(DoubleStream values) {
        double reach = REACH * (to - from);
        DoubleSummaryStatistics shown = values.filter(value -> value >= from - reach && value <= to + reach)
                .summaryStatistics();
        double margin = MARGIN * (to - from);
        return shown.getCount() == 0 ? this
                : new Range(Math.min(from, shown.getMin() - margin), Math.max(to, shown.getMax() + margin), quartiles);
    }

    private static double quantile(double[] sorted, int size, double probability) {
        return sorted[(int) Math.round(probability * (size - 1))];
    }

    boolean contains(double value) {
        return value >= from && value <= to;
    }
}
