// Made from DiagonalDensities64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Log-densities where features do not mix: {@code l_nk = c_k - sum_i (x_ni a_ki + b_ki)^2}, lanes along the points.
 *
 * <p>Two multiply-adds per feature, as many as the expanded square needs, and nothing cancels.
 */
final class DiagonalDensities32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();
    /** Eight sums are enough to hide the latency of a multiply-add, and one component then needs no neighbour. */
    private static final long BLOCK = 8 * VECTOR;

    private DiagonalDensities32() {}

    /**
     * One component over the points at bytes {@code from} to {@code to} of each row.
     *
     * @param at where the component's row of log-densities starts in {@code densities}
     * @param first where its scales and offsets start
     */
    static void component(MemorySegment x, long row, long from, long to, int dims, float[] scales, float[] offsets,
            int first, float constant, MemorySegment densities, long at) {
        FloatVector c = FloatVector.broadcast(SPECIES, constant);
        FloatVector floor = FloatVector.broadcast(SPECIES, Element32.FLOOR);
        for (long p = from; p < to; p += BLOCK) {
            FloatVector sum0 = FloatVector.zero(SPECIES);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            FloatVector sum4 = sum0;
            FloatVector sum5 = sum0;
            FloatVector sum6 = sum0;
            FloatVector sum7 = sum0;
            for (int i = 0; i < dims; i++) {
                long xi = row + p + i * Tile.ROW_BYTES;
                FloatVector a = FloatVector.broadcast(SPECIES, scales[first + i]);
                FloatVector b = FloatVector.broadcast(SPECIES, offsets[first + i]);
                FloatVector z0 = FloatVector.fromMemorySegment(SPECIES, x, xi, ORDER).fma(a, b);
                FloatVector z1 = FloatVector.fromMemorySegment(SPECIES, x, xi + VECTOR, ORDER).fma(a, b);
                FloatVector z2 = FloatVector.fromMemorySegment(SPECIES, x, xi + 2 * VECTOR, ORDER).fma(a, b);
                FloatVector z3 = FloatVector.fromMemorySegment(SPECIES, x, xi + 3 * VECTOR, ORDER).fma(a, b);
                FloatVector z4 = FloatVector.fromMemorySegment(SPECIES, x, xi + 4 * VECTOR, ORDER).fma(a, b);
                FloatVector z5 = FloatVector.fromMemorySegment(SPECIES, x, xi + 5 * VECTOR, ORDER).fma(a, b);
                FloatVector z6 = FloatVector.fromMemorySegment(SPECIES, x, xi + 6 * VECTOR, ORDER).fma(a, b);
                FloatVector z7 = FloatVector.fromMemorySegment(SPECIES, x, xi + 7 * VECTOR, ORDER).fma(a, b);
                sum0 = z0.fma(z0, sum0);
                sum1 = z1.fma(z1, sum1);
                sum2 = z2.fma(z2, sum2);
                sum3 = z3.fma(z3, sum3);
                sum4 = z4.fma(z4, sum4);
                sum5 = z5.fma(z5, sum5);
                sum6 = z6.fma(z6, sum6);
                sum7 = z7.fma(z7, sum7);
            }
            FloatVector density0 = c.sub(sum0);
            FloatVector density1 = c.sub(sum1);
            FloatVector density2 = c.sub(sum2);
            FloatVector density3 = c.sub(sum3);
            FloatVector density4 = c.sub(sum4);
            FloatVector density5 = c.sub(sum5);
            FloatVector density6 = c.sub(sum6);
            FloatVector density7 = c.sub(sum7);
            floor.blend(density0, floor.lt(density0)).intoMemorySegment(densities, at + p, ORDER);
            floor.blend(density1, floor.lt(density1)).intoMemorySegment(densities, at + p + VECTOR, ORDER);
            floor.blend(density2, floor.lt(density2)).intoMemorySegment(densities, at + p + 2 * VECTOR, ORDER);
            floor.blend(density3, floor.lt(density3)).intoMemorySegment(densities, at + p + 3 * VECTOR, ORDER);
            floor.blend(density4, floor.lt(density4)).intoMemorySegment(densities, at + p + 4 * VECTOR, ORDER);
            floor.blend(density5, floor.lt(density5)).intoMemorySegment(densities, at + p + 5 * VECTOR, ORDER);
            floor.blend(density6, floor.lt(density6)).intoMemorySegment(densities, at + p + 6 * VECTOR, ORDER);
            floor.blend(density7, floor.lt(density7)).intoMemorySegment(densities, at + p + 7 * VECTOR, ORDER);
        }
    }
}
