package org.fusedem.cli.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Type;

/** How an Arrow column stores numbers, little-endian. */
enum ArrowNumber {
    FLOAT16(2),
    FLOAT32(4),
    FLOAT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8);

    /** Beyond this not every whole number is a double. */
    private static final long LARGEST_EXACT = 1L << 53;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;

    ArrowNumber(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** The numbers of a column; null if it holds something else. */
    static ArrowNumber of(Field field) {
        if (field.dictionary() != null) {
            return null;
        }
        if (field.typeType() == Type.FloatingPoint) {
            return switch (((FloatingPoint) field.type(new FloatingPoint())).precision()) {
                case Precision.HALF -> FLOAT16;
                case Precision.SINGLE -> FLOAT32;
                case Precision.DOUBLE -> FLOAT64;
                default -> null;
            };
        }
        if (field.typeType() == Type.Int) {
            Int integer = (Int) field.type(new Int());
            return switch (integer.bitWidth()) {
                case 8 -> integer.isSigned() ? INT8 : UINT8;
                case 16 -> integer.isSigned() ? INT16 : UINT16;
                case 32 -> integer.isSigned() ? INT32 : UINT32;
                case 64 -> integer.isSigned() ? INT64 : UINT64;
                default -> null;
            };
        }
        return null;
    }

    /** A number; infinity for an integer that no double holds exactly. */
    double get(MemorySegment numbers, long index) {
        return switch (this) {
            case FLOAT16 -> Float.float16ToFloat(numbers.getAtIndex(SHORT, index));
            case FLOAT32 -> numbers.getAtIndex(FLOAT, index);
            case FLOAT64 -> numbers.getAtIndex(DOUBLE, index);
            case INT8 -> numbers.get(ValueLayout.JAVA_BYTE, index);
            case INT16 -> numbers.getAtIndex(SHORT, index);
            case INT32 -> numbers.getAtIndex(INT, index);
            case UINT8 -> numbers.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
            case UINT16 -> numbers.getAtIndex(SHORT, index) & 0xFFFF;
            case UINT32 -> numbers.getAtIndex(INT, index) & 0xFFFF_FFFFL;
            case INT64 -> {
                long value = numbers.getAtIndex(LONG, index);
                yield value > LARGEST_EXACT ? Double.POSITIVE_INFINITY
                        : value < -LARGEST_EXACT ? Double.NEGATIVE_INFINITY : value;
            }
            case UINT64 -> {
                long value = numbers.getAtIndex(LONG, index);
                yield value < 0 || value > LARGEST_EXACT ? Double.POSITIVE_INFINITY : value;
            }
        };
    }
}
