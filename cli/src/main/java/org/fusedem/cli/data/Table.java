package org.fusedem.cli.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.fusedem.points.ElementType;

/** Columns of numbers, all of one length, in memory or in a mapped file: any value can be had at any time. */
interface Table extends AutoCloseable {
    /** One per column. */
    List<String> names();

    /** Whether these names stood in the file, and were not made up. */
    boolean named();

    long size();

    /** What a column holds instead of numbers, "strings" for instance; null if it holds numbers. */
    default String notNumbers(int column) {
        return null;
    }

    /** A value; NaN where it is missing. */
    double get(long row, int column);

    /** The type of {@link #segment}. */
    ElementType type(int column);

    /** A column as points can borrow it, {@link #size} numbers; null if it does not stand in memory so. */
    MemorySegment segment(int column);

    /** Whether the file has weights of its own, in none of these columns. */
    default boolean weighted() {
        return false;
    }

    /** The weight of a row; 1 without weights. */
    default double weight(long row) {
        return 1;
    }

    /** The type that holds all weights of the file's own exactly. */
    default ElementType weightType() {
        return ElementType.FLOAT64;
    }

    /** The weights as {@link #segment}, of the first column's type; null if there are none, or not so. */
    default MemorySegment weights() {
        return null;
    }

    @Override
    void close() throws IOException;
}
