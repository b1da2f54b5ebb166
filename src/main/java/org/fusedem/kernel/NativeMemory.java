package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Tells the compiler that a segment is native.
 *
 * <p>The vector API itself writes vectors to segments on the heap while its methods are not compiled yet, to
 * reinterpret their bits. What the compiler then has learnt of segments is that they are of two kinds, and it puts a
 * barrier around each access: no check is lifted out of a loop any more. A comparison with the class itself, at the
 * start of a method, outweighs what has been learnt.
 */
final class NativeMemory {
    private static final Class<?> NATIVE = MemorySegment.NULL.getClass();

    private NativeMemory() {}

    /** The same segment, now known to be native. */
    static MemorySegment of(MemorySegment segment) {
        if (segment.getClass() != NATIVE) {
            throw new IllegalArgumentException("not a native segment: " + segment);
        }
        return segment;
    }
}
