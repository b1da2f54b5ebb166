package org.fusedem.points;

/**
 * Where the columns of a block stand: column after column, each starting on a 64-byte boundary, the weights
 * (if any) last.
 *
 * @param strideBytes the distance between the starts of two columns
 * @param columns the number of columns, weights included
 */
record ColumnLayout(long strideBytes, int columns) {
    /** A cache line, and the widest vector register. */
    static final long ALIGNMENT_BYTES = 64;

    /**
     * The layout for so many points. The stride is an odd number of cache lines: with an even one, say 4096
     * bytes, the same row of all columns would fall into the same few cache sets and evict itself.
     *
     * @throws IllegalArgumentException if the block would need more than 2^63 - 1 bytes
     */
    static ColumnLayout of(long points, int columns, ElementType type) {
        try {
            long lines = Math.ceilDiv(Math.multiplyExact(points, (long) type.bytes()), ALIGNMENT_BYTES) | 1;
            ColumnLayout layout = new ColumnLayout(Math.multiplyExact(lines, ALIGNMENT_BYTES), columns);
            Math.multiplyExact(layout.strideBytes, (long) columns);
            return layout;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "too many numbers for one block of memory: points=" + points + ", columns=" + columns, e);
        }
    }

    long columnOffset(int column) {
        return column * strideBytes;
    }

    long totalBytes() {
        return columns * strideBytes;
    }
}
