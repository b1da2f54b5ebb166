package org.fusedem.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fusedem.points.Points;

/**
 * The points with missing values, copied to rows of double. Points that miss the same features, that have the same
 * <em>pattern</em>, stand side by side: what depends on the pattern is then worked out once for all of them. Patterns
 * come in the order of their first points, points within a pattern in their own order.
 *
 * <p>Needs {@code 8 (D + 1)} bytes off-heap and 8 on the heap for each such point, and some 100 for each pattern.
 */
final class IncompleteRows {
    private final int dims;
    private final List<BitSet> patterns;
    /** The first row of each pattern, and after the last one the number of rows. */
    private final int[] starts;
    /** By rows: the coordinates, then the weight. */
    private final MemorySegment values;
    /** Which point each row is. */
    private final long[] sources;

    private IncompleteRows(int dims, List<BitSet> patterns, int[] starts, MemorySegment values, long[] sources) {
        this.dims = dims;
        this.patterns = patterns;
        this.starts = starts;
        this.values = values;
        this.sources = sources;
    }

    /** No rows. */
    static IncompleteRows none(int dims) {
        return new IncompleteRows(dims, List.of(), new int[1], MemorySegment.NULL, new long[0]);
    }

    /** Copies the points with missing values, as {@code index} has seen them, into memory of the arena. */
    static IncompleteRows of(Points points, Index index, Arena arena) {
        int rowNumbers = points.dims() + 1;
        MemorySegment values = arena.allocate(index.size * (long) rowNumbers * Double.BYTES, 64);
        int[] starts = index.starts();
        int[] next = starts.clone();
        long[] sources = new long[index.size];
        double[] row = new double[rowNumbers];
        int seen = 0;
        for (long n = 0; n < points.size(); n++) {
            points.copyRow(n, row);
            if (index.isIncomplete(row)) {
                row[points.dims()] = points.weight(n);
                int place = next[index.patternOfRow[seen++]]++;
                sources[place] = n;
                long offset = (long) place * rowNumbers * Double.BYTES;
                MemorySegment.copy(row, 0, values, ValueLayout.JAVA_DOUBLE, offset, rowNumbers);
            }
        }
        return new IncompleteRows(points.dims(), index.patterns(), starts, values, sources);
    }

    /** Tells the patterns from each other, row after row. */
    static final class Index {
        private final int dims;
        private final Map<BitSet, Integer> numbers = new HashMap<>();
        private int[] patternOfRow = new int[64];
        private int size;

        Index(int dims) {
            this.dims = dims;
        }

        /** Whether one of the first D numbers is missing. */
        boolean isIncomplete(double[] row) {
            for (int i = 0; i < dims; i++) {
                if (Double.isNaN(row[i])) {
                    return true;
                }
            }
            return false;
        }

        void add(double[] row) {
            if (size == patternOfRow.length) {
                if (size > Integer.MAX_VALUE / 2) {
                    throw new IllegalArgumentException("too many points with missing values: at most " + size);
                }
                patternOfRow = Arrays.copyOf(patternOfRow, 2 * size);
            }
            patternOfRow[size++] = numbers.computeIfAbsent(missing(row, dims), pattern -> numbers.size());
        }

        private int[] starts() {
            int[] starts = new int[numbers.size() + 1];
            for (int n = 0; n < size; n++) {
                starts[patternOfRow[n] + 1]++;
            }
            for (int pattern = 0; pattern < numbers.size(); pattern++) {
                starts[pattern + 1] += starts[pattern];
            }
            return starts;
        }

        private List<BitSet> patterns() {
            BitSet[] patterns = new BitSet[numbers.size()];
            numbers.forEach((pattern, number) -> patterns[number] = pattern);
            return List.of(patterns);
        }
    }

    /** The features that a row misses. */
    static BitSet missing(double[] row, int dims) {
        BitSet missing = new BitSet(dims);
        for (int i = 0; i < dims; i++) {
            missing.set(i, Double.isNaN(row[i]));
        }
        return missing;
    }

    int size() {
        return starts[patterns.size()];
    }

    /** Which point a row is. */
    long source(int row) {
        return sources[row];
    }

    /** The number of the pattern of a row. */
    int patternOf(int row) {
        int found = Arrays.binarySearch(starts, row);
        return found >= 0 ? found : -found - 2;
    }

    /** The features that the rows of a pattern miss. */
    BitSet missing(int pattern) {
        return patterns.get(pattern);
    }

    /** The row after the last one of a pattern. */
    int end(int pattern) {
        return starts[pattern + 1];
    }

    /** Copies one row: D coordinates, and the weight. */
    void copyRow(int row, double[] into) {
        long offset = (long) row * (dims + 1) * Double.BYTES;
        MemorySegment.copy(values, ValueLayout.JAVA_DOUBLE, offset, into, 0, dims + 1);
    }
}
