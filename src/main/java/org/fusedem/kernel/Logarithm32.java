package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The natural logarithm of a row of positive, normal, finite floats, within 1 ulp: {@link Logarithm64} with the
 * polynomial of Sun's fdlibm, {@code e_logf.c}.
 */
final class Logarithm32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private static final float LN2_HIGH = 6.9313812256e-01f;
    private static final float LN2_LOW = 9.0580006145e-06f;
    private static final int FRACTION_BITS = 23;
    private static final int EXPONENT_BIAS = 127;
    private static final int SQRT_HALF_BITS = 0x3f3504f3;
    /** Adding this to the bits moves the border of an exponent from 1 to sqrt(1/2). */
    private static final int BORDER = 0x3f800000 - SQRT_HALF_BITS;
    private static final int FRACTION = (1 << FRACTION_BITS) - 1;
    /** A float of this exponent whose fraction is a whole number k has the value {@code 2^23 + k}. */
    private static final int INTEGER_BITS = 0x4b000000;

    private Logarithm32() {}

    /** In place, {@code bytes} from {@code row} on. In memory, since a helper that hands out vectors may not be inlined. */
    static void row(MemorySegment rows, long row, long bytes) {
        MemorySegment x = NativeMemory.of(rows);
        for (long p = row; p < row + bytes; p += VECTOR) {
            IntVector moved = FloatVector.fromMemorySegment(SPECIES, x, p, ORDER).reinterpretAsInts().add(BORDER);
            IntVector exponent = moved.lanewise(VectorOperators.LSHR, FRACTION_BITS);
            FloatVector n = exponent.or(INTEGER_BITS).reinterpretAsFloats().sub(0x1p23f + EXPONENT_BIAS);
            FloatVector m = moved.and(FRACTION).add(SQRT_HALF_BITS).reinterpretAsFloats();
            FloatVector f = m.sub(1);
            FloatVector s = f.div(f.add(2));
            FloatVector z = s.mul(s);
            FloatVector q = FloatVector.broadcast(SPECIES, 0.24279078841f);
            q = q.fma(z, FloatVector.broadcast(SPECIES, 0.28498786688f));
            q = q.fma(z, FloatVector.broadcast(SPECIES, 0.40000972152f));
            q = q.fma(z, FloatVector.broadcast(SPECIES, 0.66666662693f));
            q = q.mul(z);
            // log m = f - (f^2/2 - s (f^2/2 + q)): this order keeps the rounding of f out of the result.
            FloatVector half = f.mul(f).mul(0.5f);
            FloatVector low = n.fma(FloatVector.broadcast(SPECIES, LN2_LOW), s.mul(half.add(q)));
            n.fma(FloatVector.broadcast(SPECIES, LN2_HIGH), f.sub(half.sub(low)))
                    .intoMemorySegment(x, p, ORDER);
        }
    }
}
