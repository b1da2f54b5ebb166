package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The vector kernel's own exponential and logarithm, for benchmarks alone. They are nobody else's business, so the
 * kernel package keeps them to itself; on the class path, where benchmarks run, a class of the same package may use
 * them.
 */
public final class KernelFunctions {
    private KernelFunctions() {}

    /**
     * The exponential of each double in so many bytes, a whole number of vectors: as in a pass, what stands in the first
     * half of the scratch is subtracted before, and the result added to what stands in the second.
     */
    public static void exp(MemorySegment from, MemorySegment to, long bytes, MemorySegment scratch) {
        MemorySegment.copy(from, 0, to, 0, bytes);
        Exponential64.row(to, 0, bytes, Exponential64.LEAST, scratch, 0, bytes);
    }

    /** The logarithm of each double in so many bytes, a whole number of vectors. */
    public static void log(MemorySegment from, MemorySegment to, long bytes) {
        MemorySegment.copy(from, 0, to, 0, bytes);
        Logarithm64.row(to, 0, bytes);
    }
}
