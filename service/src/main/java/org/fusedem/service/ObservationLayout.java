package org.fusedem.service;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * A message of observations in a ring buffer: one or more points by rows, all numbers in the byte order of the machine,
 * as the ring's own. Its length is exactly that of what it holds.
 *
 * <table>
 * <caption>A message of type {@link #TYPE_ID}</caption>
 * <tr><th>offset</th><th>type</th><th>what</th></tr>
 * <tr><td>0</td><td>int</td><td>D, the number of features</td></tr>
 * <tr><td>4</td><td>int</td><td>the number of points, at least 1</td></tr>
 * <tr><td>8</td><td>double[]</td><td>the points, D numbers each</td></tr>
 * </table>
 */
public final class ObservationLayout {
    /** The message type. Another layout would get another one. */
    public static final int TYPE_ID = 1001;

    /** Where D stands. */
    public static final int DIMS_OFFSET = 0;

    /** Where the number of points stands. */
    public static final int COUNT_OFFSET = DIMS_OFFSET + Integer.BYTES;

    /** Where the first point starts. */
    public static final int VALUES_OFFSET = COUNT_OFFSET + Integer.BYTES;

    private ObservationLayout() {}

    /** The bytes of a message of so many points. */
    public static long length(int dims, int count) {
        return VALUES_OFFSET + (long) dims * count * Double.BYTES;
    }

    /** The most points of a message that a ring takes; 0 if not one fits. */
    public static int mostPoints(RingBuffer ring, int dims) {
        return Math.max(0, (ring.maxMsgLength() - VALUES_OFFSET) / Double.BYTES / dims);
    }

    /** Refuses a ring that cannot take a message of one point. */
    static void checkRing(RingBuffer ring, int dims) {
        if (mostPoints(ring, dims) == 0) {
            throw new IllegalArgumentException("the ring takes messages up to " + ring.maxMsgLength()
                    + " bytes, and a point needs " + length(dims, 1) + ": make the ring larger");
        }
    }

    /**
     * The number of points in a message, or 0 if it is none of observations with so many features: another type, a
     * length that does not go with its header or its buffer, other dims, or a value that is not finite or larger in
     * magnitude than {@code largestValue}. Reads nothing outside the message.
     */
    static int count(int typeId, DirectBuffer buffer, int offset, int length, int dims, double largestValue) {
        if (typeId != TYPE_ID || offset < 0 || length < VALUES_OFFSET || length > buffer.capacity() - offset
                || buffer.getInt(offset + DIMS_OFFSET) != dims) {
            return 0;
        }
        int count = buffer.getInt(offset + COUNT_OFFSET);
        if (count <= 0 || length(dims, count) != length) {
            return 0;
        }
        for (int at = offset + VALUES_OFFSET; at < offset + length; at += Double.BYTES) {
            // So written that NaN does not pass.
            if (!(Math.abs(buffer.getDouble(at)) <= largestValue)) {
                return 0;
            }
        }
        return count;
    }
}
