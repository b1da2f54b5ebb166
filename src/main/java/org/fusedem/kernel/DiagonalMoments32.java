// Made from DiagonalMoments64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Stage three where features do not mix: {@code sum r}, {@code sum r u} and {@code sum r u^2}, lanes along the points.
 *
 * <p>Sums live in registers over the whole tile, and are left to {@link LaneSum32}.
 */
final class DiagonalMoments32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();
    private static final int LANES = SPECIES.length();

    private DiagonalMoments32() {}

    /**
     * Four components and two features, whose squares the four share: all around the tile's own centre.
     *
     * @param at where the first component's row of responsibilities starts
     * @param x0 where the first feature's row starts
     * @param lanes receives the sums, lane by lane: for each component first, second, first, second
     */
    static void four(MemorySegment responsibilities, long at, long rowBytes, MemorySegment features, long x0, long to,
            float[] lanes) {
        MemorySegment r = NativeMemory.of(responsibilities);
        MemorySegment x = NativeMemory.of(features);
        long at1 = at + rowBytes;
        long at2 = at1 + rowBytes;
        long at3 = at2 + rowBytes;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector q00 = s00;
        FloatVector s01 = s00;
        FloatVector q01 = s00;
        FloatVector s10 = s00;
        FloatVector q10 = s00;
        FloatVector s11 = s00;
        FloatVector q11 = s00;
        FloatVector s20 = s00;
        FloatVector q20 = s00;
        FloatVector s21 = s00;
        FloatVector q21 = s00;
        FloatVector s30 = s00;
        FloatVector q30 = s00;
        FloatVector s31 = s00;
        FloatVector q31 = s00;
        for (long p = 0; p < to; p += VECTOR) {
            FloatVector u = FloatVector.fromMemorySegment(SPECIES, x, x0 + p, ORDER);
            FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, x0 + Tile.ROW_BYTES + p, ORDER);
            FloatVector uu = u.mul(u);
            FloatVector vv = v.mul(v);
            FloatVector r0 = FloatVector.fromMemorySegment(SPECIES, r, at + p, ORDER);
            FloatVector r1 = FloatVector.fromMemorySegment(SPECIES, r, at1 + p, ORDER);
            FloatVector r2 = FloatVector.fromMemorySegment(SPECIES, r, at2 + p, ORDER);
            FloatVector r3 = FloatVector.fromMemorySegment(SPECIES, r, at3 + p, ORDER);
            s00 = r0.fma(u, s00);
            q00 = r0.fma(uu, q00);
            s01 = r0.fma(v, s01);
            q01 = r0.fma(vv, q01);
            s10 = r1.fma(u, s10);
            q10 = r1.fma(uu, q10);
            s11 = r1.fma(v, s11);
            q11 = r1.fma(vv, q11);
            s20 = r2.fma(u, s20);
            q20 = r2.fma(uu, q20);
            s21 = r2.fma(v, s21);
            q21 = r2.fma(vv, q21);
            s30 = r3.fma(u, s30);
            q30 = r3.fma(uu, q30);
            s31 = r3.fma(v, s31);
            q31 = r3.fma(vv, q31);
        }
        s00.intoArray(lanes, 0);
        q00.intoArray(lanes, LANES);
        s01.intoArray(lanes, 2 * LANES);
        q01.intoArray(lanes, 3 * LANES);
        s10.intoArray(lanes, 4 * LANES);
        q10.intoArray(lanes, 5 * LANES);
        s11.intoArray(lanes, 6 * LANES);
        q11.intoArray(lanes, 7 * LANES);
        s20.intoArray(lanes, 8 * LANES);
        q20.intoArray(lanes, 9 * LANES);
        s21.intoArray(lanes, 10 * LANES);
        q21.intoArray(lanes, 11 * LANES);
        s30.intoArray(lanes, 12 * LANES);
        q30.intoArray(lanes, 13 * LANES);
        s31.intoArray(lanes, 14 * LANES);
        q31.intoArray(lanes, 15 * LANES);
    }

    /** One component and two features, around the component's own shifts, given relative to the tile's centre. */
    static void one(MemorySegment responsibilities, long at, MemorySegment features, long x0, long to, float shift0,
            float shift1, float[] lanes) {
        MemorySegment r = NativeMemory.of(responsibilities);
        MemorySegment x = NativeMemory.of(features);
        FloatVector c0 = FloatVector.broadcast(SPECIES, shift0);
        FloatVector c1 = FloatVector.broadcast(SPECIES, shift1);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector q0 = s0;
        FloatVector s1 = s0;
        FloatVector q1 = s0;
        FloatVector s2 = s0;
        FloatVector q2 = s0;
        FloatVector s3 = s0;
        FloatVector q3 = s0;
        for (long p = 0; p < to; p += 2 * VECTOR) {
            FloatVector r0 = FloatVector.fromMemorySegment(SPECIES, r, at + p, ORDER);
            FloatVector r1 = FloatVector.fromMemorySegment(SPECIES, r, at + p + VECTOR, ORDER);
            long x1 = x0 + Tile.ROW_BYTES;
            FloatVector u0 = FloatVector.fromMemorySegment(SPECIES, x, x0 + p, ORDER).sub(c0);
            FloatVector u1 = FloatVector.fromMemorySegment(SPECIES, x, x0 + p + VECTOR, ORDER).sub(c0);
            FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, x, x1 + p, ORDER).sub(c1);
            FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, x, x1 + p + VECTOR, ORDER).sub(c1);
            FloatVector ru0 = r0.mul(u0);
            FloatVector ru1 = r1.mul(u1);
            FloatVector rv0 = r0.mul(v0);
            FloatVector rv1 = r1.mul(v1);
            s0 = s0.add(ru0);
            q0 = ru0.fma(u0, q0);
            s1 = s1.add(rv0);
            q1 = rv0.fma(v0, q1);
            s2 = s2.add(ru1);
            q2 = ru1.fma(u1, q2);
            s3 = s3.add(rv1);
            q3 = rv1.fma(v1, q3);
        }
        s0.add(s2).intoArray(lanes, 0);
        q0.add(q2).intoArray(lanes, LANES);
        s1.add(s3).intoArray(lanes, 2 * LANES);
        q1.add(q3).intoArray(lanes, 3 * LANES);
    }
}
