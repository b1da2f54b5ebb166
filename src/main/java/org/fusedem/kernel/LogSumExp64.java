package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Stage two: from log-densities to responsibilities, in place, and the log-likelihood.
 *
 * <p>Three walks over some points that stay in the nearest cache: the largest, the exponentials and their sum, the
 * division. What a walk finds is left in rows of scratch for the next one, and not in registers: so the long chain of
 * operations of one exponential overlaps with those of its neighbours, however few the components.
 *
 * <p>Where every point weighs 1, the logarithms of the sums are not taken one by one: the sums, each between 1 and K,
 * are multiplied up, and few logarithms are taken of the products.
 */
final class LogSumExp64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private LogSumExp64() {}

    /** The largest of each point's log-densities; and clears the sums. Points at bytes from to {@code to} of rows. */
    static void largest(MemorySegment densities, long rowBytes, int components, long from, long to,
            MemorySegment scratchRows, long largest, long sums) {
        MemorySegment r = NativeMemory.of(densities);
        MemorySegment scratch = NativeMemory.of(scratchRows);
        long end = components * rowBytes;
        for (long p = from; p < to; p += 2 * VECTOR) {
            DoubleVector max0 = DoubleVector.fromMemorySegment(SPECIES, r, p, ORDER);
            DoubleVector max1 = DoubleVector.fromMemorySegment(SPECIES, r, p + VECTOR, ORDER);
            for (long at = p + rowBytes; at < end; at += rowBytes) {
                DoubleVector l0 = DoubleVector.fromMemorySegment(SPECIES, r, at, ORDER);
                DoubleVector l1 = DoubleVector.fromMemorySegment(SPECIES, r, at + VECTOR, ORDER);
                max0 = max0.blend(l0, max0.lt(l0));
                max1 = max1.blend(l1, max1.lt(l1));
            }
            max0.intoMemorySegment(scratch, largest + p, ORDER);
            max1.intoMemorySegment(scratch, largest + p + VECTOR, ORDER);
            DoubleVector.zero(SPECIES).intoMemorySegment(scratch, sums + p, ORDER);
            DoubleVector.zero(SPECIES).intoMemorySegment(scratch, sums + p + VECTOR, ORDER);
        }
    }

    /** Divides by the sums, and multiplies by the points' weights. */
    static void divide(MemorySegment densities, long rowBytes, int components, long from, long to,
            MemorySegment scratchRows, long sums, MemorySegment pointWeights) {
        MemorySegment r = NativeMemory.of(densities);
        MemorySegment scratch = NativeMemory.of(scratchRows);
        MemorySegment weights = NativeMemory.of(pointWeights);
        long end = components * rowBytes;
        for (long p = from; p < to; p += 2 * VECTOR) {
            DoubleVector sum0 = DoubleVector.fromMemorySegment(SPECIES, scratch, sums + p, ORDER);
            DoubleVector sum1 = DoubleVector.fromMemorySegment(SPECIES, scratch, sums + p + VECTOR, ORDER);
            DoubleVector share0 = DoubleVector.fromMemorySegment(SPECIES, weights, p, ORDER).div(sum0);
            DoubleVector share1 = DoubleVector.fromMemorySegment(SPECIES, weights, p + VECTOR, ORDER).div(sum1);
            for (long at = p; at < end; at += rowBytes) {
                DoubleVector e0 = DoubleVector.fromMemorySegment(SPECIES, r, at, ORDER);
                DoubleVector e1 = DoubleVector.fromMemorySegment(SPECIES, r, at + VECTOR, ORDER);
                e0.mul(share0).intoMemorySegment(r, at, ORDER);
                e1.mul(share1).intoMemorySegment(r, at + VECTOR, ORDER);
            }
        }
    }

    /**
     * The log-likelihood of points that weigh 1 each, from what the walks left behind; the row behind the sums is used.
     *
     * @param wide room for the lanes of a vector of doubles
     */
    static double unweighted( // in double
            MemorySegment scratch, long largest, long sums, long to, int components, double[] lanes,
            double[] wide) { // in double
        long stretch = Element64.PRODUCT_BITS / (Integer.SIZE - Integer.numberOfLeadingZeros(components)) * VECTOR;
        double total = RowSum64.of(scratch, largest, to, wide); // in double
        for (long from = 0; from < to; from += stretch) {
            total += logOfProduct(scratch, sums + from, Math.min(stretch, to - from), sums + Tile.ROW_BYTES, lanes);
        }
        return total;
    }

    private static double logOfProduct( // in double
            MemorySegment scratchRows, long sums, long bytes, long spare, double[] lanes) {
        MemorySegment scratch = NativeMemory.of(scratchRows);
        DoubleVector product = DoubleVector.broadcast(SPECIES, 1);
        for (long p = 0; p < bytes; p += VECTOR) {
            product = product.mul(DoubleVector.fromMemorySegment(SPECIES, scratch, sums + p, ORDER));
        }
        product.intoMemorySegment(scratch, spare, ORDER);
        Logarithm64.row(scratch, spare, VECTOR);
        DoubleVector.fromMemorySegment(SPECIES, scratch, spare, ORDER).intoArray(lanes, 0);
        return LaneSum64.of(lanes, 0);
    }

    /**
     * The log-likelihood of weighted points, from what the walks left behind: the sums are lost.
     *
     * @param wide room for the lanes of a vector of doubles
     */
    static double weighted( // in double
            MemorySegment scratchRows, long largest, long sums, long to, MemorySegment pointWeights,
            double[] wide) { // in double
        MemorySegment scratch = NativeMemory.of(scratchRows);
        MemorySegment weights = NativeMemory.of(pointWeights);
        Logarithm64.row(scratch, sums, to);
        for (long p = 0; p < to; p += VECTOR) {
            DoubleVector log = DoubleVector.fromMemorySegment(SPECIES, scratch, sums + p, ORDER);
            DoubleVector max = DoubleVector.fromMemorySegment(SPECIES, scratch, largest + p, ORDER);
            max.add(log).mul(DoubleVector.fromMemorySegment(SPECIES, weights, p, ORDER))
                    .intoMemorySegment(scratch, largest + p, ORDER);
        }
        return RowSum64.of(scratch, largest, to, wide);
    }
}
