package org.fusedem.service;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The memory behind Agrona's buffers as segments, which know their bounds and their life; no byte is copied.
 *
 * <p>A buffer may stand on a {@code byte[]} or on a {@link ByteBuffer}, also one that {@link
 * MemorySegment#asByteBuffer} made or that maps a file. The segment keeps that alive; and where an arena owns the
 * memory and is closed, the segment throws {@link IllegalStateException} where the buffer itself would crash the JVM. A
 * buffer that wraps a bare address is refused: nobody can tell how long that is valid. Each call makes a few small
 * objects.
 */
public final class BufferSegments {
    private BufferSegments() {}

    /**
     * Some bytes of a buffer, read-only. The buffer can be wrapped anew afterwards: the segment stays where it is.
     *
     * @throws IndexOutOfBoundsException if the buffer has not so many bytes from there
     * @throws IllegalArgumentException if the buffer wraps a bare address
     */
    public static MemorySegment readable(DirectBuffer buffer, int offset, int length) {
        return segment(buffer, offset, length).asReadOnly();
    }

    /**
     * Some bytes of a buffer, to be written.
     *
     * @throws IndexOutOfBoundsException if the buffer has not so many bytes from there
     * @throws IllegalArgumentException if the buffer wraps a bare address, or stands on a read-only {@link ByteBuffer},
     *     which Agrona would write to all the same
     */
    public static MemorySegment writable(MutableDirectBuffer buffer, int offset, int length) {
        checkWritable(buffer);
        return segment(buffer, offset, length);
    }

    static void checkWritable(MutableDirectBuffer buffer) {
        ByteBuffer bytes = buffer.byteBuffer();
        if (bytes != null && bytes.isReadOnly()) {
            throw new IllegalArgumentException("the buffer stands on a read-only ByteBuffer: wrap a writable one");
        }
    }

    private static MemorySegment segment(DirectBuffer buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.capacity());
        // The segment checks anew, whatever the buffer said.
        return whole(buffer).asSlice((long) buffer.wrapAdjustment() + offset, length);
    }

    /** All the memory a buffer stands on; the buffer itself starts at its {@code wrapAdjustment}. */
    static MemorySegment whole(DirectBuffer buffer) {
        byte[] array = buffer.byteArray();
        if (array != null) {
            return MemorySegment.ofArray(array);
        }
        ByteBuffer bytes = buffer.byteBuffer();
        if (bytes != null) {
            return MemorySegment.ofBuffer(bytes.duplicate().clear());
        }
        throw new IllegalArgumentException("the buffer wraps a bare address, whose life nobody knows:"
                + " wrap a ByteBuffer, for example segment.asByteBuffer()");
    }
}
