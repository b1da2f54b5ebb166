package org.fusedem.points;

/**
 * Where the columns of a block stand: column after column, each starting on a 64-byte boundary, the weights
 * (if any) last.
 *
 * @param strideBytes the distance between the starts of two columns
 * @param columns the number of columns, weights included
 */
record ColumnLayout(long strideBytes, int columns) {
    /**
     * The layout for so many points.
     *
     * @throws IllegalArgumentException if the block would need more than 2^63 - 1 bytes
     */
    static ColumnLayout of(long points, int columns, ElementType type) {
        try {
            ColumnLayout layout = new ColumnLayout(type.strideBytes(points), columns);
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
