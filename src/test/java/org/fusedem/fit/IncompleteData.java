package org.fusedem.fit;

import java.util.SplittableRandom;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/** Points with missing values, for tests. */
final class IncompleteData {
    private IncompleteData() {}

    /** Points of a mixture, each value missing with the given probability, whatever it is. */
    static double[][] draw(GaussianMixture truth, int count, double share, long seed) {
        double[][] rows = new double[count][truth.dims()];
        try (Points sample = truth.sample(count, seed)) {
            for (int n = 0; n < count; n++) {
                sample.copyRow(n, rows[n]);
            }
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextDouble() < share ? Double.NaN : row[i];
            }
        }
        return rows;
    }

    static Points points(double[][] rows, double[] weights, ElementType type) {
        try (PointsBuilder builder = Points.builder(rows[0].length, type).allowMissing()) {
            for (int n = 0; n < rows.length; n++) {
                builder.addWeighted(weights[n], rows[n]);
            }
            return builder.build();
        }
    }

    static Points points(double[][] rows, ElementType type) {
        try (PointsBuilder builder = Points.builder(rows[0].length, type).allowMissing()) {
            for (double[] row : rows) {
                builder.add(row);
            }
            return builder.build();
        }
    }
}
