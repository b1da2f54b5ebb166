package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BufferSegmentsTest {
    private static final int CAPACITY = 128;

    /** Every way in which a buffer can stand on memory: all of 128 bytes. */
    static Stream<MutableDirectBuffer> buffers() {
        return Stream.of(
                new UnsafeBuffer(new byte[CAPACITY]),
                new UnsafeBuffer(new byte[CAPACITY + 24], 8, CAPACITY),
                new UnsafeBuffer(ByteBuffer.allocate(CAPACITY)),
                new UnsafeBuffer(ByteBuffer.allocate(CAPACITY + 24), 16, CAPACITY),
                new UnsafeBuffer(ByteBuffer.allocate(CAPACITY + 24).position(8).slice(), 8, CAPACITY),
                new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY).position(40)),
                new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + 24), 16, CAPACITY),
                new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + 24).position(8).slice(), 8, CAPACITY),
                new UnsafeBuffer(Arena.ofAuto().allocate(CAPACITY).asByteBuffer()),
                new UnsafeBuffer(
                        new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + 24), 8, CAPACITY + 8), 8, CAPACITY),
                new ExpandableArrayBuffer(CAPACITY),
                new ExpandableDirectByteBuffer(CAPACITY));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void isTheSameMemory(MutableDirectBuffer buffer) {
        buffer.putLong(24, 0x1122334455667788L);
        MemorySegment segment = BufferSegments.writable(buffer, 24, 16);
        assertEquals(0x1122334455667788L, segment.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
        segment.set(ValueLayout.JAVA_LONG_UNALIGNED, 8, 42);
        assertEquals(42, buffer.getLong(32));
        assertEquals(42, BufferSegments.readable(buffer, 32, 8).get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void endsWhereItShould(MutableDirectBuffer buffer) {
        assertEquals(CAPACITY, BufferSegments.readable(buffer, 0, CAPACITY).byteSize());
        assertEquals(0, BufferSegments.readable(buffer, CAPACITY, 0).byteSize());
        MemorySegment segment = BufferSegments.readable(buffer, 64, 8);
        assertThrows(IndexOutOfBoundsException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 8));
        assertTrue(segment.isReadOnly());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 8", "0, 129", "128, 1", "129, 0", "121, 8", "0, -1", "64, 2147483647", "2147483647, 2147483647",
        "2147483647, 1", "-2147483648, -2147483648", "-2147483648, 2147483647",
    })
    void refusesWhatIsOutside(int offset, int length) {
        buffers().forEach(buffer -> {
            assertThrows(IndexOutOfBoundsException.class, () -> BufferSegments.readable(buffer, offset, length));
            assertThrows(IndexOutOfBoundsException.class, () -> BufferSegments.writable(buffer, offset, length));
        });
    }

    @Test
    void refusesABareAddress() {
        try (Arena arena = Arena.ofConfined()) {
            UnsafeBuffer buffer = new UnsafeBuffer(arena.allocate(64).address(), 64);
            var e = assertThrows(IllegalArgumentException.class, () -> BufferSegments.readable(buffer, 0, 64));
            assertTrue(e.getMessage().contains("bare address"), e.getMessage());
            // Not even memory that is nobody's is touched.
            UnsafeBuffer nowhere = new UnsafeBuffer(8, 64);
            assertThrows(IllegalArgumentException.class, () -> BufferSegments.writable(nowhere, 0, 64));
        }
    }

    @Test
    void refusesToWriteWhereNobodyMay() {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64).asReadOnlyBuffer());
        assertThrows(IllegalArgumentException.class, () -> BufferSegments.writable(buffer, 0, 8));
        assertEquals(8, BufferSegments.readable(buffer, 0, 8).byteSize());
    }

    @Test
    void knowsThatItsArenaIsClosed() {
        MemorySegment segment;
        UnsafeBuffer buffer;
        try (Arena arena = Arena.ofConfined()) {
            buffer = new UnsafeBuffer(arena.allocate(64).asByteBuffer());
            segment = BufferSegments.readable(buffer, 0, 64);
        }
        assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
        MemorySegment late = BufferSegments.readable(buffer, 0, 64);
        assertThrows(IllegalStateException.class, () -> late.get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void staysWhereItIsWhenTheBufferMoves() {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
        buffer.putLong(0, 7);
        MemorySegment segment = BufferSegments.readable(buffer, 0, 8);
        buffer.wrap(new byte[8]);
        assertEquals(7, segment.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
    }
}
