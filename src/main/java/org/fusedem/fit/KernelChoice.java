package org.fusedem.fit;

/**
 * Which kernel does a fit's arithmetic. A fit never mixes them; {@link FitResult#kernel()} says which it was. The two agree
 * to rounding, not to the last bit: where the bits of one fit must be those of the next, choose one.
 */
public enum KernelChoice {
    /**
     * The faster one for this fit. That is the vector kernel, but for small fits in a young process: until the JIT has
     * compiled the vector kernel, the scalar one is many times faster, so fits of less than about half a second start on
     * it, and each spends as much time again on warming up the vector kernel, until that one wins. Without the vector
     * module it is the scalar kernel; and the system property {@code fusedem.kernel} ({@code scalar} or {@code vector})
     * decides for all.
     */
    AUTOMATIC,
    /** Plain loops, some twenty times slower once the JIT has compiled both. */
    SCALAR,
    /** Vectors, also while they are cold. */
    VECTOR
}
