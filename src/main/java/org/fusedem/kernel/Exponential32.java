package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code exp} of a row of floats, within 1.1 ulp: {@link Exponential64} with a shorter polynomial, whose own error is
 * 1.1e-8.
 */
final class Exponential32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    /** Below this the result counts as zero: a subnormal would cost a hundred times the time of a number. */
    static final float LEAST = -87;
    /** Above this the power of two no longer fits. */
    static final float LARGEST = 88;

    /** Adding this to a small number rounds it to whole, and leaves it in the lowest bits. */
    private static final float ROUNDER = 0x1.8p23f;
    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6931472f;
    private static final float LN2_LOW = -1.9046542e-09f;
    private static final int FRACTION_BITS = 23;

    private Exponential32() {}

    /**
     * In place, {@code bytes} from {@code row} on, a whole number of vectors: {@code exp(x - shift)}, each number with the
     * shift that stands at its place, and added to the sum there.
     */
    static void row(MemorySegment rows, long row, long bytes, float least, MemorySegment scratchRows, long shifts,
            long sums) {
        MemorySegment memory = NativeMemory.of(rows);
        MemorySegment scratch = NativeMemory.of(scratchRows);
        for (long at = 0; at < bytes; at += VECTOR) {
            FloatVector shift = FloatVector.fromMemorySegment(SPECIES, scratch, shifts + at, ORDER);
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, memory, row + at, ORDER).sub(shift);
            FloatVector rounded = x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
            FloatVector n = rounded.sub(ROUNDER);
            FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
            r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(SPECIES, 0.0013926184f);
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.008363179f));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.041666556f));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.16666576f));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1));
            IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, FRACTION_BITS);
            FloatVector scaled = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
            FloatVector e = scaled.blend(0, x.lt(least));
            e.intoMemorySegment(memory, row + at, ORDER);
            FloatVector.fromMemorySegment(SPECIES, scratch, sums + at, ORDER).add(e)
                    .intoMemorySegment(scratch, sums + at, ORDER);
        }
    }
}
