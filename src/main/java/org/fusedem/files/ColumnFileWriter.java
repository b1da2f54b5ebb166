package org.fusedem.files;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.fusedem.points.ElementType;

/**
 * Writes a {@link ColumnFile} point by point, with some 4 MiB of memory however many there are.
 *
 * <pre>{@code
 * try (ColumnFileWriter writer = ColumnFileWriter.create(path, ElementType.FLOAT64, List.of("x", "y"), false)) {
 *     writer.add(1, 2);
 *     writer.add(3, 4);
 *     writer.finish();
 * }
 * }</pre>
 *
 * <p>The file appears, or replaces the one that was there, with {@link #finish}, whole; closed without it nothing is left.
 * If the number of points is not known beforehand, points pass through a second file in the same folder, which is gone at
 * the end: then the disk must hold the data twice. Not thread-safe.
 */
public final class ColumnFileWriter implements AutoCloseable {
    private static final long UNKNOWN = -1;

    /** A column's part of it is a page or more for up to a thousand columns. */
    private static final long CHUNK_BYTES = 1 << 22;

    private final ElementType type;
    private final List<String> names;
    private final boolean weighted;
    private final int columns;
    private final long rows;
    private final int chunkRows;
    private final Arena arena = Arena.ofShared();
    /** One per column: the rows of the chunk that is being filled. */
    private final MemorySegment[] chunk;
    private final CRC32C[] checksums;
    private final ReplacedFile target;
    private ReplacedFile.Draft draft;
    /** Chunk after chunk, until it is known how many there are. */
    private FileChannel spill;
    private long size;
    private long missingValues;
    private boolean missingAllowed;
    private boolean failed;
    private boolean done;

