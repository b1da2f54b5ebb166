package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;

/** The stages in one element type: which loops run over which part of a tile, and where their sums go. */
final class Stages64 {
    /** What of some rows stays in the nearest cache (48 KiB, or 32) while a stage walks over them again and again. */
    private static final long NEAR_BYTES = 32 << 10;
    private static final int GROUP = Tile.ROW_GROUP;

    /**
     * Points are picked for a component if it is responsible for no more than one in so many: copying a point costs
     * about as much as the moments of so many.
     */
    private static final int PICKED_SHARE = 8;
    /** Picked points come in pairs of the widest vectors: no loop over them takes more at a time. */
    private static final long PICKED_PADDING = 128;

    private Stages64() {}

    /** Stage one. */
    static void logDensities(Parameters parameters, Tile tile) {
        PackedParameters packed = parameters.packed();
        long bytes = tile.padded() * (long) Element64.BYTES;
        int last = tile.components() - 1;
        Centring64.run(tile, packed.centre(), 0, bytes);
        logDensities(packed, tile, bytes, packed.offsets64(), 0, last);
        if (packed.anyFar64()) {
            for (int k = 0; k <= last; k++) {
                if (packed.isFar64(k)) {
                    Centring64.run(tile, parameters.means(), k * tile.dims(), bytes);
                    logDensities(packed, tile, bytes, packed.noOffsets64(), k, k);
                }
            }
            // As stage three expects it.
            Centring64.run(tile, packed.centre(), 0, bytes);
        }
    }

    /** Of the components from first to last, around what the tile's features have been centred to. */
    private static void logDensities(
            PackedParameters packed, Tile tile, long bytes, double[] offsets, int first, int last) {
        switch (packed.covariance()) {
            case SPHERICAL, DIAGONAL -> diagonal(packed, tile, 0, bytes, offsets, first, last);
            case TIED -> {
                TiedTransform64.run(tile.features(), Tile.ROW_BYTES, bytes, tile.dims(), packed.triangles64(),
                        tile.spare());
                diagonal(packed, tile, tile.spare(), bytes, offsets, first, last);
            }
            case FULL -> full(packed, tile, bytes, offsets, first, last);
        }
    }

    private static void diagonal(PackedParameters packed, Tile tile, long row, long bytes, double[] offsets,
            int first, int last) {
        long stretch = stretch(tile.dims());
        for (long from = 0; from < bytes; from += stretch) {
            long to = Math.min(bytes, from + stretch);
            for (int k = first; k <= last; k += 2) {
                DiagonalDensities64.pair(tile.features(), row, Tile.ROW_BYTES, from, to, tile.dims(),
                        packed.scales64(), offsets, packed.offsetLength(), packed.constants64(), k,
                        Math.min(k + 1, last), tile.logDensities(), tile.rowBytes());
            }
        }
    }

    private static void full(
            PackedParameters packed, Tile tile, long bytes, double[] offsets, int first, int last) {
        for (int k = first; k <= last; k += 2) {
            FullDensities64.pair(tile.features(), Tile.ROW_BYTES, 0, bytes, tile.dims(), packed.triangles64(),
                    packed.triangleLength(), offsets, packed.offsetLength(), packed.constants64(), k,
                    Math.min(k + 1, last), tile.logDensities(), tile.rowBytes());
        }
    }

    /** Bytes of each row that, for so many rows, fit {@link #NEAR_BYTES}: whole paddings. */
    private static long stretch(int rows) {
        return Math.max(Tile.PADDING_BYTES, NEAR_BYTES / rows / Tile.PADDING_BYTES * Tile.PADDING_BYTES);
    }

    /** Stage two. */
    static double responsibilities(Tile tile) { // in double
        MemorySegment r = tile.logDensities();
        MemorySegment scratch = tile.features();
        int components = tile.components();
        long bytes = tile.padded() * (long) Element64.BYTES;
        long largest = tile.spare();
        long sums = largest + Tile.ROW_BYTES;
        long stretch = stretch(components);
        for (long from = 0; from < bytes; from += stretch) {
            long to = Math.min(bytes, from + stretch);
            LogSumExp64.largest(r, tile.rowBytes(), components, from, to, scratch, largest, sums);
            for (int k = 0; k < components; k++) {
                Exponential64.row(r, k * tile.rowBytes() + from, to - from, Element64.NEGLIGIBLE, scratch,
                        largest + from, sums + from);
            }
            LogSumExp64.divide(r, tile.rowBytes(), components, from, to, scratch, sums, tile.weights());
        }
        if (tile.weighted()) {
            return LogSumExp64.weighted(scratch, largest, sums, bytes, tile.weights(), tile.doubleLanes());
        }
        neutralizePadding(tile, scratch, largest, sums);
        return LogSumExp64.unweighted(scratch, largest, sums, bytes, components, tile.lanes64(), tile.doubleLanes());
    }

