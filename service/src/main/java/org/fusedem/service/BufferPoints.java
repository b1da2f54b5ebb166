package org.fusedem.service;

import java.lang.foreign.MemorySegment;
import org.agrona.DirectBuffer;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * Points that stand in a buffer by columns, as views without a copy.
 *
 * <p>Column i starts at byte {@code offset + i * strideBytes} and holds {@code size} numbers in the byte order of the
 * machine, aligned or not:
 *
 * <pre>{@code
 * DirectBuffer buffer = new UnsafeBuffer(arena.allocate(dims * strideBytes, 64).asByteBuffer());
 * try (Points points = BufferPoints.view(buffer, 0, ElementType.FLOAT64, size, dims, strideBytes)) {
 *     FitResult result = Fitter.fit(points, FitOptions.components(2));
 * }
 * }</pre>
 *
 * <p>The view keeps the memory reachable and, as {@link BufferSegments} says, notices when an arena has freed it; what
 * it holds must not change while the view is used. A fit copies such points tile by tile into scratch memory of its
 * own. Points that stand by rows go through {@link Points#builder}.
 */
public final class BufferPoints {
    private BufferPoints() {}

    /**
     * A view of points; reads them all once, to check them.
     *
     * @param offset of the first column in the buffer, in bytes
     * @param type how a number is stored
     * @param size the number of points
     * @param dims the number of columns
     * @param strideBytes from the start of one column to that of the next, at least {@code size} numbers
     * @throws IndexOutOfBoundsException if the buffer ends before the last column does
     * @throws IllegalArgumentException if a size is negative, dims is not positive, columns overlap, a value is not
     *     finite or too large, or the buffer wraps a bare address
     */
    public static Points view(
            DirectBuffer buffer, int offset, ElementType type, int size, int dims, int strideBytes) {
        if (size < 0 || dims <= 0) {
            throw new IllegalArgumentException(
                    "size must not be negative, and dims positive: size=" + size + ", dims=" + dims);
        }
        long columnBytes = (long) size * type.bytes();
        if (strideBytes < columnBytes) {
            throw new IllegalArgumentException("columns overlap: a column has " + columnBytes + " bytes, strideBytes="
                    + strideBytes);
        }
        long bytes = (dims - 1L) * strideBytes + columnBytes;
        if (offset < 0 || bytes > buffer.capacity() - (long) offset) {
            throw new IndexOutOfBoundsException("the points end beyond the buffer: offset=" + offset + ", bytes="
                    + bytes + ", capacity=" + buffer.capacity());
        }
        MemorySegment all = BufferSegments.readable(buffer, offset, (int) bytes);
        MemorySegment[] columns = new MemorySegment[dims];
        for (int i = 0; i < dims; i++) {
            columns[i] = all.asSlice((long) i * strideBytes, columnBytes);
        }
        return Points.view(type, size, columns);
    }
}
