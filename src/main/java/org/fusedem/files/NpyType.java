package org.fusedem.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.fusedem.points.ElementType;

/**
 * What NumPy calls a dtype, of those read here: {@code f}loats of 4 and 8 bytes, {@code i}ntegers and {@code u}nsigned ones
 * of 1 to 8, and {@code U}nicode strings of a fixed number of characters, 4 bytes each.
 *
 * @param kind f, i, u or U
 * @param bytes of one element
 * @param order of its bytes
 */
record NpyType(char kind, int bytes, ByteOrder order) {
    static final NpyType FLOAT64 = new NpyType('f', Double.BYTES, ByteOrder.LITTLE_ENDIAN);
    static final NpyType FLOAT32 = new NpyType('f', Float.BYTES, ByteOrder.LITTLE_ENDIAN);

    /** Beyond this not every whole number is a double. */
    private static final long LARGEST_EXACT = 1L << 53;

    /** Longer than any name; a string's bytes must fit an int. */
    private static final int LONGEST_STRING = 1 << 20;

    static NpyType text(int characters) {
        return new NpyType('U', characters * 4, ByteOrder.LITTLE_ENDIAN);
    }

    /** The type of a {@code descr}; null if it is none of these. */
    static NpyType of(String descr) {
        if (!descr.matches("[<>|=][fiuU]\\d{1,7}")) {
            return null;
        }
        char kind = descr.charAt(1);
        int size = Integer.parseInt(descr.substring(2));
        boolean known = switch (kind) {
            case 'f' -> size == 4 || size == 8;
            case 'U' -> size > 0 && size <= LONGEST_STRING;
            default -> size == 1 || size == 2 || size == 4 || size == 8;
        };
        ByteOrder order = switch (descr.charAt(0)) {
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
        return known ? new NpyType(kind, kind == 'U' ? size * 4 : size, order) : null;
    }

    /** As it stands in a header. */
    String descr() {
        return (order == ByteOrder.LITTLE_ENDIAN ? "<" : ">") + kind + (kind == 'U' ? bytes / 4 : bytes);
    }

    boolean isNumeric() {
        return kind != 'U';
    }

    /** The element type whose memory is the same, or null. */
    ElementType element() {
        return kind != 'f' || order != ByteOrder.nativeOrder() ? null
                : bytes == Double.BYTES ? ElementType.FLOAT64 : ElementType.FLOAT32;
    }

    /** The element as it is, if a double can hold it exactly; else infinity, of its sign. */
    double get(MemorySegment data, long offset) {
        return switch (kind) {
            case 'f' -> bytes == 8 ? data.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), offset)
                    : data.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), offset);
            case 'i' -> integer(data, offset);
            default -> unsigned(data, offset);
        };
    }

    private double integer(MemorySegment data, long offset) {
        return switch (bytes) {
            case 1 -> data.get(ValueLayout.JAVA_BYTE, offset);
            case 2 -> data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset);
            case 4 -> data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset);
            default -> {
                long value = data.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset);
                yield value > LARGEST_EXACT ? Double.POSITIVE_INFINITY
                        : value < -LARGEST_EXACT ? Double.NEGATIVE_INFINITY : value;
            }
        };
    }

    private double unsigned(MemorySegment data, long offset) {
        return switch (bytes) {
            case 1 -> data.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
            case 2 -> data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset) & 0xFFFF;
            case 4 -> data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset) & 0xFFFF_FFFFL;
            default -> {
                long value = data.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset);
                yield value < 0 || value > LARGEST_EXACT ? Double.POSITIVE_INFINITY : value;
            }
        };
    }

    /** A string without the zeros that fill it up; null if there is something that is no character. */
    String text(MemorySegment data, long offset) {
        StringBuilder text = new StringBuilder();
        int length = bytes / 4;
        ValueLayout.OfInt character = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        while (length > 0 && data.get(character, offset + 4L * (length - 1)) == 0) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            int code = data.get(character, offset + 4L * i);
            if (!Character.isValidCodePoint(code)) {
                return null;
            }
            text.appendCodePoint(code);
        }
        return text.toString();
    }
}
