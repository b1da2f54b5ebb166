// Made from FullDensities64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Log-densities where features mix: {@code l_nk = c_k - ||F_k x_n + b_k||^2}, lanes along the points, two rows of the
 * triangle F_k at a time.
 *
 * <p>Two rows by eight vectors of points: sixteen sums, ten loads for sixteen multiply-adds, and a triangle of any
 * size wastes no more than half a step in each pair of rows.
 */
final class FullDensities32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();
    private static final long BLOCK = 8 * VECTOR;

    private FullDensities32() {}

    /**
     * One component over the points at bytes {@code from} to {@code to} of each row.
     *
     * @param at where the component's row of log-densities starts in {@code densities}
     * @param triangle where its factor starts, packed by pairs of rows
     * @param offset where its offsets start
     */
    static void component(MemorySegment x, long from, long to, int dims, float[] triangles, int triangle,
            float[] offsets, int offset, float constant, MemorySegment densities, long at) {
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
            int f = triangle;
            for (int i = 0; i < dims; i += 2) {
                FloatVector y0 = FloatVector.broadcast(SPECIES, offsets[offset + i]);
                FloatVector y1 = y0;
                FloatVector y2 = y0;
                FloatVector y3 = y0;
                FloatVector y4 = y0;
                FloatVector y5 = y0;
                FloatVector y6 = y0;
                FloatVector y7 = y0;
                FloatVector z0 = FloatVector.broadcast(SPECIES, offsets[offset + i + 1]);
                FloatVector z1 = z0;
                FloatVector z2 = z0;
                FloatVector z3 = z0;
                FloatVector z4 = z0;
                FloatVector z5 = z0;
                FloatVector z6 = z0;
                FloatVector z7 = z0;
                int columns = Math.min(i + 2, dims);
                for (int j = 0; j < columns; j++) {
                    long xj = p + j * Tile.ROW_BYTES;
                    FloatVector a = FloatVector.broadcast(SPECIES, triangles[f + 2 * j]);
                    FloatVector b = FloatVector.broadcast(SPECIES, triangles[f + 2 * j + 1]);
                    FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, x, xj, ORDER);
                    FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, x, xj + VECTOR, ORDER);
                    FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, x, xj + 2 * VECTOR, ORDER);
                    FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, x, xj + 3 * VECTOR, ORDER);
                    FloatVector x4 = FloatVector.fromMemorySegment(SPECIES, x, xj + 4 * VECTOR, ORDER);
                    FloatVector x5 = FloatVector.fromMemorySegment(SPECIES, x, xj + 5 * VECTOR, ORDER);
                    FloatVector x6 = FloatVector.fromMemorySegment(SPECIES, x, xj + 6 * VECTOR, ORDER);
                    FloatVector x7 = FloatVector.fromMemorySegment(SPECIES, x, xj + 7 * VECTOR, ORDER);
                    y0 = x0.fma(a, y0);
                    z0 = x0.fma(b, z0);
                    y1 = x1.fma(a, y1);
                    z1 = x1.fma(b, z1);
                    y2 = x2.fma(a, y2);
                    z2 = x2.fma(b, z2);
                    y3 = x3.fma(a, y3);
                    z3 = x3.fma(b, z3);
                    y4 = x4.fma(a, y4);
                    z4 = x4.fma(b, z4);
                    y5 = x5.fma(a, y5);
                    z5 = x5.fma(b, z5);
                    y6 = x6.fma(a, y6);
                    z6 = x6.fma(b, z6);
                    y7 = x7.fma(a, y7);
                    z7 = x7.fma(b, z7);
                }
                f += 2 * columns;
                sum0 = z0.fma(z0, y0.fma(y0, sum0));
                sum1 = z1.fma(z1, y1.fma(y1, sum1));
                sum2 = z2.fma(z2, y2.fma(y2, sum2));
                sum3 = z3.fma(z3, y3.fma(y3, sum3));
                sum4 = z4.fma(z4, y4.fma(y4, sum4));
                sum5 = z5.fma(z5, y5.fma(y5, sum5));
                sum6 = z6.fma(z6, y6.fma(y6, sum6));
                sum7 = z7.fma(z7, y7.fma(y7, sum7));
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
