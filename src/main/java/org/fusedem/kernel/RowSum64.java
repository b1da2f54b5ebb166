package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The sum of a row of doubles. */
final class RowSum64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private RowSum64() {}

    /** The sum of {@code bytes} from {@code row} on, a whole number of two vectors. */
    static double of(MemorySegment rows, long row, long bytes, double[] lanes) {
        MemorySegment x = NativeMemory.of(rows);
        DoubleVector sum0 = DoubleVector.zero(SPECIES);
        DoubleVector sum1 = sum0;
        for (long p = 0; p < bytes; p += 2 * VECTOR) {
            sum0 = sum0.add(DoubleVector.fromMemorySegment(SPECIES, x, row + p, ORDER));
            sum1 = sum1.add(DoubleVector.fromMemorySegment(SPECIES, x, row + p + VECTOR, ORDER));
        }
        sum0.add(sum1).intoArray(lanes, 0);
        return LaneSum64.of(lanes, 0);
    }
}
