package org.fusedem.points;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The latest points of a stream: a ring of fixed capacity over off-heap columns, all in one block of memory that is
 * allocated once.
 *
 * <pre>{@code
 * try (Window window = Window.of(2, 1000)) {
 *     window.append(0.5, 1.5); // and a thousand more: then the oldest point gives way
 *     double x = window.get(0, 1); // of the oldest point
 * }
 * }</pre>
 *
 * <p>Appending and evicting cost {@code O(D)} and {@code O(1)}, allocate nothing, and wait for nobody. Values must be
 * finite, and at most {@link ElementType#largestValue()} in magnitude; what is refused leaves the window as it was. A
 * window that is forgotten is freed some time after the garbage collector has noticed. Not thread-safe: one thread at a
 * time.
 */
public final class Window implements AutoCloseable {
    private final ElementType type;
    private final int dims;
    private final long capacity;
    private final Points slots;
    private MemorySegment[] columns;
    private long appended;
    private long evicted;
    /** The slot of the next point: {@code appended % capacity}, without a division per point. */
    private long next;

    private Window(int dims, long capacity, ElementType type) {
        this.type = type;
        this.dims = dims;
        this.capacity = capacity;
        slots = Points.filled(type, capacity, dims, false, 0, writable -> columns = writable);
    }

    /**
     * An empty window of {@code FLOAT64} points.
     *
     * @throws IllegalArgumentException if dims or capacity are not positive
     */
    public static Window of(int dims, long capacity) {
        return of(dims, capacity, ElementType.FLOAT64);
    }

    /**
     * An empty window.
     *
     * @param capacity how many points it holds at most
     * @param type how it stores them
     * @throws IllegalArgumentException if dims or capacity are not positive, or too large for one block of memory
     */
    public static Window of(int dims, long capacity, ElementType type) {
        Objects.requireNonNull(type, "type");
        if (dims <= 0 || capacity <= 0) {
            throw new IllegalArgumentException(
                    "dims and capacity must be positive: dims=" + dims + ", capacity=" + capacity);
        }
        return new Window(dims, capacity, type);
    }

    /**
     * Appends a point; if the window is full the oldest one is evicted.
     *
     * @param row D numbers
     * @throws IllegalArgumentException if there are not D numbers, or one is not finite or too large; then nothing
     *     changes
     * @throws IllegalStateException if closed
     */
    public void append(double... row) {
        if (!offer(row)) {
            for (int i = 0; i < dims; i++) {
                Values.checkCoordinate(row[i], type, i, appended);
            }
        }
    }

    /**
     * Appends a point if its numbers are finite and not too large, for callers who count what is refused.
     *
     * @param row D numbers
     * @return whether it was appended; if not, nothing has changed
     * @throws IllegalArgumentException if there are not D numbers
     * @throws IllegalStateException if closed
     */
    public boolean offer(double[] row) {
        slots.checkOpen();
        if (row.length != dims) {
            throw new IllegalArgumentException(
                    "a point must have " + dims + " coordinates: coordinates=" + row.length);
        }
        for (double x : row) {
            if (!isAllowed(x)) {
                return false;
            }
        }
        for (int i = 0; i < dims; i++) {
            type.set(columns[i], next * type.bytes(), row[i]);
        }
        advance();
        return true;
    }

    /**
     * Appends a point from memory.
     *
     * @param source holds D numbers, one after the other, of this window's {@link #type()} in the byte order of the
     *     machine; not necessarily aligned
     * @param byteOffset where they start
     * @throws IllegalArgumentException if one is not finite or too large; then nothing changes
     * @throws IndexOutOfBoundsException if the segment ends before the point does; then nothing changes
     * @throws IllegalStateException if closed
     */
    public void append(MemorySegment source, long byteOffset) {
        if (!offer(source, byteOffset)) {
            for (int i = 0; i < dims; i++) {
                Values.checkCoordinate(type.get(source, byteOffset + (long) i * type.bytes()), type, i, appended);
            }
        }
    }

    /**
     * Appends a point from memory if its numbers are finite and not too large.
     *
     * @param source as for {@link #append(MemorySegment, long)}
     * @param byteOffset where the point starts
     * @return whether it was appended; if not, nothing has changed
     * @throws IndexOutOfBoundsException if the segment ends before the point does; then nothing changes
     * @throws IllegalStateException if closed
     */
    public boolean offer(MemorySegment source, long byteOffset) {
        slots.checkOpen();
        for (int i = 0; i < dims; i++) {
            if (!isAllowed(type.get(source, byteOffset + (long) i * type.bytes()))) {
                return false;
            }
        }
        for (int i = 0; i < dims; i++) {
            type.set(columns[i], next * type.bytes(), type.get(source, byteOffset + (long) i * type.bytes()));
        }
        advance();
        return true;
    }

    private boolean isAllowed(double value) {
        // False for NaN.
        return Math.abs(value) <= type.largestValue();
    }

    private void advance() {
        evicted += size() == capacity ? 1 : 0;
        appended++;
        next = next + 1 == capacity ? 0 : next + 1;
    }

    /**
     * Evicts the oldest points.
     *
     * @param count how many; all, if there are not so many
     * @return how many have been evicted
     * @throws IllegalArgumentException if count is negative
     */
    public long evictOldest(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: count=" + count);
        }
        long leaving = Math.min(count, size());
        evicted += leaving;
        return leaving;
    }

    /** The number of points. */
    public long size() {
        return appended - evicted;
    }

    /** The most points there can be. */
    public long capacity() {
        return capacity;
    }

    /** D, the number of features. */
    public int dims() {
        return dims;
    }

    /** How the numbers are stored. */
    public ElementType type() {
        return type;
    }

    /** How many points have ever been appended. */
    public long appended() {
        return appended;
    }

    /** How many of them have left. */
    public long evicted() {
        return evicted;
    }

    /**
     * One coordinate.
     *
     * @param index from 0, the oldest point, to {@code size - 1}, the latest
     * @throws IndexOutOfBoundsException if there is no such coordinate
     * @throws IllegalStateException if closed
     */
    public double get(long index, int column) {
        return slots.get(slotOf(evicted + Objects.checkIndex(index, size())), column);
    }

    /**
     * Copies one point.
     *
     * @param index from 0, the oldest point, to {@code size - 1}, the latest
     * @param into receives D numbers
     * @throws IndexOutOfBoundsException if there is no such point, or {@code into} is too short
     * @throws IllegalStateException if closed
     */
    public void copyRow(long index, double[] into) {
        slots.copyRow(slotOf(evicted + Objects.checkIndex(index, size())), into);
    }

    /**
     * A copy of all points, the oldest first; to be closed by the caller. It allocates, of course: for a first fit.
     *
     * @throws IllegalStateException if closed
     */
    public Points copy() {
        slots.checkOpen();
        return Points.filled(type, size(), dims, false, 0, targets -> {
            long start = slotOf(evicted);
            long first = Math.min(size(), capacity - start) * type.bytes();
            long second = size() * type.bytes() - first;
            for (int i = 0; i < dims; i++) {
                MemorySegment.copy(columns[i], start * type.bytes(), targets[i], 0, first);
                MemorySegment.copy(columns[i], 0, targets[i], first, second);
            }
        });
    }

    /**
     * The ring itself: {@link #capacity()} slots, of which {@link #size()} are in use, the oldest point in
     * {@code slotOf(evicted())}. Unlike other points these change, with every point appended; free slots hold zeros, or
     * points that have left. For readers that would do without a copy, on the thread that appends.
     */
    public Points slots() {
        return slots;
    }

    /** Where the point stands, or stood, that was appended as number {@code sequence}, from 0. */
    public long slotOf(long sequence) {
        return sequence % capacity;
    }

    /**
     * Frees the memory. A second call does nothing.
     *
     * @throws IllegalStateException as {@link Points#close}
     */
    @Override
    public void close() {
        slots.close();
    }

    @Override
    public String toString() {
        return "Window[size=" + size() + ", capacity=" + capacity + ", dims=" + dims + ", " + type + "]";
    }
}
