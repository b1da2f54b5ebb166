// Made from DiagonalDensities64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Log-densities where features do not mix: {@code l_nk = c_k - sum_i (x_ni a_ki + b_ki)^2}, lanes along the points.
 *
 * <p>Two multiply-adds per feature, as many as the expanded square needs, and nothing cancels. Two components by four
 * vectors of points: enough sums to hide the latency of a multiply-add, and few enough loads and bounds checks to leave
 * the front end idle.
 */
final class DiagonalDensities32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();
    private static final long BLOCK = 4 * VECTOR;

    private DiagonalDensities32() {}

    /**
     * Two components, which may be the same one, over the points at bytes {@code from} to {@code to} of each row.
     *
     * @param row where the first feature's row starts
     * @param rowBytes from there to the next feature's: not a constant here, so that the compiler does not put a
     *     prologue of checks before a loop that is often short
     * @param length from one component's scales, and offsets, to the next one's
     */
    static void pair(MemorySegment features, long row, long rowBytes, long from, long to, int dims, float[] scales,
            float[] offsets, int length, float[] constants, int k0, int k1, MemorySegment rows,
            long densityRowBytes) {
        MemorySegment x = NativeMemory.of(features);
        MemorySegment densities = NativeMemory.of(rows);
        FloatVector c0 = FloatVector.broadcast(SPECIES, constants[k0]);
        FloatVector c1 = FloatVector.broadcast(SPECIES, constants[k1]);
        FloatVector floor = FloatVector.broadcast(SPECIES, Element32.FLOOR);
        long at0 = k0 * densityRowBytes;
        long at1 = k1 * densityRowBytes;
        long end = row + dims * rowBytes;
        for (long p = from; p < to; p += BLOCK) {
            FloatVector sum00 = FloatVector.zero(SPECIES);
            FloatVector sum01 = sum00;
            FloatVector sum02 = sum00;
            FloatVector sum03 = sum00;
            FloatVector sum10 = sum00;
            FloatVector sum11 = sum00;
            FloatVector sum12 = sum00;
            FloatVector sum13 = sum00;
            int i0 = k0 * length;
            int i1 = k1 * length;
            for (long xi = row + p; xi < end; xi += rowBytes) {
                FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, x, xi, ORDER);
                FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, x, xi + VECTOR, ORDER);
                FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, x, xi + 2 * VECTOR, ORDER);
                FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, x, xi + 3 * VECTOR, ORDER);
                FloatVector a0 = FloatVector.broadcast(SPECIES, scales[i0]);
                FloatVector b0 = FloatVector.broadcast(SPECIES, offsets[i0]);
                FloatVector y0 = x0.fma(a0, b0);
                FloatVector y1 = x1.fma(a0, b0);
                FloatVector y2 = x2.fma(a0, b0);
                FloatVector y3 = x3.fma(a0, b0);
                sum00 = y0.fma(y0, sum00);
                sum01 = y1.fma(y1, sum01);
                sum02 = y2.fma(y2, sum02);
                sum03 = y3.fma(y3, sum03);
                FloatVector a1 = FloatVector.broadcast(SPECIES, scales[i1]);
                FloatVector b1 = FloatVector.broadcast(SPECIES, offsets[i1]);
                FloatVector z0 = x0.fma(a1, b1);
                FloatVector z1 = x1.fma(a1, b1);
                FloatVector z2 = x2.fma(a1, b1);
                FloatVector z3 = x3.fma(a1, b1);
                sum10 = z0.fma(z0, sum10);
                sum11 = z1.fma(z1, sum11);
                sum12 = z2.fma(z2, sum12);
                sum13 = z3.fma(z3, sum13);
                i0++;
                i1++;
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
