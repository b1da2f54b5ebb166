package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector kernel's own exponential and logarithm, for benchmarks alone. They are nobody else's business, so the
 * kernel package keeps them to itself; on the class path, where benchmarks run, a class of the same package may use
 * them.
 */
public final class KernelFunctions {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private KernelFunctions() {}

    /** The exponential of each double in so many bytes, a whole number of vectors. */
    public static void exp(MemorySegment from, MemorySegment to, long bytes) {
        for (long at = 0; at < bytes; at += SPECIES.vectorByteSize()) {
            DoubleVector x = DoubleVector.fromMemorySegment(SPECIES, from, at, ORDER);
            Exponential64.exp(x, Exponential64.LEAST).intoMemorySegment(to, at, ORDER);
        }
    }

    /** The logarithm of each double in so many bytes, a whole number of vectors. */
    public static void log(MemorySegment from, MemorySegment to, long bytes) {
        MemorySegment.copy(from, 0, to, 0, bytes);
        Logarithm64.row(to, 0, bytes);
    }
}
