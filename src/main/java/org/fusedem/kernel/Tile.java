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
 *       number of {@link #PADDING_POINTS}, are copies of a real one. So no stage needs a loop for a remainder.
 *   <li>{@link #logDensities()} is scratch of {@code components} rows of {@link #rowBytes()} bytes, 64-byte aligned:
 *       log-densities after the first stage, responsibilities (zero for padding) after the second.
 * </ul>
 *
 * One per thread, allocated once. Not thread-safe.
 */
public final class Tile {
    /** Four of the widest vectors of floats: the largest block of points that a kernel keeps in registers. */
    public static final int PADDING_POINTS = 64;

    /** Log-densities of a tile beyond this size leave the second-level cache. */
    private static final int SCRATCH_BYTES = 1 << 18;

    /** More points per tile than this no longer help to spread the cost of starting a stage. */
    private static final int MOST_POINTS = 512;

    private final Points points;
    private final MemorySegment block;
    private final int dims;
    private final int components;
    private final long elementBytes;
    private final int capacity;
    private final MemorySegment copy;
    private final MemorySegment weightCopy;
    private final MemorySegment logDensities;
    private final double[] row;

    private MemorySegment columns;
    private long offset;
    private long strideBytes;
    private int count;

    /** Scratch for these points, from an arena that must outlive the tile. */
    public Tile(Points points, int components, Arena arena) {
        this.points = Objects.requireNonNull(points);
        this.components = components;
        block = points.block();
        dims = points.dims();
        elementBytes = points.type().bytes();
        capacity = capacity(components);
        copy = arena.allocate(dims * rowBytes(), 64);
        weightCopy = points.weighted() ? arena.allocate(rowBytes(), 64) : null;
        logDensities = arena.allocate(components * rowBytes(), 64);
        row = new double[dims];
    }

    /** The most points in a tile for so many components: depends on nothing else, so results do not either. */
    public static int capacity(int components) {
        int fitting = SCRATCH_BYTES / (Double.BYTES * components);
        return Math.clamp(fitting / PADDING_POINTS * PADDING_POINTS, PADDING_POINTS, MOST_POINTS);
    }

    /** Moves to points {@code from} to {@code from + count - 1}; at most {@link #capacity}. */
    public void load(long from, int newCount) {
        count = newCount;
        if (block != null && newCount % PADDING_POINTS == 0) {
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
        if (weightCopy != null) {
            copyPadded(points.weights(), from, weightCopy, 0);
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

    /** The number of points that can be read: {@link #count()} rounded up to whole {@link #PADDING_POINTS}. */
    public int padded() {
        return Math.ceilDiv(count, PADDING_POINTS) * PADDING_POINTS;
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

    /** The points' weights from byte 0, padded like the columns; null if every point weighs 1. */
    public MemorySegment weights() {
        return weightCopy;
    }

    /** The scratch of {@code components} rows. */
    public MemorySegment logDensities() {
        return logDensities;
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
        if (weightCopy == null) {
            return 1;
        }
        return elementBytes == Double.BYTES
                ? weightCopy.getAtIndex(ValueLayout.JAVA_DOUBLE, point)
                : weightCopy.getAtIndex(ValueLayout.JAVA_FLOAT, point);
    }

    /** One log-density (or, after stage two, responsibility): for plain loops. */
    public double logDensity(int component, int point) {
        return logDensities.get(ValueLayout.JAVA_DOUBLE, component * rowBytes() + (long) point * Double.BYTES);
    }

    /** Sets one log-density or responsibility: for plain loops. */
    public void setLogDensity(int component, int point, double value) {
        logDensities.set(ValueLayout.JAVA_DOUBLE, component * rowBytes() + (long) point * Double.BYTES, value);
    }

    /** The sum of the real points' weights. */
    double totalWeight() {
        if (weightCopy == null) {
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