    private ColumnFileWriter(Path path, ElementType type, List<String> names, boolean weighted, long rows)
            throws IOException {
        this.type = Objects.requireNonNull(type, "type");
        this.names = List.copyOf(names);
        this.weighted = weighted;
        this.rows = rows;
        if (names.isEmpty()) {
            throw new IllegalArgumentException("dims must be positive: dims=0");
        }
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IOException(path + ": column files are little-endian, and this machine is not");
        }
        target = new ReplacedFile(path);
        columns = weighted ? names.size() + 1 : names.size();
        chunkRows = (int) Math.max(ColumnFileHeader.LINE_BYTES, CHUNK_BYTES / ((long) columns * type.bytes()));
        chunk = new MemorySegment[columns];
        checksums = new CRC32C[columns];
        for (int i = 0; i < columns; i++) {
            chunk[i] = arena.allocate((long) chunkRows * type.bytes(), ColumnFileHeader.LINE_BYTES);
            checksums[i] = new CRC32C();
        }
        try {
            draft = target.draft();
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Begins a file.
     *
     * @param type how numbers are stored
     * @param columns one name per feature
     * @param weighted whether points have weights
     * @throws IllegalArgumentException if there is no column
     * @throws IOException if nothing can be written there
     */
    public static ColumnFileWriter create(Path path, ElementType type, List<String> columns, boolean weighted)
            throws IOException {
        return new ColumnFileWriter(path, type, columns, weighted, UNKNOWN);
    }

    /**
     * Begins a file of a known number of points, which needs no second file.
     *
     * @param rows how many points will be added, exactly
     * @throws IllegalArgumentException if there is no column, or {@code rows} is negative
     * @throws IOException if nothing can be written there
     */
    public static ColumnFileWriter create(
            Path path, ElementType type, List<String> columns, boolean weighted, long rows) throws IOException {
        if (rows < 0) {
            throw new IllegalArgumentException("rows must not be negative: rows=" + rows);
        }
        return new ColumnFileWriter(path, type, columns, weighted, rows);
    }

    /** From now on takes NaN for a coordinate that is missing; without this call NaN is refused. */
    public ColumnFileWriter allowMissing() {
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
     * @throws IllegalArgumentException if it has not as many coordinates as there are columns, or one is not finite or
     *     too large; then nothing is added
     * @throws IllegalStateException if finished or closed, or there are as many points as were announced
     * @throws IOException if it cannot be written; the writer can then only be closed
     */
    public void add(double... point) throws IOException {
        addWeighted(1, point);
    }

    /**
     * Adds a point.
     *
     * @param weight 1 if the file has no weights
     * @throws IllegalArgumentException as {@link #add}, or if the weight is negative, not finite, positive and so small that
     *     the type would store 0, or not 1 in a file without weights
     * @throws IllegalStateException if finished or closed, or there are as many points as were announced
     * @throws IOException if it cannot be written; the writer can then only be closed
     */
    public void addWeighted(double weight, double... point) throws IOException {
        checkOpen();
        checkPoint(weight, point);
        int place = (int) (size % chunkRows);
        for (int i = 0; i < point.length; i++) {
            set(i, place, point[i]);
            missingValues += Double.isNaN(point[i]) ? 1 : 0;
        }
        if (weighted) {
            set(point.length, place, weight);
        }
        size++;
        if (place + 1 == chunkRows) {
            writeChunk();
        }
    }

    private void checkPoint(double weight, double[] point) {
        if (size == rows) {
            throw new IllegalStateException("there are already all of the points that were announced: rows=" + rows);
        }
        if (point.length != names.size()) {
            throw new IllegalArgumentException("a point must have " + names.size() + " coordinates: row=" + size
                    + ", coordinates=" + point.length);
        }
        for (int i = 0; i < point.length; i++) {
            if (!(Math.abs(point[i]) <= type.largestValue()) && !(missingAllowed && Double.isNaN(point[i]))) {
                throw new IllegalArgumentException("value not finite, or beyond " + type.largestValue() + ": column=" + i
                        + ", row=" + size + ", value=" + point[i]);
            }
        }
        boolean vanishes = weight > 0 && type.stored(weight) == 0;
        if (!(weight >= 0 && weight <= type.largestValue()) || vanishes || !weighted && weight != 1) {
            throw new IllegalArgumentException((!weighted ? "the file has no weights, so a weight must be 1"
                    : vanishes ? "weight too small (" + type + " stores it as 0; scale all weights up)"
                    : "weight must be from 0 to " + type.largestValue()) + ": row=" + size + ", weight=" + weight);
        }
    }

    private void set(int column, long place, double value) {
        switch (type) {
            case FLOAT64 -> chunk[column].setAtIndex(ValueLayout.JAVA_DOUBLE, place, value);
            case FLOAT32 -> chunk[column].setAtIndex(ValueLayout.JAVA_FLOAT, place, (float) value);
        }
    }

    /** Writes the rows of the chunk that are filled: to their places, or to the second file. */
    private void writeChunk() throws IOException {
        failed = true;
        long count = size % chunkRows == 0 ? chunkRows : size % chunkRows;
        long start = size - count;
        if (rows == UNKNOWN && spill == null) {
            spill = target.scratch();
        }
        ColumnFileHeader header = rows == UNKNOWN ? null : header(rows);
        for (int i = 0; i < columns; i++) {
            ByteBuffer bytes = chunk[i].asSlice(0, count * type.bytes()).asByteBuffer();
            checksums[i].update(bytes.duplicate());
            if (header == null) {
                write(bytes, spill, spill.size());
            } else {
                write(bytes, draft.channel(), header.columnOffset(i) + start * type.bytes());
            }
        }
        failed = false;
    }

    /**
     * Completes the file and puts it in its place.
     *
     * @throws IllegalStateException if finished or closed, or there are fewer points than announced
     * @throws IOException if it cannot be written; the writer can then only be closed
     */
    public void finish() throws IOException {
        checkOpen();
        if (rows != UNKNOWN && size != rows) {
            throw new IllegalStateException("points are missing: announced=" + rows + ", added=" + size);
        }
        if (size % chunkRows > 0) {
            writeChunk();
        }
        failed = true;
        ColumnFileHeader header = header(size);
        if (spill != null) {
            gather(header);
        }
        FileChannel channel = draft.channel();
        // The last column's padding, which nobody writes, and everything before it.
        if (channel.size() < header.totalBytes()) {
            write(ByteBuffer.allocate(1), channel, header.totalBytes() - 1);
        }
        write(header.bytes(), channel, 0);
        draft.publish();
        close();
    }

    /** From chunk after chunk to column after column. */
    private void gather(ColumnFileHeader header) throws IOException {
        long from = 0;
        for (long start = 0; start < size; start += chunkRows) {
            long count = Math.min(chunkRows, size - start);
            for (int i = 0; i < columns; i++) {
                ByteBuffer bytes = chunk[i].asSlice(0, count * type.bytes()).asByteBuffer();
                while (bytes.hasRemaining()) {
                    if (spill.read(bytes, from + bytes.position()) < 0) {
                        throw new EOFException("the second file was cut off by somebody else");
                    }
                }
                from += bytes.position();
                write(bytes.flip(), draft.channel(), header.columnOffset(i) + start * type.bytes());
            }
        }
    }

    private ColumnFileHeader header(long count) {
        int[] values = new int[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = (int) checksums[i].getValue();
        }
        return ColumnFileHeader.of(type, count, names, weighted, missingValues, values);
    }

    private static void write(ByteBuffer bytes, FileChannel channel, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private void checkOpen() {
        if (done) {
            throw new IllegalStateException("this writer is finished or closed: make a new one");
        }
        if (failed) {
            throw new IllegalStateException("writing failed before, so points are lost: close this writer");
        }
    }

    /** Frees what the writer holds, and removes what was not finished. A second call does nothing. */
    @Override
    public void close() throws IOException {
        if (done) {
            return;
        }
        done = true;
        arena.close();
        try {
            draft.close();
        } finally {
            if (spill != null) {
                spill.close();
            }
        }
    }
}