    /** Where points weigh 1, padding does too: it is left 0 and a sum of 1, whose logarithm is 0. */
    private static void neutralizePadding(Tile tile, MemorySegment scratch, long largest, long sums) {
        for (int n = tile.count(); n < tile.padded(); n++) {
            scratch.set(Element64.LAYOUT, largest + n * (long) Element64.BYTES, 0);
            scratch.set(Element64.LAYOUT, sums + n * (long) Element64.BYTES, 1);
        }
    }

    /** Stage two of k-means. */
    static double assign(Tile tile) { // in double
        return HardAssignment64.run(tile.logDensities(), tile.rowBytes(), tile.components(),
                tile.padded() * (long) Element64.BYTES, tile.weights(), tile.lanes64());
    }

    /** Stage three. */
    static void moments(Tile tile, Moments moments) {
        long bytes = tile.padded() * (long) Element64.BYTES;
        for (int k = 0; k < tile.components(); k++) {
            moments.weights()[k] += Responsible64.weight(tile.logDensities(), k * tile.rowBytes(), bytes,
                    tile.lanes64());
        }
        boolean centred = moments.shiftCommon()
                && Arrays.equals(tile.centre(), 0, tile.dims(), moments.shifts(), 0, tile.dims());
        if (moments.covariance() == Covariance.FULL || moments.covariance() == Covariance.TIED && !centred) {
            for (int k = 0; k < tile.components(); k++) {
                component(tile, moments, bytes, k);
            }
            return;
        }
        diagonalSums(tile, moments, bytes, centred);
        addFirst(tile.sums64(), moments);
        if (moments.covariance() == Covariance.TIED) {
            // Around one centre, the scatter of all components together is that of the points.
            triangle(tile, moments, bytes, tile.weights(), 0, 0, 0, false);
        } else {
            addDiagonal(tile.sums64(), moments);
        }
    }

    /** Components by fours where they share a centre; one by one where they do not, or where one is left over. */
    private static void diagonalSums(Tile tile, Moments moments, long bytes, boolean centred) {
        int components = tile.components();
        int k = 0;
        for (; centred && k < components - 1; k += GROUP) {
            four(tile, bytes, k);
        }
        for (; k < components; k++) {
            int count = pick(tile, bytes, k);
            long picked = count < 0 ? bytes : paddedBytes(count);
            MemorySegment r = count < 0 ? tile.logDensities() : tile.features();
            long at = count < 0 ? k * tile.rowBytes() : tile.picked() + tile.dims() * Tile.ROW_BYTES;
            one(tile, moments, picked, r, at, count < 0 ? 0 : tile.picked(), k);
        }
    }

    private static void four(Tile tile, long bytes, int k) {
        int step = 2 * Tile.wholeGroups(tile.dims());
        for (int i = 0; i < tile.dims(); i += 2) {
            DiagonalMoments64.four(tile.logDensities(), k * tile.rowBytes(), tile.rowBytes(), tile.features(),
                    i * Tile.ROW_BYTES, bytes, tile.lanes64());
            for (int j = 0; j < GROUP; j++) {
                LaneSum64.run(tile.lanes64(), GROUP * j, GROUP, tile.sums64(), (k + j) * step + 2 * i);
            }
        }
    }

    private static void one(Tile tile, Moments moments, long bytes, MemorySegment r, long at, long x, int k) {
        int step = 2 * Tile.wholeGroups(tile.dims());
        for (int i = 0; i < tile.dims(); i += 2) {
            DiagonalMoments64.one(r, at, tile.features(), x + i * Tile.ROW_BYTES, bytes, shift(tile, moments, k, i),
                    shift(tile, moments, k, i + 1), tile.lanes64());
            LaneSum64.run(tile.lanes64(), 0, GROUP, tile.sums64(), k * step + 2 * i);
        }
    }

    /** A component's shift relative to the tile's centre; 0 beyond the last feature. */
    private static double shift(Tile tile, Moments moments, int k, int i) {
        return i < tile.dims() ? Element64.of(moments.shifts()[k * tile.dims() + i] - tile.centre()[i]) : 0;
    }

    private static void addFirst(double[] sums, Moments moments) {
        int dims = moments.dims();
        int step = 2 * Tile.wholeGroups(dims);
        for (int k = 0; k < moments.components(); k++) {
            for (int i = 0; i < dims; i++) {
                moments.first()[k * dims + i] += sums[k * step + 2 * i];
            }
        }
    }

    private static void addDiagonal(double[] sums, Moments moments) {
        int dims = moments.dims();
        int step = 2 * Tile.wholeGroups(dims);
        for (int k = 0; k < moments.components(); k++) {
            for (int i = 0; i < dims; i++) {
                int block = moments.covariance() == Covariance.SPHERICAL ? k : k * dims + i;
                moments.second()[block] += sums[k * step + 2 * i + 1];
            }
        }
    }

