package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Stage two: from log-densities to responsibilities, in place, and the log-likelihood.
 *
 * <p>Three walks over the components of a few points, which stay in the nearest cache: the largest, the exponentials
 * and their sum, the division. Each point's largest and sum are left in two rows of scratch. Where every point weighs
 * 1, the logarithms of the sums are not taken one by one: the sums, each between 1 and K, are multiplied up, and few
 * logarithms are taken of the products.
 */
final class LogSumExp64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private LogSumExp64() {}

    /**
     * Responsibilities of points at bytes 0 to {@code to} of each row.
     *
     * @param scratch the memory of two rows, {@code largest} and {@code sums}, that receive each point's largest
     *     log-density and sum of exponentials
     */
    static void responsibilities(MemorySegment r, long rowBytes, int components, long to, MemorySegment weights,
            MemorySegment scratch, long largest, long sums) {
        long end = components * rowBytes;
        for (long p = 0; p < to; p += 2 * VECTOR) {
            DoubleVector max0 = DoubleVector.fromMemorySegment(SPECIES, r, p, ORDER);
            DoubleVector max1 = DoubleVector.fromMemorySegment(SPECIES, r, p + VECTOR, ORDER);
            for (long at = p + rowBytes; at < end; at += rowBytes) {
                DoubleVector l0 = DoubleVector.fromMemorySegment(SPECIES, r, at, ORDER);
                DoubleVector l1 = DoubleVector.fromMemorySegment(SPECIES, r, at + VECTOR, ORDER);
                max0 = max0.blend(l0, max0.lt(l0));
                max1 = max1.blend(l1, max1.lt(l1));
            }
            DoubleVector sum0 = DoubleVector.zero(SPECIES);
            DoubleVector sum1 = sum0;
            for (long at = p; at < end; at += rowBytes) {
                DoubleVector l0 = DoubleVector.fromMemorySegment(SPECIES, r, at, ORDER);
                DoubleVector l1 = DoubleVector.fromMemorySegment(SPECIES, r, at + VECTOR, ORDER);
                DoubleVector e0 = Exponential64.exp(l0.sub(max0), Element64.NEGLIGIBLE);
                DoubleVector e1 = Exponential64.exp(l1.sub(max1), Element64.NEGLIGIBLE);
                e0.intoMemorySegment(r, at, ORDER);
                e1.intoMemorySegment(r, at + VECTOR, ORDER);
                sum0 = sum0.add(e0);
                sum1 = sum1.add(e1);
            }
            DoubleVector share0 = DoubleVector.fromMemorySegment(SPECIES, weights, p, ORDER).div(sum0);
            DoubleVector share1 = DoubleVector.fromMemorySegment(SPECIES, weights, p + VECTOR, ORDER).div(sum1);
            for (long at = p; at < end; at += rowBytes) {
                DoubleVector e0 = DoubleVector.fromMemorySegment(SPECIES, r, at, ORDER);
                DoubleVector e1 = DoubleVector.fromMemorySegment(SPECIES, r, at + VECTOR, ORDER);
                e0.mul(share0).intoMemorySegment(r, at, ORDER);
                e1.mul(share1).intoMemorySegment(r, at + VECTOR, ORDER);
            }
            max0.intoMemorySegment(scratch, largest + p, ORDER);
            max1.intoMemorySegment(scratch, largest + p + VECTOR, ORDER);
            sum0.intoMemorySegment(scratch, sums + p, ORDER);
            sum1.intoMemorySegment(scratch, sums + p + VECTOR, ORDER);
        }
    }

    /** The log-likelihood of points that weigh 1 each, from what {@link #responsibilities} left behind. */
    static double unweighted( // in double
            MemorySegment scratch, long largest, long sums, long to, int components) {
        long stretch = Element64.PRODUCT_BITS / (Integer.SIZE - Integer.numberOfLeadingZeros(components)) * VECTOR;
        double total = 0; // in double
        for (long from = 0; from < to; from += stretch) {
            total += stretch(scratch, largest + from, sums + from, Math.min(stretch, to - from));
        }
        return total;
    }

    private static double stretch(MemorySegment scratch, long largest, long sums, long bytes) {
        DoubleVector max = DoubleVector.zero(SPECIES);
        DoubleVector product = DoubleVector.broadcast(SPECIES, 1);
        for (long p = 0; p < bytes; p += VECTOR) {
            max = max.add(DoubleVector.fromMemorySegment(SPECIES, scratch, largest + p, ORDER));
            product = product.mul(DoubleVector.fromMemorySegment(SPECIES, scratch, sums + p, ORDER));
        }
        return LaneSum64.of(max.add(Logarithm64.log(product)));
    }

    /** The log-likelihood of weighted points, from what {@link #responsibilities} left behind. */
    static double weighted(MemorySegment scratch, long largest, long sums, long to, MemorySegment weights) {
        DoubleVector total = DoubleVector.zero(SPECIES);
        for (long p = 0; p < to; p += VECTOR) {
            DoubleVector log = Logarithm64.log(DoubleVector.fromMemorySegment(SPECIES, scratch, sums + p, ORDER));
            DoubleVector max = DoubleVector.fromMemorySegment(SPECIES, scratch, largest + p, ORDER);
            total = max.add(log).fma(DoubleVector.fromMemorySegment(SPECIES, weights, p, ORDER), total);
        }
        return LaneSum64.of(total);
    }
}
