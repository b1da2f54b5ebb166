package org.fusedem.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * The few hundred points that one thread works on at a time, and its scratch memory.
 *
 * <p>Points are read where they are if their columns stand in one block; otherwise they are copied here first. What
 * a kernel may assume of a tile:
 *
 * <ul>
 *   <li>{@link #columns()} is native; column i starts at byte {@code offset() + i * strideBytes()}.
 *   <li>{@link #padded()} points can be read, the first {@link #count()} of which are real; the rest, up to a whole
 *       number of {@link #PADDING_BYTES}, are copies of a real one. So no stage needs a loop for a remainder.
 *   <li>{@link #logDensities()} is scratch of {@code components} rows of {@link #rowBytes()} bytes, 64-byte aligned:
 *       log-densities after the first stage, responsibilities (zero for padding) after the second.
 * </ul>
 *
 * One per thread, allocated once. Not thread-safe.
 */
public final class Tile {
    /** Eight of the widest vectors: the largest block of points that a kernel keeps in registers. */
    static final int PADDING_BYTES = 512;

    /**
     * The bytes from a row of {@link #features()} to the next. An odd number of cache lines, as in
     * {@link #rowBytes()}; and known to the compiler, so that it can lift bounds checks out of loops over rows.
     */
    static final long ROW_BYTES = 4096 + 64;

    private static final int LARGEST_VECTOR_BYTES = 64;

    /** Rows that kernels work on together: rows are allotted in whole such groups. */
    static final int ROW_GROUP = 4;

    /** The most sums that a stage keeps in registers: those of one group of rows, and of its block with another. */
    static final int SUMS = ROW_GROUP + ROW_GROUP * ROW_GROUP;

    /** Log-densities of a tile beyond this size leave the second-level cache. */
    private static final int SCRATCH_BYTES = 1 << 18;

    /** What a row of {@link #features()} holds: more points per tile no longer help to spread the cost of a stage. */
    private static final int MOST_BYTES = 4096;

    private final Points points;
    private final MemorySegment block;
    private final int dims;
    private final int components;
    private final long elementBytes;
    private final int capacity;
    private final MemorySegment copy;
    private final MemorySegment weights;
    private final MemorySegment logDensities;
    private final MemorySegment features;
    private final double[] row;
    private final double[] centre;
    private final double[] sums64;
    private final float[] sums32;
    private final double[] lanes64;
    private final float[] lanes32;
    private final double[] shifts64;
    private final int[] pickedPoints;
    private final float[] shifts32;

    private MemorySegment columns;
    private long offset;
    private long strideBytes;
    private int count;
    private ElementType rowType = ElementType.FLOAT64;

    /** Scratch for these points, from an arena that must outlive the tile. */
    public Tile(Points points, int components, Arena arena) {
        this.points = Objects.requireNonNull(points);
        this.components = components;
        block = points.block();
        dims = points.dims();
        elementBytes = points.type().bytes();
        capacity = capacity(components, points.type());
        copy = arena.allocate(dims * rowBytes(), 64);
        weights = arena.allocate(rowBytes(), 64);
        logDensities = arena.allocate(wholeGroups(components) * rowBytes(), 64);
        features = arena.allocate((3L * wholeGroups(dims) + ROW_GROUP + 1) * ROW_BYTES, 64);
        row = new double[dims];
        centre = new double[dims];
        sums64 = new double[Math.max(SUMS, 2 * wholeGroups(components) * wholeGroups(dims))];
        sums32 = new float[sums64.length];
        lanes64 = new double[SUMS * LARGEST_VECTOR_BYTES / Double.BYTES];
        lanes32 = new float[SUMS * LARGEST_VECTOR_BYTES / Float.BYTES];
        shifts64 = new double[wholeGroups(dims)];
        pickedPoints = new int[capacity];
        shifts32 = new float[shifts64.length];
        fillWeights(0, capacity, 1);
    }

    /** A number of rows, rounded up to whole {@link #ROW_GROUP}s. */
    static int wholeGroups(int rows) {
        return Math.ceilDiv(rows, ROW_GROUP) * ROW_GROUP;
    }

    /** The most points in a tile: depends on nothing but these two, so results do not either. */
    public static int capacity(int components, ElementType type) {
        int fitting = SCRATCH_BYTES / (type.bytes() * components);
        int padding = PADDING_BYTES / type.bytes();
        return Math.clamp(fitting / padding * padding, padding, MOST_BYTES / type.bytes());
    }

    /** Moves to points {@code from} to {@code from + count - 1}; at most {@link #capacity}. */
    public void load(long from, int newCount) {
        int before = count;
        count = newCount;
        rowType = ElementType.FLOAT64;
        if (block != null && newCount == padded(newCount)) {
            columns = block;
            offset = from * elementBytes;
            strideBytes = points.strideBytes();
        } else {
            columns = copy;
            offset = 0;
            strideBytes = rowBytes();
            for (int i = 0; i < dims; i++) {
                copyPadded(points.column(i), from, copy, i * strideBytes);
            }
        }
        loadWeights(from, before);
    }

    /** The points' weights, or ones; zero for padding. */
    private void loadWeights(long from, int before) {
        if (weighted()) {
            MemorySegment.copy(points.weights(), from * elementBytes, weights, 0, count * elementBytes);
        } else {
            // The zeros of the tile before.
            fillWeights(before, padded(before), 1);
        }
        fillWeights(count, padded(), 0);
    }

    private void fillWeights(int from, int to, int weight) {
        for (int n = from; n < to; n++) {
            if (elementBytes == Double.BYTES) {
                weights.setAtIndex(ValueLayout.JAVA_DOUBLE, n, weight);
            } else {
                weights.setAtIndex(ValueLayout.JAVA_FLOAT, n, weight);
            }
        }
    }

    private void copyPadded(MemorySegment source, long from, MemorySegment target, long targetOffset) {
        long bytes = count * elementBytes;
        MemorySegment.copy(source, from * elementBytes, target, targetOffset, bytes);
        for (long end = bytes; end < padded() * elementBytes; end += elementBytes) {
            MemorySegment.copy(target, targetOffset + bytes - elementBytes, target, targetOffset + end, elementBytes);
        }
    }

    /** The number of real points. */
    public int count() {
        return count;
    }

    /** The number of points that can be read: {@link #count()} rounded up to whole {@link #PADDING_BYTES}. */
    public int padded() {
        return padded(count);
    }

    private int padded(int points) {
        int padding = (int) (PADDING_BYTES / elementBytes);
        return Math.ceilDiv(points, padding) * padding;
    }

    /** D, the number of columns. */
    public int dims() {
        return dims;
    }

    /** K, the rows of {@link #logDensities()}. */
    public int components() {
        return components;
    }

    /** How coordinates and weights are stored. */
    public ElementType type() {
        return points.type();
    }

    /** The memory of the columns. */
    public MemorySegment columns() {
        return columns;
    }

    /** The byte of the first point's coordinate in column 0. */
    public long offset() {
        return offset;
    }

    /** The bytes from a column to the next. */
    public long strideBytes() {
        return strideBytes;
    }

    /** Whether the points carry weights; if not, each weighs 1. */
    public boolean weighted() {
        return points.weighted();
    }

    /** The points' weights from byte 0, of the points' type: one if they carry none, and zero for padding. */
    public MemorySegment weights() {
        return weights;
    }

    /** The scratch of {@code components} rows. */
    public MemorySegment logDensities() {
        return logDensities;
    }

    /** How the numbers of {@link #logDensities()} are stored: as a kernel computed them. */
    public ElementType rowType() {
        return rowType;
    }

    /** One number of {@link #logDensities()} in double. */
    public double value(int component, int point) {
        long row = component * rowBytes();
        return rowType == ElementType.FLOAT64
                ? logDensities.get(ValueLayout.JAVA_DOUBLE, row + point * (long) Double.BYTES)
                : logDensities.get(ValueLayout.JAVA_FLOAT, row + point * (long) Float.BYTES);
    }

    /** Copies the real points' numbers of one row of {@link #logDensities()} to an array. */
    public void copyRow(int component, double[] into, int start) {
        if (rowType == ElementType.FLOAT64) {
            MemorySegment.copy(logDensities, ValueLayout.JAVA_DOUBLE, component * rowBytes(), into, start, count);
        } else {
            for (int n = 0; n < count; n++) {
                into[start + n] = value(component, n);
            }
        }
    }

    /** Sets one number of {@link #logDensities()}. */
    void value(int component, int point, double value) {
        long row = component * rowBytes();
        if (rowType == ElementType.FLOAT64) {
            logDensities.set(ValueLayout.JAVA_DOUBLE, row + point * (long) Double.BYTES, value);
        } else {
            logDensities.set(ValueLayout.JAVA_FLOAT, row + point * (long) Float.BYTES, (float) value);
        }
    }

    /** Says how the first stage has stored log-densities; {@code FLOAT64} unless said. */
    void rowType(ElementType type) {
        rowType = type;
    }

    /**
     * Scratch of vector kernels, of the points' type, in rows of {@link #ROW_BYTES}: first the columns less
     * {@link #centre()}, from {@link #spare()} on what a stage likes.
     */
    MemorySegment features() {
        return features;
    }

    /** The byte where as many spare rows of {@link #features()} start, and {@link #ROW_GROUP} more. */
    long spare() {
        return wholeGroups(dims) * ROW_BYTES;
    }

    /** The byte where 1 row more than dims starts, after the spare ones: for points picked from the tile. */
    long picked() {
        return (2L * wholeGroups(dims) + ROW_GROUP) * ROW_BYTES;
    }

    /** Room for the bytes of points picked from the tile. */
    int[] points() {
        return pickedPoints;
    }

    /** What has been subtracted from {@link #features()}; live. */
    double[] centre() {
        return centre;
    }

    /** Sums of a stage that computes in double. */
    double[] sums64() {
        return sums64;
    }

    /** Room for the lanes of {@link #SUMS} vectors of a stage that computes in double. */
    double[] lanes64() {
        return lanes64;
    }

    /** The same room, whatever the type a stage computes in: for sums that are kept in double. */
    double[] doubleLanes() {
        return lanes64;
    }

    /** The same for a stage that computes in float. */
    float[] lanes32() {
        return lanes32;
    }

    /** Room for one component's shifts, in whole groups. */
    double[] shifts64() {
        return shifts64;
    }

    /** The same for a stage that computes in float. */
    float[] shifts32() {
        return shifts32;
    }

    /** Sums of a stage that computes in float. */
    float[] sums32() {
        return sums32;
    }

    /**
     * The bytes from a row of {@link #logDensities()} to the next: an odd number of cache lines, so that the same point
     * of all rows does not fall into the same few cache sets.
     */
    public long rowBytes() {
        return (long) capacity * Double.BYTES + 64;
    }

    /** One coordinate in double: for plain loops. */
    double get(int point, int column) {
        long at = offset + column * strideBytes + point * elementBytes;
        return elementBytes == Double.BYTES
                ? columns.get(ValueLayout.JAVA_DOUBLE, at)
                : columns.get(ValueLayout.JAVA_FLOAT, at);
    }

    /** One weight in double: for plain loops. */
    double weight(int point) {
        return elementBytes == Double.BYTES
                ? weights.getAtIndex(ValueLayout.JAVA_DOUBLE, point)
                : weights.getAtIndex(ValueLayout.JAVA_FLOAT, point);
    }

    /** The sum of the real points' weights. */
    double totalWeight() {
        if (!weighted()) {
            return count;
        }
        double sum = 0;
        for (int n = 0; n < count; n++) {
            sum += weight(n);
        }
        return sum;
    }

    /** Room for one point, for plain loops. */
    double[] row() {
        return row;
    }
}
