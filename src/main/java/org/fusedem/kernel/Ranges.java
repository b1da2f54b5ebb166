package org.fusedem.kernel;

import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;

/**
 * How the points are cut into ranges, one task each. Depends on the size of the problem and on nothing else, above all
 * not on the number of threads: so the sums are formed in the same order, and have the same bits, at any number.
 *
 * @param points the number of points
 * @param rangePoints the points in each range but the last, a whole number of tiles
 */
record Ranges(long points, long rangePoints) {
    /** Work (points x components x dims) that outweighs handing a range to another thread, some 20 microseconds. */
    private static final long LEAST_WORK = 1 << 16;

    /**
     * To clear and merge the moments of a range takes about as long as a pass over 20 points; so that is two percent at
     * most.
     */
    private static final long LEAST_POINTS = 1024;

    /** Enough ranges for 16 threads to end within a few percent of each other. */
    private static final long MOST_RANGES = 64;

    /** Each range has moments of its own; together they take no more memory than this. */
    private static final long MOST_MOMENTS_BYTES = 1L << 28;

    static Ranges of(long points, ElementType type, Moments moments) {
        long momentsBytes = 8L * (moments.first().length + moments.second().length);
        double work = (double) points * moments.components() * moments.dims();
        long count = (long) Math.min(work / LEAST_WORK, Math.min(MOST_RANGES, MOST_MOMENTS_BYTES / momentsBytes));
        count = Math.min(count, points / LEAST_POINTS);
        long tile = Tile.capacity(moments.components(), type);
        long tiles = Math.ceilDiv(points, tile);
        return new Ranges(points, Math.max(1, Math.ceilDiv(tiles, Math.max(1, count))) * tile);
    }

    int count() {
        return (int) Math.ceilDiv(points, rangePoints);
    }

    long start(int range) {
        return range * rangePoints;
    }

    long end(int range) {
        return Math.min(points, start(range) + rangePoints);
    }
}
