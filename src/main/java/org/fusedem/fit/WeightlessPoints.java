package org.fusedem.fit;

import java.util.stream.IntStream;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * Points of weight zero, and how a fit leaves them out: it works on a copy without them. So they play no part at all,
 * not in scales, samples or random numbers, not by lying so far away that their distances overflow, and the result has
 * the same bits as without these rows. Data without such points are not copied.
 */
final class WeightlessPoints {
    private WeightlessPoints() {}

    /** The number of points whose weight is not zero. */
    static long countOthers(Points points) {
        if (!points.weighted()) {
            return points.size();
        }
        long count = 0;
        for (long n = 0; n < points.size(); n++) {
            count += points.weight(n) > 0 ? 1 : 0;
        }
        return count;
    }

    /** A copy of the points whose weight is not zero, for the caller to close. */
    static Points copyOthers(Points points) {
        double[] row = new double[points.dims()];
        try (PointsBuilder builder = Points.builder(points.dims(), points.type())) {
            if (points.missingValues() > 0) {
                builder.allowMissing();
            }
            for (long n = 0; n < points.size(); n++) {
                if (points.weight(n) > 0) {
                    points.copyRow(n, row);
                    builder.addWeighted(points.weight(n), row);
                }
            }
            return builder.build();
        }
    }

    /** A start that says something of each point, without what it says of those of weight zero. */
    static Start ofOthers(Points points, Start start) {
        return switch (start) {
            case Start.Labels(int[] labels, boolean fixed) -> new Start.Labels(
                    rowsOfOthers(points).map(n -> labels[n]).toArray(), fixed);
            case Start.Responsibilities(double[][] responsibilities) -> new Start.Responsibilities(
                    rowsOfOthers(points).mapToObj(n -> responsibilities[n]).toArray(double[][]::new));
            case Start.KMeansPlusPlus _, Start.RandomPoints _, Start.RandomResponsibilities _, Start.Given _ -> start;
        };
    }

    private static IntStream rowsOfOthers(Points points) {
        return IntStream.range(0, Math.toIntExact(points.size())).filter(n -> points.weight(n) > 0);
    }
}
