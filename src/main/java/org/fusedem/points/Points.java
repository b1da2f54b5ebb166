package org.fusedem.points;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * A finite set of points: {@code size} rows of {@code dims} finite numbers, stored off-heap by columns, with an
 * optional non-negative weight per point. Made with {@link PointsBuilder#allowMissing} or {@link #ofIncompleteRows},
 * they may also hold NaN, which then means that the value is missing; whoever cannot do without refuses such points.
 *
 * <p>Either an <em>owner</em> ({@link #ofRows}, {@link #ofColumns}, {@link #builder}), whose memory is one block of
 * columns on 64-byte boundaries and is freed by {@link #close}; or a <em>view</em> ({@link #view}) of a caller's
 * segments, which must stay open, and unchanged, for as long as the view is used, and which {@code close} leaves
 * alone. An owner that is forgotten is freed some time after the garbage collector has noticed.
 *
 * <pre>{@code
 * try (Points points = Points.ofRows(new double[][] {{1, 2}, {3, 4}, {5, 7}})) {
 *     double x = points.get(2, 1); // 7.0
 * }
 * }</pre>
 *
 * <p>Immutable, and safe to read from any number of threads. After {@code close} every access throws
 * {@link IllegalStateException}. Values may be at most {@link ElementType#largestValue()} in magnitude, so that
 * squared distances stay finite.
 */
public final class Points implements AutoCloseable {
    private final ElementType type;
    private final long size;
    private final OwnedArena arena;
    /** What a slice is of: as long as the slice is used, that is not forgotten. */
    @SuppressWarnings("unused")
    private final Points whole;
    private final List<MemorySegment> columns;
    private final MemorySegment weights;
    private final MemorySegment block;
    private final long strideBytes;
    private final long missingValues;
    private volatile boolean closed;

    /** An owner of fresh memory, which {@code fill} writes. */
    private Points(ElementType type, long size, int dims, boolean weighted, long missingValues, Filler fill) {
        ColumnLayout layout = ColumnLayout.of(size, weighted ? dims + 1 : dims, type);
        this.type = type;
        this.size = size;
        this.missingValues = missingValues;
        whole = null;
        arena = OwnedArena.of(this);
        try {
            MemorySegment memory = arena.arena().allocate(layout.totalBytes(), ElementType.LINE_BYTES);
            MemorySegment[] writable = new MemorySegment[layout.columns()];
            for (int i = 0; i < writable.length; i++) {
                writable[i] = memory.asSlice(layout.columnOffset(i), size * type.bytes());
            }
            fill.fill(writable);
            block = memory.asReadOnly();
            strideBytes = layout.strideBytes();
            List<MemorySegment> readOnly = readOnly(writable);
            columns = readOnly.subList(0, dims);
            weights = weighted ? readOnly.get(dims) : null;
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /** A view; {@code whole} is null unless it is a slice. */
    private Points(Points whole, ElementType type, long size, MemorySegment[] columns, MemorySegment weights,
            long missingValues) {
        this.whole = whole;
        this.type = type;
        this.size = size;
        this.arena = null;
        this.columns = readOnly(columns);
        this.weights = weights == null ? null : weights.asReadOnly();
        this.block = null;
        this.strideBytes = 0;
        this.missingValues = missingValues;
    }

    /** Writes the columns of a new owner, weights last. */
    interface Filler {
        void fill(MemorySegment[] columns);
    }

    static Points filled(
            ElementType type, long size, int dims, boolean weighted, long missingValues, Filler fill) {
        return new Points(type, size, dims, weighted, missingValues, fill);
    }

    /**
     * Copies rows into new {@code FLOAT64} points.
     *
     * @throws IllegalArgumentException if there is no row, rows differ in length, or a value is not finite
     */
    public static Points ofRows(double[][] rows) {
        return ofRows(rows, ElementType.FLOAT64);
    }

    /**
     * Copies rows into new points.
     *
     * @throws IllegalArgumentException if there is no row, rows differ in length, or a value is not finite or too
     *     large for the type
     */
    public static Points ofRows(double[][] rows, ElementType type) {
        try (PointsBuilder builder = builder(dims(rows), type)) {
            return addAll(rows, builder).build();
        }
    }

    /**
     * Copies rows, in which NaN means that a value is missing, into new {@code FLOAT64} points. For other types, or
     * weights, see {@link PointsBuilder#allowMissing}.
     *
     * @throws IllegalArgumentException if there is no row, rows differ in length, or a value is infinite or too large
     */
    public static Points ofIncompleteRows(double[][] rows) {
        try (PointsBuilder builder = builder(dims(rows)).allowMissing()) {
            return addAll(rows, builder).build();
        }
    }

    private static int dims(double[][] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("no rows, so the number of dims is unknown: use builder(dims)");
        }
        return row(rows, 0).length;
    }

    private static PointsBuilder addAll(double[][] rows, PointsBuilder builder) {
        for (int n = 0; n < rows.length; n++) {
            builder.add(row(rows, n));
        }
        return builder;
    }

    private static double[] row(double[][] rows, int n) {
        return Objects.requireNonNull(rows[n], () -> "row " + n);
    }

    /**
     * Copies columns, {@code columns[feature][point]}, into new points.
     *
     * @throws IllegalArgumentException if there is no column, columns differ in length, or a value is not finite or
     *     too large for the type
     */
    public static Points ofColumns(double[][] columns, ElementType type) {
        if (columns.length == 0) {
            throw new IllegalArgumentException("dims must be positive: dims=0");
        }
        Objects.requireNonNull(type, "type");
        int size = column(columns, 0).length;
        for (int i = 0; i < columns.length; i++) {
            if (column(columns, i).length != size) {
                throw new IllegalArgumentException("columns differ in length: column 0 has " + size + " values, column "
                        + i + " has " + columns[i].length);
            }
        }
        return filled(type, size, columns.length, false, 0, targets -> {
            for (int i = 0; i < columns.length; i++) {
                for (int n = 0; n < size; n++) {
                    Values.checkCoordinate(columns[i][n], type, i, n);
                    type.set(targets[i], (long) n * type.bytes(), columns[i][n]);
                }
            }
        });
    }

    private static double[] column(double[][] columns, int i) {
        return Objects.requireNonNull(columns[i], () -> "column " + i);
    }

    /** A growing builder of {@code FLOAT64} points. */
    public static PointsBuilder builder(int dims) {
        return builder(dims, ElementType.FLOAT64);
    }

    /**
     * A growing builder.
     *
     * @throws IllegalArgumentException if {@code dims} is not positive
     */
    public static PointsBuilder builder(int dims, ElementType type) {
        return new PointsBuilder(dims, type);
    }

    /**
     * Points in the caller's memory, without a copy: one segment per column, each of at least {@code size} numbers
     * from its start. The segments must stay open and unchanged while the view is used. All values are read once,
     * here, to check them.
     *
     * @throws IllegalArgumentException if a segment is too short, or a value is not finite
     */
    public static Points view(ElementType type, long size, MemorySegment... columns) {
        return weightedView(type, size, null, columns);
    }

    /**
     * As {@link #view}, with weights (of the same element type) in a segment of their own; null for none.
     *
     * @throws IllegalArgumentException if a segment is too short, a value is not finite, or a weight is negative
     */
    public static Points weightedView(
            ElementType type, long size, MemorySegment weights, MemorySegment... columns) {
        return checkedView(type, size, false, weights, columns);
    }

    /**
     * As {@link #weightedView}, but that NaN means that a value is missing.
     *
     * @throws IllegalArgumentException if a segment is too short, a value is infinite, or a weight is negative
     */
    public static Points incompleteView(
            ElementType type, long size, MemorySegment weights, MemorySegment... columns) {
        return checkedView(type, size, true, weights, columns);
    }

    private static Points checkedView(
            ElementType type, long size, boolean missingAllowed, MemorySegment weights, MemorySegment[] columns) {
        Objects.requireNonNull(type, "type");
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative: size=" + size);
        }
        if (columns.length == 0) {
            throw new IllegalArgumentException("dims must be positive: dims=0");
        }
        long missing = 0;
        for (int i = 0; i < columns.length; i++) {
            checkLength(type, size, columns[i], "column " + i);
            for (long n = 0; n < size; n++) {
                double value = type.get(columns[i], n * type.bytes());
                if (missingAllowed && Double.isNaN(value)) {
                    missing++;
                } else {
                    Values.checkCoordinate(value, type, i, n);
                }
            }
        }
        if (weights != null) {
            checkLength(type, size, weights, "the weights");
            for (long n = 0; n < size; n++) {
                Values.checkWeight(type.get(weights, n * type.bytes()), type, n);
            }
        }
        return new Points(null, type, size, columns, weights, missing);
    }

    /**
     * A view of some of these points, which must stay open while it is used; it keeps them from being forgotten. Missing
     * values stay so.
     *
     * @param start the row of the first
     * @param count how many
     * @throws IndexOutOfBoundsException if there are not so many points from there
     * @throws IllegalStateException if closed
     */
    public Points slice(long start, long count) {
        checkOpen();
        Objects.checkFromIndexSize(start, count, size);
        MemorySegment[] parts =
                columns.stream().map(column -> slice(column, start, count)).toArray(MemorySegment[]::new);
        long missing = 0;
        for (int i = 0; missingValues > 0 && i < parts.length; i++) {
            for (long n = 0; n < count; n++) {
                missing += Double.isNaN(type.get(parts[i], n * type.bytes())) ? 1 : 0;
            }
        }
        return new Points(
                this, type, count, parts, weights == null ? null : slice(weights, start, count), missing);
    }

    private MemorySegment slice(MemorySegment column, long start, long count) {
        return column.asSlice(start * type.bytes(), count * type.bytes());
    }

    private static void checkLength(ElementType type, long size, MemorySegment segment, String what) {
        if (size > segment.byteSize() / type.bytes()) {
            throw new IllegalArgumentException("the segment of " + what + " is too short: size=" + size + " of "
                    + type.bytes() + " bytes, segment of " + segment.byteSize() + " bytes");
        }
    }

    /** The number of points. */
    public long size() {
        return size;
    }

    /** The number of features of a point. */
    public int dims() {
        return columns.size();
    }

    /** How the numbers are stored. */
    public ElementType type() {
        return type;
    }

    /** Whether points carry weights; without them every point weighs 1. */
    public boolean weighted() {
        return weights != null;
    }

    /** How many values are missing, over all points; 0 for points made without leave to miss any. */
    public long missingValues() {
        return missingValues;
    }

    /**
     * Refuses points that miss a value, with a sentence that names the first one.
     *
     * @param remedy what to do instead: it ends the sentence
     * @throws IllegalArgumentException if a value is missing
     * @throws IllegalStateException if closed
     */
    public void checkComplete(String remedy) {
        checkOpen();
        for (long n = 0; missingValues > 0 && n < size; n++) {
            for (int i = 0; i < dims(); i++) {
                if (Double.isNaN(get(n, i))) {
                    throw new IllegalArgumentException("value missing: column=" + i + ", row=" + n
                            + " (missing values in all: " + missingValues + "); " + remedy);
                }
            }
        }
    }

    /**
     * One coordinate; NaN if it is missing.
     *
     * @param row from 0 to {@code size - 1}
     * @param column from 0 to {@code dims - 1}
     * @throws IndexOutOfBoundsException if there is no such coordinate
     * @throws IllegalStateException if closed
     */
    public double get(long row, int column) {
        checkOpen();
        return type.get(columns.get(column), Objects.checkIndex(row, size) * type.bytes());
    }

    /**
     * The weight of a point: 1 if the points carry none.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalStateException if closed
     */
    public double weight(long row) {
        checkOpen();
        Objects.checkIndex(row, size);
        return weights == null ? 1 : type.get(weights, row * type.bytes());
    }

    /**
     * Copies one point.
     *
     * @param into receives {@code dims} coordinates from index 0
     * @throws IndexOutOfBoundsException if there is no such row, or {@code into} is too short
     * @throws IllegalStateException if closed
     */
    public void copyRow(long row, double[] into) {
        for (int i = 0; i < columns.size(); i++) {
            into[i] = get(row, i);
        }
    }

    /**
     * One column, read-only: {@code size} numbers from byte 0. Valid while these points are open.
     *
     * @throws IllegalStateException if closed
     */
    public MemorySegment column(int column) {
        checkOpen();
        return columns.get(column);
    }

    /**
     * The weights, read-only, or null if the points carry none.
     *
     * @throws IllegalStateException if closed
     */
    public MemorySegment weights() {
        checkOpen();
        return weights;
    }

    /**
     * The one native segment that holds all columns, read-only, column i at byte {@code i * strideBytes()}; or null if
     * the columns stand in segments of their own, as those of a view do.
     *
     * @throws IllegalStateException if closed
     */
    public MemorySegment block() {
        checkOpen();
        return block;
    }

    /** The distance between the starts of two columns of {@link #block()}, in bytes; 0 if there is no block. */
    public long strideBytes() {
        return strideBytes;
    }

    /**
     * Refuses closed points, with a sentence.
     *
     * @throws IllegalStateException if closed
     */
    public void checkOpen() {
        if (closed) {
            throw new IllegalStateException("these points are closed: use them before close()");
        }
    }

    /**
     * Frees an owner's memory; leaves a view's alone. Once that is done, another call does nothing.
     *
     * @throws IllegalStateException if a channel is just reading or writing the memory: then these points can be read no
     *     more, and another call frees them once it is done
     */
    @Override
    public void close() {
        closed = true;
        if (arena != null) {
            arena.close();
        }
    }

    @Override
    public String toString() {
        return "Points[size=" + size + ", dims=" + dims() + ", " + type + (weighted() ? ", weighted" : "")
                + (missingValues > 0 ? ", missing values=" + missingValues : "") + "]";
    }

    private static List<MemorySegment> readOnly(MemorySegment[] segments) {
        MemorySegment[] readOnly = new MemorySegment[segments.length];
        for (int i = 0; i < segments.length; i++) {
            readOnly[i] = segments[i].asReadOnly();
        }
        return List.of(readOnly);
    }
}
