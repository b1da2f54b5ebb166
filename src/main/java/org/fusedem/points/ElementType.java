package org.fusedem.points;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How one number of a column is stored: IEEE 754, in the byte order of the machine. */
public enum ElementType {
    /**
     * 64 bits, a Java {@code double}; at most 1e152 in magnitude. Features may be as small as they like, as long as a
     * variance of them is a normal number: a fit refuses those that vary by less than some 1e-150.
     */
    FLOAT64(Double.BYTES, 1e152),
    /**
     * 32 bits, a Java {@code float}: half the memory, about seven significant digits; at most 1e17 in magnitude. A fit
     * refuses features that vary by less than some 1e-33.
     */
    FLOAT32(Float.BYTES, 1e17);

    /** A cache line, and the widest vector register. */
    static final long LINE_BYTES = 64;

    private final int bytes;
    private final double largestValue;

    ElementType(int bytes, double largestValue) {
        this.bytes = bytes;
        this.largestValue = largestValue;
    }

    /** The size of one number in bytes. */
    public int bytes() {
        return bytes;
    }

    /**
     * The bytes from the start of a column to that of the next, where columns of so many numbers stand in one block: whole
     * cache lines, and an odd number of them, since with an even one, say 4096 bytes, the same row of all columns would
     * fall into the same few cache sets and evict itself.
     *
     * @param points 0 or more
     * @throws ArithmeticException if they are more than 2^63 - 1
     */
    public long strideBytes(long points) {
        return Math.multiplyExact(Math.ceilDiv(Math.multiplyExact(points, (long) bytes), LINE_BYTES) | 1, LINE_BYTES);
    }

    /** The largest magnitude of a coordinate: the squares of the distances in a tile must sum to a finite number. */
    public double largestValue() {
        return largestValue;
    }

    /** A number as it comes back from a column of this type. */
    public double stored(double value) {
        return switch (this) {
            case FLOAT64 -> value;
            case FLOAT32 -> (float) value;
        };
    }

    double get(MemorySegment segment, long byteOffset) {
        return switch (this) {
            case FLOAT64 -> segment.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, byteOffset);
            case FLOAT32 -> segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, byteOffset);
        };
    }

    void set(MemorySegment segment, long byteOffset, double value) {
        switch (this) {
            case FLOAT64 -> segment.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, byteOffset, value);
            case FLOAT32 -> segment.set(ValueLayout.JAVA_FLOAT_UNALIGNED, byteOffset, (float) value);
        }
    }
}
