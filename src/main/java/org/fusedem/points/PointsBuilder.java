package org.fusedem.points;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Collects points one by one, off-heap, without knowing how many will come, and makes {@link Points} of them.
 *
 * <p>Points are gathered in chunks of columns; {@link #build} copies each chunk once and frees it at once. Its peak need
 * of memory is twice that of the points, since the whole of their memory is there before the first chunk is freed. Not
 * thread-safe. {@link #close} frees what has not been built.
 */
public final class PointsBuilder implements AutoCloseable {
    /** Numbers in a chunk: 1 MiB of them, so that allocating one costs little beside filling it. */
    private static final int CHUNK_NUMBERS = 1 << 17;

    private final int chunkPoints;
    private final int dims;
    private final ElementType type;
    private final List<Chunk> chunks = new ArrayList<>();
    private long size;
    private boolean weighted;
    private boolean missingAllowed;
    private long missingValues;
    private boolean done;

    PointsBuilder(int dims, ElementType type) {
        if (dims <= 0) {
            throw new IllegalArgumentException("dims must be positive: dims=" + dims);
        }
        this.dims = dims;
        this.type = Objects.requireNonNull(type, "type");
        chunkPoints = Math.max(64, CHUNK_NUMBERS / (dims + 1));
    }

    /** A fixed number of points, by columns, weights last. */
    private static final class Chunk {
        final OwnedArena arena = OwnedArena.of(this);
        final MemorySegment[] columns;

        Chunk(int points, int columnCount, ElementType type) {
            ColumnLayout layout = ColumnLayout.of(points, columnCount, type);
            MemorySegment memory = arena.arena().allocate(layout.totalBytes(), ElementType.LINE_BYTES);
            columns = new MemorySegment[columnCount];
            for (int i = 0; i < columnCount; i++) {
                columns[i] = memory.asSlice(layout.columnOffset(i), (long) points * type.bytes());
            }
        }
    }

    /**
     * From now on takes NaN for a coordinate that is missing, any number of them in a point; without this call NaN is
     * refused.
     */
    public PointsBuilder allowMissing() {
        missingAllowed = true;
        return this;
    }

    /** The number of points added so far. */
    public long size() {
        return size;
    }

    /**
     * Adds a point of weight 1.
     *
     * @throws IllegalArgumentException if it has not {@code dims} coordinates, or one is not finite or too large, NaN
     *     aside where {@link #allowMissing} was called; then nothing is added
     * @throws IllegalStateException if already built or closed
     */
    public PointsBuilder add(double... point) {
        append(point, 1);
        return this;
    }

    /**
     * Adds a point of the given weight.
     *
     * @throws IllegalArgumentException as {@link #add}, or if the weight is negative, not finite, or positive and so small
     *     that the type would store 0
     * @throws IllegalStateException if already built or closed
     */
    public PointsBuilder addWeighted(double weight, double... point) {
        Values.checkWeight(weight, type, size);
        append(point, weight);
        weighted = true;
        return this;
    }

    private void append(double[] point, double weight) {
        checkOpen();
        if (point.length != dims) {
            throw new IllegalArgumentException("a point must have " + dims + " coordinates: row=" + size
                    + ", coordinates=" + point.length);
        }
        int missing = 0;
        for (int i = 0; i < dims; i++) {
            if (missingAllowed && Double.isNaN(point[i])) {
                missing++;
            } else {
                Values.checkCoordinate(point[i], type, i, size);
            }
        }
        int place = (int) (size % chunkPoints);
        if (place == 0) {
            chunks.add(new Chunk(chunkPoints, dims + 1, type));
        }
        MemorySegment[] columns = chunks.getLast().columns;
        long offset = (long) place * type.bytes();
        for (int i = 0; i < dims; i++) {
            type.set(columns[i], offset, point[i]);
        }
        type.set(columns[dims], offset, weight);
        size++;
        missingValues += missing;
    }

    /**
     * The points added, as an owner; the builder is then used up.
     *
     * @throws IllegalStateException if already built or closed
     */
    public Points build() {
        checkOpen();
        done = true;
        return Points.filled(type, size, dims, weighted, missingValues, this::moveInto);
    }

    private void moveInto(MemorySegment[] columns) {
        long start = 0;
        for (Chunk chunk : chunks) {
            long count = Math.min(chunkPoints, size - start);
            for (int i = 0; i < columns.length; i++) {
                MemorySegment.copy(chunk.columns[i], 0, columns[i], start * type.bytes(), count * type.bytes());
            }
            chunk.arena.close();
            start += count;
        }
        chunks.clear();
    }

    private void checkOpen() {
        if (done) {
            throw new IllegalStateException("this builder is used up: make a new one");
        }
    }

    /** Frees what has not been built. A second call, or one after {@link #build}, does nothing. */
    @Override
    public void close() {
        done = true;
        chunks.forEach(chunk -> chunk.arena.close());
        chunks.clear();
    }
}
