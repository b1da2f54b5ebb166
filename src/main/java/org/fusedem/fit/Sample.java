package org.fusedem.fit;

import java.util.SplittableRandom;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/** A random sample of points, to find a start on. */
final class Sample {
    private Sample() {}

    /**
     * Draws {@code count} points with probability in proportion to their weights, by systematic sampling: the total
     * weight is cut into {@code count} equal strata, and each gives the point at one random place in it. So points
     * without weights are drawn at most once, spread evenly over the order of the data. One pass, {@code O(n + count D)}.
     */
    static Points draw(Points points, int count, double totalWeight, SplittableRandom random) {
        double stratum = totalWeight / count;
        double[] row = new double[points.dims()];
        try (PointsBuilder builder = Points.builder(points.dims(), points.type())) {
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
}
