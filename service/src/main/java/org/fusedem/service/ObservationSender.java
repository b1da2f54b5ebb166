package org.fusedem.service;

import java.util.Objects;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Puts observations into the ring buffer of a {@link FittingAgent}, as {@link ObservationLayout} says, without garbage.
 *
 * <p>A full ring is the producer's to see: {@code offer} returns false and has done nothing. Then the producer tries
 * again, or gives the observations up and says so by {@link #drop}, which the counters show. Nothing is lost without
 * one of the two.
 *
 * <pre>{@code
 * while (!sender.offer(point)) {
 *     idleStrategy.idle();
 * }
 * }</pre>
 *
 * <p>Not thread-safe: one per producer thread, on a {@code ManyToOneRingBuffer} if there are several. Values are not
 * looked at here; the agent counts a message with one that is not finite as malformed.
 */
public final class ObservationSender {
    private final RingBuffer ring;
    private final int dims;
    private final FittingCounters counters;
    private final int mostPoints;

    /**
     * A sender for points of so many features.
     *
     * @param counters where dropped observations are counted
     * @throws IllegalArgumentException if dims is not positive, or the ring cannot take a message of one point
     */
    public ObservationSender(RingBuffer ring, int dims, FittingCounters counters) {
        if (dims <= 0) {
            throw new IllegalArgumentException("dims must be positive: dims=" + dims);
        }
        this.ring = ring;
        this.dims = dims;
        this.counters = Objects.requireNonNull(counters);
        ObservationLayout.checkRing(ring, dims);
        mostPoints = ObservationLayout.mostPoints(ring, dims);
    }

    /** The most points of one message. */
    public int mostPoints() {
        return mostPoints;
    }

    /**
     * Sends one point.
     *
     * @param point D numbers
     * @return false if the ring is full
     * @throws IllegalArgumentException if the point has not D numbers
     */
    public boolean offer(double[] point) {
        if (point.length != dims) {
            throw new IllegalArgumentException(
                    "a point must have " + dims + " numbers: length=" + point.length);
        }
        return offer(point, 0, 1);
    }

    /**
     * Sends points in one message: all or none.
     *
     * @param rows points of D numbers, one after the other
     * @param from the index of the first number
     * @param count the number of points, from 1 to {@link #mostPoints}
     * @return false if the ring is full
     * @throws IllegalArgumentException if the count is out of range
     * @throws IndexOutOfBoundsException if there are not so many numbers from there
     */
    public boolean offer(double[] rows, int from, int count) {
        if (count <= 0 || count > mostPoints) {
            throw new IllegalArgumentException(
                    "a message holds 1 to " + mostPoints + " points: count=" + count);
        }
        int numbers = count * dims;
        Objects.checkFromIndexSize(from, numbers, rows.length);
        int at = ring.tryClaim(ObservationLayout.TYPE_ID, (int) ObservationLayout.length(dims, count));
        if (at < 0) {
            return false;
        }
        // From here to the commit nothing can fail: a claim left open would stop the ring.
        AtomicBuffer buffer = ring.buffer();
        buffer.putInt(at + ObservationLayout.DIMS_OFFSET, dims);
        buffer.putInt(at + ObservationLayout.COUNT_OFFSET, count);
        for (int i = 0; i < numbers; i++) {
            buffer.putDouble(at + ObservationLayout.VALUES_OFFSET + i * Double.BYTES, rows[from + i]);
        }
        ring.commit(at);
        return true;
    }

    /** Says that so many observations were given up, since the ring was full. */
    public void drop(int count) {
        counters.dropped(count);
    }
}
