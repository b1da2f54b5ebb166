package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Stage two of k-means: the first of the highest log-densities takes all. */
final class HardAssignment64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private HardAssignment64() {}

    /** Points at bytes 0 to {@code to} of each row. The weighted sum of the highest. */
    static double run( // in double
            MemorySegment responsibilities, long rowBytes, int components, long to,
            MemorySegment pointWeights, double[] lanes) {
        MemorySegment r = NativeMemory.of(responsibilities);
        MemorySegment weights = NativeMemory.of(pointWeights);
        long end = components * rowBytes;
        DoubleVector total = DoubleVector.zero(SPECIES);
        for (long p = 0; p < to; p += VECTOR) {
            DoubleVector max = DoubleVector.fromMemorySegment(SPECIES, r, p, ORDER);
            for (long at = p + rowBytes; at < end; at += rowBytes) {
                DoubleVector l = DoubleVector.fromMemorySegment(SPECIES, r, at, ORDER);
                max = max.blend(l, max.lt(l));
            }
            DoubleVector weight = DoubleVector.fromMemorySegment(SPECIES, weights, p, ORDER);
            total = max.fma(weight, total);
            // What a winner has taken is gone for those behind it: of several that tie, the first wins.
            DoubleVector left = weight;
            DoubleVector none = DoubleVector.zero(SPECIES);
            for (long at = p; at < end; at += rowBytes) {
                VectorMask<Double> wins = DoubleVector.fromMemorySegment(SPECIES, r, at, ORDER).eq(max);
                none.blend(left, wins).intoMemorySegment(r, at, ORDER);
                left = left.blend(none, wins);
            }
        }
        total.intoArray(lanes, 0);
        return LaneSum64.of(lanes, 0);
    }
}
