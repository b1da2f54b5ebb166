package org.fusedem.service;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.fusedem.model.BatchScorer;
import org.fusedem.points.ElementType;

/**
 * Scores points where they stand in a buffer, and writes their log densities to another one: no copy of a batch on the
 * way, no garbage.
 *
 * <pre>{@code
 * try (BatchScorer scorer = model.batchScorer(1024)) {
 *     BufferScorer buffers = new BufferScorer(scorer, model.dims());
 *     // A message of three points, by rows, at byte 128.
 *     buffers.score(message, 128, ElementType.FLOAT64, 3, scores, 0);
 *     boolean odd = scorer.isAnomaly(2, threshold);
 * }
 * }</pre>
 *
 * <p>Numbers are in the byte order of the machine, aligned or not. Offsets, counts and buffers may be anything:
 * whatever is out of bounds throws, and so does memory whose arena is closed. Buffers that stand on other memory than
 * those of the last call cost a few small objects. Not thread-safe: one per thread, as the scorer it works with, which
 * stays the caller's to close.
 */
public final class BufferScorer {
    private final BatchScorer scorer;
    private final int dims;
    private final Memory points = new Memory();
    private final Memory scores = new Memory();

    /** The segment of the memory that the last buffer stood on. */
    private static final class Memory {
        private byte[] array;
        private ByteBuffer bytes;
        private MemorySegment segment;

        MemorySegment of(DirectBuffer buffer) {
            if (segment == null || array != buffer.byteArray() || bytes != buffer.byteBuffer()) {
                segment = BufferSegments.whole(buffer);
                array = buffer.byteArray();
                bytes = buffer.byteBuffer();
            }
            return segment;
        }
    }

    /**
     * Buffers in and out of a scorer.
     *
     * @param dims D of its models
     * @throws IllegalArgumentException if these are others
     */
    public BufferScorer(BatchScorer scorer, int dims) {
        if (dims != scorer.dims()) {
            throw new IllegalArgumentException("the scorer is for points of other dims: dims=" + dims
                    + ", the scorer has dims=" + scorer.dims());
        }
        this.scorer = scorer;
        this.dims = dims;
    }

    /**
     * Scores points that stand row after row. The scorer then has all the rest: responsibilities, the most likely
     * component, anomalies.
     *
     * @param from holds {@code count x D} numbers
     * @param offset of the first, in bytes
     * @param type how a number is stored
     * @param count from 0 to the capacity of the scorer
     * @param into receives {@code count} doubles, {@code log p(x)} in nats, NaN for a point that is not finite; may be
     *     the same memory
     * @param intoOffset of the first, in bytes
     * @throws IndexOutOfBoundsException if one of the buffers has not so many bytes from there; then nothing is written
     * @throws IllegalArgumentException if the count is out of range, or a buffer is read-only or wraps a bare address
     * @throws IllegalStateException if the scorer, or the memory under a buffer, is closed
     */
    public void score(DirectBuffer from, int offset, ElementType type, int count,
            MutableDirectBuffer into, int intoOffset) {
        if (count < 0 || count > scorer.capacity()) {
            throw new IllegalArgumentException("count must be from 0 to the capacity of the scorer: count=" + count
                    + ", capacity=" + scorer.capacity());
        }
        long rowBytes = (long) dims * type.bytes();
        Objects.checkFromIndexSize((long) offset, count * rowBytes, (long) from.capacity());
        Objects.checkFromIndexSize((long) intoOffset, (long) count * Double.BYTES, (long) into.capacity());
        BufferSegments.checkWritable(into);
        scorer.score(points.of(from), type, (long) from.wrapAdjustment() + offset, rowBytes, type.bytes(), count);
        MemorySegment out = scores.of(into);
        long at = (long) into.wrapAdjustment() + intoOffset;
        for (int n = 0; n < count; n++) {
            out.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + (long) n * Double.BYTES, scorer.logDensity(n));
        }
    }
}
