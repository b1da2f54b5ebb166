package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The natural logarithm of a row of positive, normal, finite doubles, within 1 ulp.
 *
 * <p>{@code x = 2^n m} with m between sqrt(1/2) and sqrt(2); with {@code s = (m - 1) / (m + 1)},
 * {@code log m = 2 s + s R(s^2)}. The polynomial R is that of Sun's fdlibm, {@code e_log.c}.
 */
final class Logarithm64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private static final double LN2_HIGH = 6.93147180369123816490e-01;
    private static final double LN2_LOW = 1.90821492927058770002e-10;
    private static final int FRACTION_BITS = 52;
    private static final int EXPONENT_BIAS = 1023;
    private static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
    /** Adding this to the bits moves the border of an exponent from 1 to sqrt(1/2). */
    private static final long BORDER = 0x3ff0000000000000L - SQRT_HALF_BITS;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;
    /** A double of this exponent whose fraction is a whole number k has the value {@code 2^52 + k}. */
    private static final long INTEGER_BITS = 0x4330000000000000L;

    private Logarithm64() {}

    /** In place, {@code bytes} from {@code row} on. In memory, since a helper that hands out vectors may not be inlined. */
    static void row(MemorySegment rows, long row, long bytes) {
        MemorySegment x = NativeMemory.of(rows);
        for (long p = row; p < row + bytes; p += VECTOR) {
            LongVector moved = DoubleVector.fromMemorySegment(SPECIES, x, p, ORDER).reinterpretAsLongs().add(BORDER);
            LongVector exponent = moved.lanewise(VectorOperators.LSHR, FRACTION_BITS);
            DoubleVector n = exponent.or(INTEGER_BITS).reinterpretAsDoubles().sub(0x1p52 + EXPONENT_BIAS);
            DoubleVector m = moved.and(FRACTION).add(SQRT_HALF_BITS).reinterpretAsDoubles();
            DoubleVector f = m.sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector q = DoubleVector.broadcast(SPECIES, 1.479819860511658591e-01);
            q = q.fma(z, DoubleVector.broadcast(SPECIES, 1.531383769920937332e-01));
            q = q.fma(z, DoubleVector.broadcast(SPECIES, 1.818357216161805012e-01));
            q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.222219843214978396e-01));
            q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.857142874366239149e-01));
            q = q.fma(z, DoubleVector.broadcast(SPECIES, 3.999999999940941908e-01));
            q = q.fma(z, DoubleVector.broadcast(SPECIES, 6.666666666666735130e-01));
            q = q.mul(z);
            // log m = f - (f^2/2 - s (f^2/2 + q)): this order keeps the rounding of f out of the result.
            DoubleVector half = f.mul(f).mul(0.5);
            DoubleVector low = n.fma(DoubleVector.broadcast(SPECIES, LN2_LOW), s.mul(half.add(q)));
            n.fma(DoubleVector.broadcast(SPECIES, LN2_HIGH), f.sub(half.sub(low)))
                    .intoMemorySegment(x, p, ORDER);
        }
    }
}
