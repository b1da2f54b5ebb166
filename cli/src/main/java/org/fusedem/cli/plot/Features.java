package org.fusedem.cli.plot;

import java.util.stream.IntStream;
import org.fusedem.points.Points;

/**
 * Some of the features of points.
 *
 * @param points all of it
 * @param columns which, in order
 */
record Features(Points points, int[] columns) {
    static Features all(Points points) {
        return new Features(points, IntStream.range(0, points.dims()).toArray());
    }

    /** One of them. */
    Coordinate coordinate(int feature) {
        int column = columns[feature];
        return row -> points.get(row, column);
    }

    /** {@code direction . (x - origin)}. */
    Coordinate along(double[] direction, double[] origin) {
        return row -> {
            double sum = 0;
            for (int i = 0; i < direction.length; i++) {
                sum += direction[i] * (points.get(row, columns[i]) - origin[i]);
            }
            return sum;
        };
    }
}
