package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The sum of a row of floats, each widened before it is added. */
final class RowSum32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private RowSum32() {}

    /** The sum of {@code bytes} from {@code row} on, a whole number of vectors. */
    static double of(MemorySegment rows, long row, long bytes, double[] lanes) {
        MemorySegment x = NativeMemory.of(rows);
        DoubleVector lower = DoubleVector.zero(WIDE);
        DoubleVector upper = lower;
        for (long p = 0; p < bytes; p += VECTOR) {
            FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, row + p, ORDER);
            lower = lower.add(v.convertShape(VectorOperators.F2D, WIDE, 0));
            upper = upper.add(v.convertShape(VectorOperators.F2D, WIDE, 1));
        }
        lower.add(upper).intoArray(lanes, 0);
        return LaneSum64.of(lanes, 0);
    }
}
