// Made from FullDensities64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Log-densities where features mix: {@code l_nk = c_k - ||F_k x_n + b_k||^2}, lanes along the points, two rows of the
 * triangles F_k of two components at a time.
 *
 * <p>Two components by two rows by four vectors of points: sixteen sums, eight loads for sixteen multiply-adds, and a
 * triangle of any size wastes no more than half a step in each pair of rows.
 */
final class FullDensities32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();
    private static final long BLOCK = 4 * VECTOR;

    private FullDensities32() {}

    /**
     * Two components, which may be the same one, over the points at bytes {@code from} to {@code to} of each row.
     *
     * @param rowBytes from one feature's row to the next one's: not a constant here, so that the compiler does not put
     *     a prologue of checks before a loop that is often short
     * @param length from one component's triangle, packed by pairs of rows, to the next one's
     * @param offsetLength from one component's offsets to the next one's
     */
    static void pair(MemorySegment features, long rowBytes, long from, long to, int dims, float[] triangles,
            int length, float[] offsets, int offsetLength, float[] constants, int k0, int k1, MemorySegment rows,
            long densityRowBytes) {
        MemorySegment x = NativeMemory.of(features);
        MemorySegment densities = NativeMemory.of(rows);
        FloatVector c0 = FloatVector.broadcast(SPECIES, constants[k0]);
        FloatVector c1 = FloatVector.broadcast(SPECIES, constants[k1]);
        FloatVector floor = FloatVector.broadcast(SPECIES, Element32.FLOOR);
        long at0 = k0 * densityRowBytes;
        long at1 = k1 * densityRowBytes;
        for (long p = from; p < to; p += BLOCK) {
            FloatVector sum00 = FloatVector.zero(SPECIES);
            FloatVector sum01 = sum00;
            FloatVector sum02 = sum00;
            FloatVector sum03 = sum00;
            FloatVector sum10 = sum00;
            FloatVector sum11 = sum00;
            FloatVector sum12 = sum00;
            FloatVector sum13 = sum00;
            int f0 = k0 * length;
            int f1 = k1 * length;
            for (int i = 0; i < dims; i += 2) {
                int b0 = k0 * offsetLength + i;
                int b1 = k1 * offsetLength + i;
                FloatVector t0 = FloatVector.broadcast(SPECIES, offsets[b0]);
                FloatVector t1 = t0;
                FloatVector t2 = t0;
                FloatVector t3 = t0;
                FloatVector u0 = FloatVector.broadcast(SPECIES, offsets[b0 + 1]);
                FloatVector u1 = u0;
                FloatVector u2 = u0;
                FloatVector u3 = u0;
                FloatVector y0 = FloatVector.broadcast(SPECIES, offsets[b1]);
                FloatVector y1 = y0;
                FloatVector y2 = y0;
                FloatVector y3 = y0;
                FloatVector z0 = FloatVector.broadcast(SPECIES, offsets[b1 + 1]);
                FloatVector z1 = z0;
                FloatVector z2 = z0;
                FloatVector z3 = z0;
                long end = Math.min(i + 2, dims) * rowBytes;
                for (long xj = p; xj < end; xj += rowBytes) {
                    FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, x, xj, ORDER);
                    FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, x, xj + VECTOR, ORDER);
                    FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, x, xj + 2 * VECTOR, ORDER);
                    FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, x, xj + 3 * VECTOR, ORDER);
                    FloatVector a = FloatVector.broadcast(SPECIES, triangles[f0]);
                    t0 = x0.fma(a, t0);
                    t1 = x1.fma(a, t1);
                    t2 = x2.fma(a, t2);
                    t3 = x3.fma(a, t3);
                    FloatVector b = FloatVector.broadcast(SPECIES, triangles[f0 + 1]);
                    u0 = x0.fma(b, u0);
                    u1 = x1.fma(b, u1);
                    u2 = x2.fma(b, u2);
                    u3 = x3.fma(b, u3);
                    FloatVector c = FloatVector.broadcast(SPECIES, triangles[f1]);
                    y0 = x0.fma(c, y0);
                    y1 = x1.fma(c, y1);
                    y2 = x2.fma(c, y2);
                    y3 = x3.fma(c, y3);
                    FloatVector d = FloatVector.broadcast(SPECIES, triangles[f1 + 1]);
                    z0 = x0.fma(d, z0);
                    z1 = x1.fma(d, z1);
                    z2 = x2.fma(d, z2);
                    z3 = x3.fma(d, z3);
                    f0 += 2;
                    f1 += 2;
                }
                sum00 = u0.fma(u0, t0.fma(t0, sum00));
                sum01 = u1.fma(u1, t1.fma(t1, sum01));
                sum02 = u2.fma(u2, t2.fma(t2, sum02));
                sum03 = u3.fma(u3, t3.fma(t3, sum03));
                sum10 = z0.fma(z0, y0.fma(y0, sum10));
                sum11 = z1.fma(z1, y1.fma(y1, sum11));
                sum12 = z2.fma(z2, y2.fma(y2, sum12));
                sum13 = z3.fma(z3, y3.fma(y3, sum13));
            }
            FloatVector density00 = c0.sub(sum00);
            FloatVector density01 = c0.sub(sum01);
            FloatVector density02 = c0.sub(sum02);
            FloatVector density03 = c0.sub(sum03);
            floor.blend(density00, floor.lt(density00)).intoMemorySegment(densities, at0 + p, ORDER);
            floor.blend(density01, floor.lt(density01)).intoMemorySegment(densities, at0 + p + VECTOR, ORDER);
            floor.blend(density02, floor.lt(density02)).intoMemorySegment(densities, at0 + p + 2 * VECTOR, ORDER);
            floor.blend(density03, floor.lt(density03)).intoMemorySegment(densities, at0 + p + 3 * VECTOR, ORDER);
            FloatVector density10 = c1.sub(sum10);
            FloatVector density11 = c1.sub(sum11);
            FloatVector density12 = c1.sub(sum12);
            FloatVector density13 = c1.sub(sum13);
            floor.blend(density10, floor.lt(density10)).intoMemorySegment(densities, at1 + p, ORDER);
            floor.blend(density11, floor.lt(density11)).intoMemorySegment(densities, at1 + p + VECTOR, ORDER);
            floor.blend(density12, floor.lt(density12)).intoMemorySegment(densities, at1 + p + 2 * VECTOR, ORDER);
            floor.blend(density13, floor.lt(density13)).intoMemorySegment(densities, at1 + p + 3 * VECTOR, ORDER);
        }
    }
}
