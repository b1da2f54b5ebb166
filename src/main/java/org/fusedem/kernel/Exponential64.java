package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code exp} of many doubles, within 1.1 ulp: {@code exp(x)} for {@code least <= x <= LARGEST}, and 0 for x below
 * {@code least}, itself at least {@link #LEAST}.
 *
 * <p>{@code x = n log 2 + r} with n whole and {@code |r| <= log(2) / 2}, so {@code exp(x) = 2^n exp(r)}. The
 * polynomial {@code 1 + r + r^2 q(r)} interpolates exp at Chebyshev nodes; its own error is 1.6e-17. By Estrin's
 * scheme, since one point alone waits for the longest chain of operations.
 *
 * <p>It stands here twice, for numbers off the heap and on it. A helper that takes a vector and returns one would do for
 * both, but where C2 takes its call for rare it is called like any other, with each vector in an object.
 */
final class Exponential64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();
    private static final int LANES = SPECIES.length();

    /** Below this the result counts as zero: a subnormal would cost a hundred times the time of a number. */
    static final double LEAST = -708;
    /** Above this the power of two no longer fits. */
    static final double LARGEST = 709;

    /** Adding this to a small number rounds it to whole, and leaves it in the lowest bits. */
    private static final double ROUNDER = 0x1.8p52;
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN2_HIGH = 0.6931471805599453;
    private static final double LN2_LOW = 2.3190468138462996e-17;
    private static final int FRACTION_BITS = 52;

    private Exponential64() {}

    /**
     * In place, {@code bytes} from {@code row} on, a whole number of vectors: {@code exp(x - shift)}, each number with the
     * shift that stands at its place, and added to the sum there.
     */
    static void row(MemorySegment rows, long row, long bytes, double least, MemorySegment scratchRows, long shifts,
            long sums) {
        MemorySegment memory = NativeMemory.of(rows);
        MemorySegment scratch = NativeMemory.of(scratchRows);
        for (long at = 0; at < bytes; at += VECTOR) {
            DoubleVector shift = DoubleVector.fromMemorySegment(SPECIES, scratch, shifts + at, ORDER);
            DoubleVector x = DoubleVector.fromMemorySegment(SPECIES, memory, row + at, ORDER).sub(shift);
            DoubleVector rounded = x.fma(DoubleVector.broadcast(SPECIES, LOG2_E),
                    DoubleVector.broadcast(SPECIES, ROUNDER));
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), x);
            r = n.fma(DoubleVector.broadcast(SPECIES, -LN2_LOW), r);
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector p10 = DoubleVector.broadcast(SPECIES, 2.510038549551032e-08).fma(r,
                    DoubleVector.broadcast(SPECIES, 2.7620088445409746e-07));
            DoubleVector p8 = DoubleVector.broadcast(SPECIES, 2.7557268459997064e-06).fma(r,
                    DoubleVector.broadcast(SPECIES, 2.4801521295954376e-05));
            DoubleVector p6 = DoubleVector.broadcast(SPECIES, 0.00019841269863053618).fma(r,
                    DoubleVector.broadcast(SPECIES, 0.0013888888917213717));
            DoubleVector p4 = DoubleVector.broadcast(SPECIES, 0.008333333333330062).fma(r,
                    DoubleVector.broadcast(SPECIES, 0.04166666666662413));
            DoubleVector p2 = DoubleVector.broadcast(SPECIES, 0.16666666666666669).fma(r,
                    DoubleVector.broadcast(SPECIES, 0.5000000000000001));
            DoubleVector high = p10.fma(r2, p8);
            DoubleVector middle = p6.fma(r2, p4);
            DoubleVector tail = high.fma(r4, middle).fma(r2, p2);
            DoubleVector p = tail.fma(r2, r).add(1);
            LongVector exponent = rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, FRACTION_BITS);
            DoubleVector scaled = p.reinterpretAsLongs().add(exponent).reinterpretAsDoubles();
            DoubleVector e = scaled.blend(0, x.lt(least));
            e.intoMemorySegment(memory, row + at, ORDER);
            DoubleVector.fromMemorySegment(SPECIES, scratch, sums + at, ORDER).add(e)
                    .intoMemorySegment(scratch, sums + at, ORDER);
        }
    }

    /** {@code exp(x - shift)} of all the numbers of an array, a whole number of vectors. */
    static void array(double[] numbers, double shift, double least, double[] into) {
        for (int at = 0; at < numbers.length; at += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, numbers, at).sub(shift);
            DoubleVector rounded = x.fma(DoubleVector.broadcast(SPECIES, LOG2_E),
                    DoubleVector.broadcast(SPECIES, ROUNDER));
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), x);
            r = n.fma(DoubleVector.broadcast(SPECIES, -LN2_LOW), r);
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector p10 = DoubleVector.broadcast(SPECIES, 2.510038549551032e-08).fma(r,
                    DoubleVector.broadcast(SPECIES, 2.7620088445409746e-07));
            DoubleVector p8 = DoubleVector.broadcast(SPECIES, 2.7557268459997064e-06).fma(r,
                    DoubleVector.broadcast(SPECIES, 2.4801521295954376e-05));
            DoubleVector p6 = DoubleVector.broadcast(SPECIES, 0.00019841269863053618).fma(r,
                    DoubleVector.broadcast(SPECIES, 0.0013888888917213717));
            DoubleVector p4 = DoubleVector.broadcast(SPECIES, 0.008333333333330062).fma(r,
                    DoubleVector.broadcast(SPECIES, 0.04166666666662413));
            DoubleVector p2 = DoubleVector.broadcast(SPECIES, 0.16666666666666669).fma(r,
                    DoubleVector.broadcast(SPECIES, 0.5000000000000001));
            DoubleVector high = p10.fma(r2, p8);
            DoubleVector middle = p6.fma(r2, p4);
            DoubleVector tail = high.fma(r4, middle).fma(r2, p2);
            DoubleVector p = tail.fma(r2, r).add(1);
            LongVector exponent = rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, FRACTION_BITS);
            DoubleVector scaled = p.reinterpretAsLongs().add(exponent).reinterpretAsDoubles();
            scaled.blend(0, x.lt(least)).intoArray(into, at);
        }
    }
}
