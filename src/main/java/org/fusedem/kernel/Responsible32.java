// Made from Responsible64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Which points a component is responsible for: their number, their weight, and, if they are few, their features side by
 * side.
 *
 * <p>Stage two makes shares that cannot matter exactly zero. Where components lie far apart nearly all are zero, and
 * stage three then need not look at most points of a component.
 */
final class Responsible32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private Responsible32() {}

    /** {@code sum_n r_n} over the bytes {@code at} to {@code at + to} of a row, a whole number of four vectors. */
    static double weight( // in double
            MemorySegment responsibilities, long at, long to, float[] lanes) {
        MemorySegment r = NativeMemory.of(responsibilities);
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (long p = at; p < at + to; p += 4 * VECTOR) {
            sum0 = sum0.add(FloatVector.fromMemorySegment(SPECIES, r, p, ORDER));
            sum1 = sum1.add(FloatVector.fromMemorySegment(SPECIES, r, p + VECTOR, ORDER));
            sum2 = sum2.add(FloatVector.fromMemorySegment(SPECIES, r, p + 2 * VECTOR, ORDER));
            sum3 = sum3.add(FloatVector.fromMemorySegment(SPECIES, r, p + 3 * VECTOR, ORDER));
        }
        sum0.add(sum1).add(sum2.add(sum3)).intoArray(lanes, 0);
        return LaneSum32.of(lanes, 0);
    }

    /**
     * Lists the points of a component's row whose share is not zero.
     *
     * @param points receives their bytes in a row
     * @param most gives up beyond so many
     * @return their number, or more than {@code most}
     */
    static int list(MemorySegment responsibilities, long at, long to, int[] points, int most) {
        MemorySegment r = NativeMemory.of(responsibilities);
        int found = 0;
        for (long p = 0; p < to && found <= most; p += VECTOR) {
            VectorMask<Float> some = FloatVector.fromMemorySegment(SPECIES, r, at + p, ORDER).compare(
                    VectorOperators.GT, 0);
            for (long lanes = some.toLong(); lanes != 0; lanes &= lanes - 1) {
                points[found] = (int) p + Long.numberOfTrailingZeros(lanes) * Element32.BYTES;
                found++;
            }
        }
        return found;
    }

    /** Copies the listed points of one row, and zeros up to {@code padded} of them. */
    static void gather(MemorySegment from, long fromRow, int[] points, int count, int padded, MemorySegment to,
            long toRow) {
        MemorySegment source = NativeMemory.of(from);
        MemorySegment target = NativeMemory.of(to);
        for (int n = 0; n < count; n++) {
            target.set(Element32.LAYOUT, toRow + (long) n * Element32.BYTES,
                    source.get(Element32.LAYOUT, fromRow + points[n]));
        }
        for (int n = count; n < padded; n++) {
            target.set(Element32.LAYOUT, toRow + (long) n * Element32.BYTES, 0);
        }
    }
}
