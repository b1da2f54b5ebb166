package org.fusedem.model;

import java.util.stream.IntStream;
import org.fusedem.points.Points;

/** What every method of this package asks of numbers that come from outside. */
final class Arguments {
    /** How far from one the sum of the weights may be. */
    private static final double WEIGHT_SUM_TOLERANCE = 1e-6;

    private Arguments() {}

    static void checkLength(String name, double[] values, long length) {
        if (values.length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " numbers: length=" + values.length);
        }
    }

    static void checkFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + " not finite: index=" + i + ", value=" + values[i]);
            }
        }
    }

    /** The coordinates of a point: finite, or NaN where values may be missing. */
    static void checkPoint(double[] point, boolean missingValues) {
        for (int i = 0; i < point.length; i++) {
            if (!(Double.isFinite(point[i]) || missingValues && Double.isNaN(point[i]))) {
                throw new IllegalArgumentException("point not finite: index=" + i + ", value=" + point[i]);
            }
        }
    }

    /** Whether {@link #checkPoint} would let it pass. */
    static boolean isPoint(double[] point, boolean missingValues) {
        for (double x : point) {
            if (!(Double.isFinite(x) || missingValues && Double.isNaN(x))) {
                return false;
            }
        }
        return true;
    }

    static void checkWeights(double[] weights) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            if (!(weights[k] >= 0 && weights[k] <= 1)) {
                throw new IllegalArgumentException(
                        "weight not between 0 and 1: component=" + k + ", weight=" + weights[k]);
            }
            sum += weights[k];
        }
        if (Math.abs(sum - 1) > WEIGHT_SUM_TOLERANCE) {
            throw new IllegalArgumentException("weights must sum to one: sum=" + sum);
        }
    }

    static void checkDims(Points points, int dims) {
        if (points.dims() != dims) {
            throw new IllegalArgumentException(
                    "points and model differ: points have dims=" + points.dims() + ", the model has dims=" + dims);
        }
    }

    /** Column numbers from 0, at least one, no two the same. */
    static void checkColumns(String name, int[] columns, int dims) {
        if (columns.length == 0) {
            throw new IllegalArgumentException(name + " must be at least one column: " + name + "=0");
        }
        boolean[] seen = new boolean[dims];
        for (int column : columns) {
            if (column < 0 || column >= dims) {
                throw new IllegalArgumentException(
                        name + " must be columns from 0 to " + (dims - 1) + ": column=" + column);
            }
            if (seen[column]) {
                throw new IllegalArgumentException(
                        name + " must be different columns: column=" + column + " comes twice");
            }
            seen[column] = true;
        }
    }

    /** The columns that are not among these, ascending. */
    static int[] others(int[] columns, int dims) {
        checkColumns("given", columns, dims);
        return IntStream.range(0, dims).filter(i -> IntStream.of(columns).noneMatch(c -> c == i)).toArray();
    }
}
