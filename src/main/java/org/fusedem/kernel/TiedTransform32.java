// Made from TiedTransform64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code y_n = F x_n}, once per point: under a covariance that all components share, distances to means become plain
 * ones between y and the transformed means. So a tile costs {@code D^2 + K D} per point, and not {@code K D^2}.
 */
final class TiedTransform32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();
    private static final long BLOCK = 8 * VECTOR;

    private TiedTransform32() {}

    /** All points from byte 0 to {@code to} of each row; {@code y} is the byte where row 0 of the result starts. */
    static void run(MemorySegment features, long rowBytes, long to, int dims, float[] triangle, long y) {
        MemorySegment x = NativeMemory.of(features);
        int f = 0;
        for (int i = 0; i < dims; i++) {
            // The triangle is packed by pairs of rows: the elements of one row are every second one.
            int columns = Math.min(i / 2 * 2 + 2, dims);
            row(x, rowBytes, to, i + 1, triangle, f + i % 2, y + i * rowBytes);
            f += i % 2 == 0 ? 0 : 2 * columns;
        }
    }

    private static void row(MemorySegment features, long rowBytes, long to, int columns, float[] triangle, int f,
            long y) {
        MemorySegment x = NativeMemory.of(features);
        long end = columns * rowBytes;
        for (long p = 0; p < to; p += BLOCK) {
            FloatVector y0 = FloatVector.zero(SPECIES);
            FloatVector y1 = y0;
            FloatVector y2 = y0;
            FloatVector y3 = y0;
            FloatVector y4 = y0;
            FloatVector y5 = y0;
            FloatVector y6 = y0;
            FloatVector y7 = y0;
            int j = f;
            for (long xj = p; xj < end; xj += rowBytes) {
                FloatVector a = FloatVector.broadcast(SPECIES, triangle[j]);
                j += 2;
                y0 = FloatVector.fromMemorySegment(SPECIES, x, xj, ORDER).fma(a, y0);
                y1 = FloatVector.fromMemorySegment(SPECIES, x, xj + VECTOR, ORDER).fma(a, y1);
                y2 = FloatVector.fromMemorySegment(SPECIES, x, xj + 2 * VECTOR, ORDER).fma(a, y2);
                y3 = FloatVector.fromMemorySegment(SPECIES, x, xj + 3 * VECTOR, ORDER).fma(a, y3);
                y4 = FloatVector.fromMemorySegment(SPECIES, x, xj + 4 * VECTOR, ORDER).fma(a, y4);
                y5 = FloatVector.fromMemorySegment(SPECIES, x, xj + 5 * VECTOR, ORDER).fma(a, y5);
                y6 = FloatVector.fromMemorySegment(SPECIES, x, xj + 6 * VECTOR, ORDER).fma(a, y6);
                y7 = FloatVector.fromMemorySegment(SPECIES, x, xj + 7 * VECTOR, ORDER).fma(a, y7);
            }
            y0.intoMemorySegment(x, y + p, ORDER);
            y1.intoMemorySegment(x, y + p + VECTOR, ORDER);
            y2.intoMemorySegment(x, y + p + 2 * VECTOR, ORDER);
            y3.intoMemorySegment(x, y + p + 3 * VECTOR, ORDER);
            y4.intoMemorySegment(x, y + p + 4 * VECTOR, ORDER);
            y5.intoMemorySegment(x, y + p + 5 * VECTOR, ORDER);
            y6.intoMemorySegment(x, y + p + 6 * VECTOR, ORDER);
            y7.intoMemorySegment(x, y + p + 7 * VECTOR, ORDER);
        }
    }
}
