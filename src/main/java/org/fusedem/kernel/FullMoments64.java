package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Stage three where features mix: {@code sum r u} and {@code sum r u x^T}, lanes along the points, four rows by four
 * columns of one component's triangle at a time.
 *
 * <p>Only one side of the product is shifted: {@code sum r u (x - shift)^T = sum r u x^T - (sum r u) shift^T}, and
 * {@code sum r u} is small. The block on the diagonal comes first: it leaves {@code r u} of its four rows behind, for
 * the blocks to its left. Sums are left to {@link LaneSum64}:
 * the four first moments, then sixteen for the block, by rows.
 */
final class FullMoments64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();
    private static final int LANES = SPECIES.length();

    private FullMoments64() {}

    /**
     * The block on the diagonal.
     *
     * @param at where the component's row of responsibilities starts
     * @param x0 where the first of the four features' rows starts
     * @param shifts the four shifts, relative to the tile's centre, from {@code shift}
     * @param ru where to leave {@code r u}
     */
    static void diagonal(MemorySegment responsibilities, long at, MemorySegment features, long x0, long to, double[] shifts,
            int shift, long ru, double[] lanes) {
        MemorySegment r = NativeMemory.of(responsibilities);
        MemorySegment x = NativeMemory.of(features);
        DoubleVector c0 = DoubleVector.broadcast(SPECIES, shifts[shift]);
        DoubleVector c1 = DoubleVector.broadcast(SPECIES, shifts[shift + 1]);
        DoubleVector c2 = DoubleVector.broadcast(SPECIES, shifts[shift + 2]);
        DoubleVector c3 = DoubleVector.broadcast(SPECIES, shifts[shift + 3]);
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector q00 = s0;
        DoubleVector q10 = s0;
        DoubleVector q11 = s0;
        DoubleVector q20 = s0;
        DoubleVector q21 = s0;
        DoubleVector q22 = s0;
        DoubleVector q30 = s0;
        DoubleVector q31 = s0;
        DoubleVector q32 = s0;
        DoubleVector q33 = s0;
        for (long p = 0; p < to; p += VECTOR) {
            DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, r, at + p, ORDER);
            DoubleVector u0 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p, ORDER);
            DoubleVector u1 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p + Tile.ROW_BYTES, ORDER);
            DoubleVector u2 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p + 2 * Tile.ROW_BYTES, ORDER);
            DoubleVector u3 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p + 3 * Tile.ROW_BYTES, ORDER);
            DoubleVector w0 = w.mul(u0.sub(c0));
            DoubleVector w1 = w.mul(u1.sub(c1));
            DoubleVector w2 = w.mul(u2.sub(c2));
            DoubleVector w3 = w.mul(u3.sub(c3));
            w0.intoMemorySegment(x, ru + p, ORDER);
            w1.intoMemorySegment(x, ru + p + Tile.ROW_BYTES, ORDER);
            w2.intoMemorySegment(x, ru + p + 2 * Tile.ROW_BYTES, ORDER);
            w3.intoMemorySegment(x, ru + p + 3 * Tile.ROW_BYTES, ORDER);
            s0 = s0.add(w0);
            s1 = s1.add(w1);
            s2 = s2.add(w2);
            s3 = s3.add(w3);
            q00 = w0.fma(u0, q00);
            q10 = w1.fma(u0, q10);
            q11 = w1.fma(u1, q11);
            q20 = w2.fma(u0, q20);
            q21 = w2.fma(u1, q21);
            q22 = w2.fma(u2, q22);
            q30 = w3.fma(u0, q30);
            q31 = w3.fma(u1, q31);
            q32 = w3.fma(u2, q32);
            q33 = w3.fma(u3, q33);
        }
        s0.intoArray(lanes, 0);
        s1.intoArray(lanes, LANES);
        s2.intoArray(lanes, 2 * LANES);
        s3.intoArray(lanes, 3 * LANES);
        q00.intoArray(lanes, 4 * LANES);
        q10.intoArray(lanes, 8 * LANES);
        q11.intoArray(lanes, 9 * LANES);
        q20.intoArray(lanes, 12 * LANES);
        q21.intoArray(lanes, 13 * LANES);
        q22.intoArray(lanes, 14 * LANES);
        q30.intoArray(lanes, 16 * LANES);
        q31.intoArray(lanes, 17 * LANES);
        q32.intoArray(lanes, 18 * LANES);
        q33.intoArray(lanes, 19 * LANES);
    }

    /** As {@link #diagonal}, where there are no more than two features, and nothing to their left or below. */
    static void narrow(MemorySegment responsibilities, long at, MemorySegment features, long x0, long to, double shift0,
            double shift1, double[] lanes) {
        MemorySegment r = NativeMemory.of(responsibilities);
        MemorySegment x = NativeMemory.of(features);
        DoubleVector c0 = DoubleVector.broadcast(SPECIES, shift0);
        DoubleVector c1 = DoubleVector.broadcast(SPECIES, shift1);
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector q00 = s0;
        DoubleVector q10 = s0;
        DoubleVector q11 = s0;
        for (long p = 0; p < to; p += VECTOR) {
            DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, r, at + p, ORDER);
            DoubleVector u0 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p, ORDER);
            DoubleVector u1 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p + Tile.ROW_BYTES, ORDER);
            DoubleVector w0 = w.mul(u0.sub(c0));
            DoubleVector w1 = w.mul(u1.sub(c1));
            s0 = s0.add(w0);
            s1 = s1.add(w1);
            q00 = w0.fma(u0, q00);
            q10 = w1.fma(u0, q10);
            q11 = w1.fma(u1, q11);
        }
        s0.intoArray(lanes, 0);
        s1.intoArray(lanes, LANES);
        q00.intoArray(lanes, 4 * LANES);
        q10.intoArray(lanes, 8 * LANES);
        q11.intoArray(lanes, 9 * LANES);
    }

    /** A block below the diagonal: four rows of {@code r u} by four features from {@code x0}. */
    static void square(MemorySegment features, long ru, long x0, long to, double[] lanes) {
        MemorySegment x = NativeMemory.of(features);
        long ru1 = ru + Tile.ROW_BYTES;
        long ru2 = ru1 + Tile.ROW_BYTES;
        long ru3 = ru2 + Tile.ROW_BYTES;
        DoubleVector q00 = DoubleVector.zero(SPECIES);
        DoubleVector q01 = q00;
        DoubleVector q02 = q00;
        DoubleVector q03 = q00;
        DoubleVector q10 = q00;
        DoubleVector q11 = q00;
        DoubleVector q12 = q00;
        DoubleVector q13 = q00;
        DoubleVector q20 = q00;
        DoubleVector q21 = q00;
        DoubleVector q22 = q00;
        DoubleVector q23 = q00;
        DoubleVector q30 = q00;
        DoubleVector q31 = q00;
        DoubleVector q32 = q00;
        DoubleVector q33 = q00;
        for (long p = 0; p < to; p += VECTOR) {
            DoubleVector u0 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p, ORDER);
            DoubleVector u1 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p + Tile.ROW_BYTES, ORDER);
            DoubleVector u2 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p + 2 * Tile.ROW_BYTES, ORDER);
            DoubleVector u3 = DoubleVector.fromMemorySegment(SPECIES, x, x0 + p + 3 * Tile.ROW_BYTES, ORDER);
            DoubleVector w0 = DoubleVector.fromMemorySegment(SPECIES, x, ru + p, ORDER);
            q00 = w0.fma(u0, q00);
            q01 = w0.fma(u1, q01);
            q02 = w0.fma(u2, q02);
            q03 = w0.fma(u3, q03);
            DoubleVector w1 = DoubleVector.fromMemorySegment(SPECIES, x, ru1 + p, ORDER);
            q10 = w1.fma(u0, q10);
            q11 = w1.fma(u1, q11);
            q12 = w1.fma(u2, q12);
            q13 = w1.fma(u3, q13);
            DoubleVector w2 = DoubleVector.fromMemorySegment(SPECIES, x, ru2 + p, ORDER);
            q20 = w2.fma(u0, q20);
            q21 = w2.fma(u1, q21);
            q22 = w2.fma(u2, q22);
            q23 = w2.fma(u3, q23);
            DoubleVector w3 = DoubleVector.fromMemorySegment(SPECIES, x, ru3 + p, ORDER);
            q30 = w3.fma(u0, q30);
            q31 = w3.fma(u1, q31);
            q32 = w3.fma(u2, q32);
            q33 = w3.fma(u3, q33);
        }
        q00.intoArray(lanes, 4 * LANES);
        q01.intoArray(lanes, 5 * LANES);
        q02.intoArray(lanes, 6 * LANES);
        q03.intoArray(lanes, 7 * LANES);
        q10.intoArray(lanes, 8 * LANES);
        q11.intoArray(lanes, 9 * LANES);
        q12.intoArray(lanes, 10 * LANES);
        q13.intoArray(lanes, 11 * LANES);
        q20.intoArray(lanes, 12 * LANES);
        q21.intoArray(lanes, 13 * LANES);
        q22.intoArray(lanes, 14 * LANES);
        q23.intoArray(lanes, 15 * LANES);
        q30.intoArray(lanes, 16 * LANES);
        q31.intoArray(lanes, 17 * LANES);
        q32.intoArray(lanes, 18 * LANES);
        q33.intoArray(lanes, 19 * LANES);
    }
}
