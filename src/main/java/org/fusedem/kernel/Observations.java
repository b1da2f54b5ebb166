package org.fusedem.kernel;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.BitSet;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * Points as passes take them: those that are complete, for the kernels, and those with missing values, by pattern.
 *
 * <p>Where nothing is missing the complete points are the points themselves. Otherwise both parts are copies, made by
 * two walks over the points: together about as much memory as the points, or more if these are stored in 32 bits, since
 * incomplete rows are kept in 64. To be closed before the points are.
 */
public final class Observations implements AutoCloseable {
    private final Points points;
    private final Points complete;
    private final IncompleteRows incomplete;

    private Observations(Points points, Points complete, IncompleteRows incomplete) {
        this.points = points;
        this.complete = complete;
        this.incomplete = incomplete;
    }

    /** Points of which none misses a value; there is nothing to close. */
    static Observations ofComplete(Points points) {
        return new Observations(points, points, IncompleteRows.none(points.dims()));
    }

    /** Tells complete points from others; memory for the latter comes from the arena. */
    public static Observations of(Points points, Arena arena) {
        if (points.missingValues() == 0) {
            return ofComplete(points);
        }
        IncompleteRows.Index index = new IncompleteRows.Index(points.dims());
        double[] row = new double[points.dims()];
        try (PointsBuilder complete = Points.builder(points.dims(), points.type())) {
            for (long n = 0; n < points.size(); n++) {
                points.copyRow(n, row);
                if (index.isIncomplete(row)) {
                    index.add(row);
                } else if (points.weighted()) {
                    complete.addWeighted(points.weight(n), row);
                } else {
                    complete.add(row);
                }
            }
            IncompleteRows incomplete = IncompleteRows.of(points, index, arena);
            return new Observations(points, complete.build(), incomplete);
        }
    }

    /** A number for each point, in the order of passes: first those of complete points, then the others. */
    int[] inOrder(int[] values) {
        return complete == points ? values : Arrays.stream(order()).map(n -> values[n]).toArray();
    }

    /** A row for each point, in the order of passes: first those of complete points, then the others. */
    double[][] inOrder(double[][] rows) {
        return complete == points ? rows : Arrays.stream(order()).mapToObj(n -> rows[n]).toArray(double[][]::new);
    }

    private int[] order() {
        int[] order = new int[Math.toIntExact(points.size())];
        int first = (int) complete.size();
        BitSet withGaps = new BitSet(order.length);
        for (int row = 0; row < incomplete.size(); row++) {
            order[first + row] = (int) incomplete.source(row);
            withGaps.set(order[first + row]);
        }
        int next = 0;
        for (int n = 0; n < order.length; n++) {
            if (!withGaps.get(n)) {
                order[next++] = n;
            }
        }
        return order;
    }

    /** All points, as they were given. */
    public Points points() {
        return points;
    }

    /** The points without a missing value, in their order. */
    public Points complete() {
        return complete;
    }

    /** The others. */
    IncompleteRows incomplete() {
        return incomplete;
    }

    /** Frees the copy of the complete points, if there is one. */
    @Override
    public void close() {
        if (complete != points) {
            complete.close();
        }
    }
}
