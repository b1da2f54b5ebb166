package org.fusedem.points;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How one number of a column is stored: IEEE 754, in the byte order of the machine. */
public enum ElementType {
    /** 64 bits, a Java {@code double}. */
    FLOAT64(Double.BYTES, Double.MAX_VALUE),
    /** 32 bits, a Java {@code float}: half the memory; about seven significant digits. */
    FLOAT32(Float.BYTES, Float.MAX_VALUE);

    private final int bytes;
    private final double largest;

    ElementType(int bytes, double largest) {
        this.bytes = bytes;
        this.largest = largest;
    }

    /** The size of one number in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The largest magnitude this type holds. */
    double largest() {
        return largest;
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
