package org.fusedem.fit;

import java.util.SplittableRandom;
import org.fusedem.kernel.Observations;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/** A random sample of points, to find a start on. */
final class Sample {
    private Sample() {}

    /**
     * At most so many points for k-means, all of them complete: from those without gaps, if they are enough; else from
     * all, with the features' means in place of what is missing.
     *
     * @param enough so many points without gaps show where the clusters are
     * @return {@code observations.complete()}, or other points, which are then the caller's to close
     */
    static Points of(
            Observations observations, FeatureScales scales, int enough, int most, SplittableRandom random) {
        Points complete = observations.complete();
        boolean allComplete = complete == observations.points();
        double weight = allComplete ? scales.totalWeight() : totalWeight(complete);
        if (allComplete || (complete.size() >= enough && weight > 0)) {
            return complete.size() <= most ? complete : draw(complete, most, weight, random);
        }
        Points all = observations.points();
        if (all.size() <= most) {
            return filled(all, scales.means());
        }
        try (Points drawn = draw(all, most, scales.totalWeight(), random)) {
            return filled(drawn, scales.means());
        }
    }

    private static double totalWeight(Points points) {
        double sum = 0;
        for (long n = 0; n < points.size(); n++) {
            sum += points.weight(n);
        }
        return sum;
    }

    /**
     * Draws {@code count} points with probability in proportion to their weights, by systematic sampling: the total
     * weight is cut into {@code count} equal strata, and each gives the point at one random place in it. So points
     * without weights are drawn at most once, spread evenly over the order of the data. One pass, {@code O(n + count D)}.
     */
    static Points draw(Points points, int count, double totalWeight, SplittableRandom random) {
        double stratum = totalWeight / count;
        double[] row = new double[points.dims()];
        try (PointsBuilder builder = Points.builder(points.dims(), points.type()).allowMissing()) {
            double passed = 0;
            double next = stratum * random.nextDouble();
            for (long n = 0; n < points.size() && builder.size() < count; n++) {
                passed += points.weight(n);
                while (passed > next && builder.size() < count) {
                    points.copyRow(n, row);
                    builder.add(row);
                    next = stratum * (builder.size() + random.nextDouble());
                }
            }
            return builder.build();
        }
    }

    /** A copy with these means, one per feature, in place of missing values. */
    private static Points filled(Points points, double[] means) {
        double[] row = new double[points.dims()];
        try (PointsBuilder builder = Points.builder(points.dims(), points.type())) {
            for (long n = 0; n < points.size(); n++) {
                points.copyRow(n, row);
                for (int i = 0; i < row.length; i++) {
                    row[i] = Double.isNaN(row[i]) ? means[i] : row[i];
                }
                builder.addWeighted(points.weight(n), row);
            }
            return builder.build();
        }
    }
}
