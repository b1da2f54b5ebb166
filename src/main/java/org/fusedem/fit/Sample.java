package org.fusedem.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.fusedem.kernel.Observations;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/** A random sample of points, to find a start on. */
final class Sample {
    private Sample() {}

    /**
     * Draws different rows with probability in proportion to their weights; if fewer than {@code count} points have
     * weight, these several times.
     */
    static long[] distinct(Points points, int count, SplittableRandom random) {
        if (count == 0) {
            return new long[0];
        }
        return points.weighted() ? distinctWeighted(points, count, random)
                : random.longs(0, points.size()).distinct().limit(count).toArray();
    }

    /**
     * The rows with the smallest of independent exponential variates of rate weight (Efraimidis and Spirakis 2006,
     * Weighted random sampling with a reservoir): one pass, {@code O(n log count)}.
     */
    private static long[] distinctWeighted(Points points, int count, SplittableRandom random) {
        PriorityQueue<Arrival> earliest = new PriorityQueue<>(Comparator.comparingDouble(Arrival::time).reversed());
        for (long n = 0; n < points.size(); n++) {
            double weight = points.weight(n);
            if (weight > 0) {
                double time = random.nextExponential() / weight;
                if (earliest.size() < count) {
                    earliest.add(new Arrival(n, time));
                } else if (time < earliest.element().time()) {
                    earliest.remove();
                    earliest.add(new Arrival(n, time));
                }
            }
        }
        long[] rows = earliest.stream().mapToLong(Arrival::row).sorted().toArray();
        long[] repeated = new long[count];
        Arrays.setAll(repeated, k -> rows[k % rows.length]);
        return repeated;
    }

    private record Arrival(long row, double time) {}

    /**
     * At most so many points for k-means, beside extremes, all of them complete: from those without gaps, if they are
     * enough; else from all, with the features' means in place of what is missing. For each feature with a few wild
     * values the points of its smallest and its largest value as well, see {@link #drawWithExtremes}.
     *
     * @param enough so many points without gaps show where the clusters are
     * @return {@code observations.complete()}, or other points, which are then the caller's to close
     */
    static Points of(
            Observations observations, FeatureScales scales, int enough, int most, SplittableRandom random) {
        Points all = observations.points();
        Points complete = observations.complete();
        boolean[] wild = scales.wild();
        if (complete == all) {
            return all.size() <= most ? all : drawWithExtremes(all, most, scales.totalWeight(), random, wild);
        }
        double completeWeight = totalWeight(complete);
        if (complete.size() < enough || completeWeight == 0) {
            try (Points drawn = drawWithExtremes(
                    all, (int) Math.min(most, all.size()), scales.totalWeight(), random, wild)) {
                return filled(drawn, scales.means());
            }
        }
        int count = (int) Math.min(most, complete.size());
        try (Points drawn = draw(complete, count, completeWeight, random);
                Points extended = withExtremes(drawn, all, wild)) {
            return filled(extended, scales.means());
        }
    }

    /** The weight of all points. */
    static double totalWeight(Points points) {
        double sum = 0;
        for (long n = 0; n < points.size(); n++) {
            sum += points.weight(n);
        }
        return sum;
    }

    /**
     * Draws {@code count} rows with probability in proportion to their weights, by systematic sampling: the total
     * weight is cut into {@code count} equal strata, and each gives the row at one random place in it. So points
     * without weights are drawn at most once, spread evenly over the order of the data. One pass, {@code O(n)}.
     *
     * @param part all points, or some that lie behind others
     * @param weightBefore the weight of those others
     * @return the rows that lie in this part
     */
    static long[] systematic(
            Points part, double weightBefore, int count, double totalWeight, SplittableRandom random) {
        double stratum = totalWeight / count;
        int begun = 0;
        double next = stratum * random.nextDouble();
        while (begun < count && next < weightBefore) {
            next = stratum * (++begun + random.nextDouble());
        }
        long[] rows = new long[count - begun];
        int drawn = 0;
        double passed = weightBefore;
        for (long n = 0; n < part.size() && drawn < rows.length; n++) {
            passed += part.weight(n);
            while (passed > next && drawn < rows.length) {
                rows[drawn++] = n;
                next = stratum * (begun + drawn + random.nextDouble());
            }
        }
        return Arrays.copyOf(rows, drawn);
    }

    /** The points of {@link #systematic} rows. */
    static Points draw(Points points, int count, double totalWeight, SplittableRandom random) {
        double[] row = new double[points.dims()];
        try (PointsBuilder builder = Points.builder(points.dims(), points.type()).allowMissing()) {
            for (long n : systematic(points, 0, count, totalWeight, random)) {
                points.copyRow(n, row);
                builder.add(row);
            }
            return builder.build();
        }
    }

    /**
     * The same and, for each feature marked, the points of its smallest and its largest value: few wild values would
     * hardly ever be drawn, and a start that has not seen them has no component for them.
     */
    static Points drawWithExtremes(
            Points points, int count, double totalWeight, SplittableRandom random, boolean[] features) {
        try (Points sample = draw(points, count, totalWeight, random)) {
            return withExtremes(sample, points, features);
        }
    }

    private static Points withExtremes(Points sample, Points points, boolean[] features) {
        double[] row = new double[points.dims()];
        try (PointsBuilder builder = Points.builder(points.dims(), points.type()).allowMissing()) {
            for (long n = 0; n < sample.size(); n++) {
                sample.copyRow(n, row);
                builder.add(row);
            }
            for (int i = 0; i < features.length; i++) {
                if (features[i]) {
                    points.copyRow(extreme(points, i, -1), row);
                    builder.add(row);
                    points.copyRow(extreme(points, i, 1), row);
                    builder.add(row);
                }
            }
            return builder.build();
        }
    }

    /** One feature of the points that have a value there. */
    static Points observed(Points points, int feature) {
        try (PointsBuilder builder = Points.builder(1, points.type())) {
            for (long n = 0; n < points.size(); n++) {
                double x = points.get(n, feature);
                if (Double.isNaN(x)) {
                    continue;
                }
                if (points.weighted()) {
                    builder.addWeighted(points.weight(n), x);
                } else {
                    builder.add(x);
                }
            }
            return builder.build();
        }
    }

    /** A copy of unweighted points with these means, one per feature, in place of missing values. */
    private static Points filled(Points points, double[] means) {
        double[] row = new double[points.dims()];
        try (PointsBuilder builder = Points.builder(points.dims(), points.type())) {
            for (long n = 0; n < points.size(); n++) {
                points.copyRow(n, row);
                for (int i = 0; i < row.length; i++) {
                    row[i] = Double.isNaN(row[i]) ? means[i] : row[i];
                }
                builder.add(row);
            }
            return builder.build();
        }
    }

    /** The row of a feature's largest value times {@code sign}, among points that have weight; -1 if there is none. */
    static long extreme(Points points, int feature, int sign) {
        long row = -1;
        double largest = Double.NEGATIVE_INFINITY;
        for (long n = 0; n < points.size(); n++) {
            double value = sign * points.get(n, feature);
            if (value > largest && points.weight(n) > 0) {
                largest = value;
                row = n;
            }
        }
        return row;
    }
}
