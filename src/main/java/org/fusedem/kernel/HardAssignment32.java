// Made from HardAssignment64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Stage two of k-means: the first of the highest log-densities takes all. */
final class HardAssignment32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private HardAssignment32() {}

    /** Points at bytes 0 to {@code to} of each row. The weighted sum of the highest. */
    static double run( // in double
            MemorySegment responsibilities, long rowBytes, int components, long to,
            MemorySegment pointWeights, float[] lanes) {
        MemorySegment r = NativeMemory.of(responsibilities);
        MemorySegment weights = NativeMemory.of(pointWeights);
        long end = components * rowBytes;
        FloatVector total = FloatVector.zero(SPECIES);
        for (long p = 0; p < to; p += VECTOR) {
            FloatVector max = FloatVector.fromMemorySegment(SPECIES, r, p, ORDER);
            for (long at = p + rowBytes; at < end; at += rowBytes) {
                FloatVector l = FloatVector.fromMemorySegment(SPECIES, r, at, ORDER);
                max = max.blend(l, max.lt(l));
            }
            FloatVector weight = FloatVector.fromMemorySegment(SPECIES, weights, p, ORDER);
            total = max.fma(weight, total);
            // What a winner has taken is gone for those behind it: of several that tie, the first wins.
            FloatVector left = weight;
            FloatVector none = FloatVector.zero(SPECIES);
            for (long at = p; at < end; at += rowBytes) {
                VectorMask<Float> wins = FloatVector.fromMemorySegment(SPECIES, r, at, ORDER).eq(max);
                none.blend(left, wins).intoMemorySegment(r, at, ORDER);
                left = left.blend(none, wins);
            }
        }
        total.intoArray(lanes, 0);
        return LaneSum32.of(lanes, 0);
    }
}
