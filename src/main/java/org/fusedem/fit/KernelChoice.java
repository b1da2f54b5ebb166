package org.fusedem.fit;

/**
 * Which kernel does a fit's arithmetic. A fit never mixes them; {@link FitResult#kernel()} says which it was. The two
 * agree to rounding, not to the last bit: where the bits of one fit must be those of the next, choose one.
 */
public enum KernelChoice {
    /**
     * The vector kernel, but for small fits, of less than about half a second in plain loops, that it would be slower
     * for: in a process that has not warmed it up, see {@link ComputeKernel#warmUp}, the JIT has to compile it first.
     * So a service that fits small windows calls that once for the shape and type it uses. The choice depends on the
     * size of the fit and on that call, on nothing else. Without the vector module, and on x86 with vectors of no more
     * than 128 bits, which the JIT does not compile, it is the scalar kernel; and the system property
     * {@code fusedem.kernel} ({@code scalar} or {@code vector}) decides for all.
     */
    AUTOMATIC,
    /** Plain loops, some twenty times slower once the JIT has compiled both. */
    SCALAR,
    /** Vectors, also while they are cold. */
    VECTOR
}
