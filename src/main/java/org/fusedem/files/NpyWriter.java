package org.fusedem.files;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** Writes arrays in NumPy's format. */
final class NpyWriter {
    private static final int PIECE_BYTES = 1 << 16;

    private NpyWriter() {}

    /** A table of points, columns first. */
    static void write(Points points, OutputStream out) throws IOException {
        out.write(NpyHeader.write(type(points), true, points.size(), points.dims()));
        for (int i = 0; i < points.dims(); i++) {
            write(points.column(i), points, out);
        }
    }

    /** The weights of points, one number each. */
    static void writeWeights(Points points, OutputStream out) throws IOException {
        out.write(NpyHeader.write(type(points), false, points.size()));
        write(points.weights(), points, out);
    }

    private static NpyType type(Points points) {
        return points.type() == ElementType.FLOAT64 ? NpyType.FLOAT64 : NpyType.FLOAT32;
    }

    private static void write(MemorySegment numbers, Points points, OutputStream out) throws IOException {
        long bytes = points.size() * points.type().bytes();
        byte[] piece = new byte[PIECE_BYTES];
        boolean swap = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;
        for (long at = 0; at < bytes; at += PIECE_BYTES) {
            int count = (int) Math.min(PIECE_BYTES, bytes - at);
            MemorySegment.copy(numbers, ValueLayout.JAVA_BYTE, at, piece, 0, count);
            if (swap) {
                reverse(piece, points.type().bytes());
            }
            out.write(piece, 0, count);
        }
    }

    private static void reverse(byte[] piece, int elementBytes) {
        for (int start = 0; start < piece.length; start += elementBytes) {
            for (int i = 0; i < elementBytes / 2; i++) {
                byte kept = piece[start + i];
                piece[start + i] = piece[start + elementBytes - 1 - i];
                piece[start + elementBytes - 1 - i] = kept;
            }
        }
    }

    /** Numbers, rows first; the product of the shape is their number. */
    static void write(double[] numbers, OutputStream out, long... shape) throws IOException {
        out.write(NpyHeader.write(NpyType.FLOAT64, false, shape));
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            out.write(bytes.putDouble(0, number).array());
        }
    }

    /** Strings; without a shape a single one. */
    static void write(List<String> strings, OutputStream out, long... shape) throws IOException {
        int longest = Math.max(1, strings.stream().mapToInt(text -> text.codePointCount(0, text.length())).max().orElse(1));
        out.write(NpyHeader.write(NpyType.text(longest), false, shape));
        for (String text : strings) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * longest).order(ByteOrder.LITTLE_ENDIAN);
            text.codePoints().forEach(bytes::putInt);
            out.write(bytes.array());
        }
    }
}
