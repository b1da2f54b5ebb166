package org.fusedem.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/** Numbers and rows as bytes, for partial results. */
final class RowBytes {
    private RowBytes() {}

    static byte[] of(double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, numbers.length));
        bytes.asDoubleBuffer().put(numbers);
        return bytes.array();
    }

    static double[] doubles(byte[] bytes) {
        double[] numbers = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(numbers);
        return numbers;
    }

    /** All rows: the weight, then the coordinates. Negative, the weight says that points carry none. */
    static byte[] of(Points points) {
        int width = points.dims() + 1;
        double[] row = new double[points.dims()];
        double[] numbers = new double[Math.toIntExact(points.size() * width)];
        for (int n = 0; n < points.size(); n++) {
            points.copyRow(n, row);
            numbers[n * width] = points.weighted() ? points.weight(n) : -1;
            System.arraycopy(row, 0, numbers, n * width + 1, row.length);
        }
        return of(numbers);
    }

    /** Adds rows of so many coordinates that were written by {@link #of(Points)}. */
    static void add(byte[] bytes, int dims, PointsBuilder builder) {
        double[] numbers = doubles(bytes);
        for (int at = 0; at < numbers.length; at += dims + 1) {
            double[] row = Arrays.copyOfRange(numbers, at + 1, at + 1 + dims);
            if (numbers[at] < 0) {
                builder.add(row);
            } else {
                builder.addWeighted(numbers[at], row);
            }
        }
    }
}