    /** One component's first moments and triangle, from all points or, if they are few, from those that matter. */
    private static void component(Tile tile, Moments moments, long bytes, int k) {
        int count = pick(tile, bytes, k);
        if (count < 0) {
            triangle(tile, moments, bytes, tile.logDensities(), k * tile.rowBytes(), 0, k, true);
        } else if (count > 0) {
            long row = tile.picked() + tile.dims() * Tile.ROW_BYTES;
            triangle(tile, moments, paddedBytes(count), tile.features(), row, tile.picked(), k, true);
        }
    }

    /**
     * Copies the points that component k is responsible for side by side, if they are few: features first, shares last.
     *
     * @return their number, or -1 if they are not few
     */
    private static int pick(Tile tile, long bytes, int k) {
        MemorySegment x = tile.features();
        int most = tile.padded() / PICKED_SHARE;
        int count = Responsible64.list(tile.logDensities(), k * tile.rowBytes(), bytes, tile.points(), most);
        if (count > most) {
            return -1;
        }
        int padded = (int) (paddedBytes(count) / Element64.BYTES);
        for (int i = 0; i < tile.dims(); i++) {
            Responsible64.gather(x, i * Tile.ROW_BYTES, tile.points(), count, padded, x,
                    tile.picked() + i * Tile.ROW_BYTES);
        }
        Responsible64.gather(tile.logDensities(), k * tile.rowBytes(), tile.points(), count, padded, x,
                tile.picked() + tile.dims() * Tile.ROW_BYTES);
        return count;
    }

    private static long paddedBytes(int count) {
        return Math.ceilDiv(count * (long) Element64.BYTES, PICKED_PADDING) * PICKED_PADDING;
    }

    /**
     * One component's first moments, if wanted, and triangle of second moments.
     *
     * @param at where in {@code r} the points' weights start
     * @param x where in the tile's features their first feature starts
     */
    private static void triangle(Tile tile, Moments moments, long bytes, MemorySegment r, long at, long x, int k,
            boolean addFirst) {
        double[] sums = tile.sums64();
        double[] shifts = tile.shifts64();
        int dims = tile.dims();
        for (int i = 0; i < shifts.length; i++) {
            shifts[i] = shift(tile, moments, k, i);
        }
        int block = moments.covariance().blockOffset(k, dims);
        for (int i = 0; i < dims; i += GROUP) {
            diagonalBlock(tile, bytes, r, at, x, i);
            for (int a = 0; addFirst && a < Math.min(GROUP, dims - i); a++) {
                moments.first()[k * dims + i + a] += sums[a];
            }
            addBlock(sums, shifts, i, i, dims, moments.second(), block);
            for (int j = 0; j < i; j += GROUP) {
                FullMoments64.square(tile.features(), tile.spare(), x + j * Tile.ROW_BYTES, bytes,
                        tile.lanes64());
                LaneSum64.run(tile.lanes64(), GROUP, GROUP * GROUP, sums, GROUP);
                addBlock(sums, shifts, i, j, dims, moments.second(), block);
            }
        }
    }

    /** The sums of the four features from i on; with one or two features, half of them would be of padding. */
    private static void diagonalBlock(Tile tile, long bytes, MemorySegment r, long at, long x, int i) {
        double[] shifts = tile.shifts64();
        double[] lanes = tile.lanes64();
        if (tile.dims() <= 2) {
            FullMoments64.narrow(r, at, tile.features(), x, bytes, shifts[0], shifts[1], lanes);
            LaneSum64.run(lanes, 0, 2, tile.sums64(), 0);
            LaneSum64.run(lanes, 4, 1, tile.sums64(), 4);
            LaneSum64.run(lanes, 8, 2, tile.sums64(), 8);
        } else {
            FullMoments64.diagonal(r, at, tile.features(), x + i * Tile.ROW_BYTES, bytes, shifts, i, tile.spare(),
                    lanes);
            LaneSum64.run(lanes, 0, Tile.SUMS, tile.sums64(), 0);
        }
    }

    /** Adds what lies on or below the diagonal of the four by four sums at (i, j), the second side shifted too. */
    private static void addBlock(double[] sums, double[] shifts, int i, int j, int dims,
            double[] second, int block) { // in double
        for (int a = 0; a < Math.min(GROUP, dims - i); a++) {
            int row = block + LowerTriangle.index(i + a, j);
            for (int b = 0; b < Math.min(GROUP, i + a - j + 1); b++) {
                second[row + b] += sums[4 + 4 * a + b] - shifts[j + b] * sums[a];
            }
        }
    }
}
