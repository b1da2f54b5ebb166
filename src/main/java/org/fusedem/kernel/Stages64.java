package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;

/** The stages in one element type: which loops run over which part of a tile, and where their sums go. */
final class Stages64 {
    /** Points and dims that stay in the nearest cache (48 KiB, or 32) while all components pass over them. */
    private static final long NEAR_BYTES = 32 << 10;
    private static final int GROUP = Tile.ROW_GROUP;

    private Stages64() {}

    /** Stage one. */
    static void logDensities(Parameters parameters, Tile tile) {
        PackedParameters packed = parameters.packed();
        long bytes = tile.padded() * (long) Element64.BYTES;
        Centring64.run(tile, packed.centre(), bytes);
        switch (parameters.covariance()) {
            case SPHERICAL, DIAGONAL -> diagonal(packed, tile, 0, bytes);
            case TIED -> {
                TiedTransform64.run(tile.features(), bytes, tile.dims(), packed.triangles64(), tile.spare());
                diagonal(packed, tile, tile.spare(), bytes);
            }
            case FULL -> full(packed, tile, bytes);
        }
    }

    private static void diagonal(PackedParameters packed, Tile tile, long row, long bytes) {
        int length = packed.offsetLength();
        long stretch = stretch(tile);
        for (long from = 0; from < bytes; from += stretch) {
            long to = Math.min(bytes, from + stretch);
            for (int k = 0; k < tile.components(); k++) {
                DiagonalDensities64.component(tile.features(), row, from, to, tile.dims(), packed.scales64(),
                        packed.offsets64(), k * length, packed.constants64()[k], tile.logDensities(),
                        k * tile.rowBytes());
            }
        }
    }

    private static void full(PackedParameters packed, Tile tile, long bytes) {
        int length = packed.triangleLength();
        for (int k = 0; k < tile.components(); k++) {
            FullDensities64.component(tile.features(), 0, bytes, tile.dims(), packed.triangles64(), k * length,
                    packed.offsets64(), k * packed.offsetLength(), packed.constants64()[k], tile.logDensities(),
                    k * tile.rowBytes());
        }
    }

    /** Bytes of each row that, for all features, fit {@link #NEAR_BYTES}: whole paddings. */
    private static long stretch(Tile tile) {
        return Math.max(Tile.PADDING_BYTES, NEAR_BYTES / tile.dims() / Tile.PADDING_BYTES * Tile.PADDING_BYTES);
    }

    /** Stage two. */
    static double responsibilities(Tile tile) { // in double
        long bytes = tile.padded() * (long) Element64.BYTES;
        long largest = tile.spare();
        long sums = largest + Tile.ROW_BYTES;
        LogSumExp64.responsibilities(tile.logDensities(), tile.rowBytes(), tile.components(), bytes, tile.weights(),
                tile.features(), largest, sums);
        return tile.weighted()
                ? LogSumExp64.weighted(tile.features(), largest, sums, bytes, tile.weights())
                : LogSumExp64.unweighted(tile.features(), largest, sums, bytes, tile.components());
    }

    /** Stage two of k-means. */
    static double assign(Tile tile) { // in double
        return HardAssignment64.run(tile.logDensities(), tile.rowBytes(), tile.components(),
                tile.padded() * (long) Element64.BYTES, tile.weights());
    }

    /** Stage three. */
    static void moments(Tile tile, Moments moments) {
        long bytes = tile.padded() * (long) Element64.BYTES;
        for (int k = 0; k < tile.components(); k++) {
            moments.weights()[k] += DiagonalMoments64.weight(tile.logDensities(), k * tile.rowBytes(), bytes);
        }
        boolean centred = moments.shiftCommon()
                && Arrays.equals(tile.centre(), 0, tile.dims(), moments.shifts(), 0, tile.dims());
        switch (moments.covariance()) {
            case SPHERICAL, DIAGONAL -> {
                diagonalSums(tile, moments, bytes, centred);
                addDiagonal(tile.sums64(), moments);
            }
            case TIED -> {
                if (centred) {
                    diagonalSums(tile, moments, bytes, true);
                    addFirst(tile.sums64(), moments);
                    triangle(tile, moments, bytes, tile.weights(), 0, 0, false);
                } else {
                    fullMoments(tile, moments, bytes);
                }
            }
            case FULL -> fullMoments(tile, moments, bytes);
        }
    }

    /** Components by fours where they share a centre; one by one where they do not, or where one is left over. */
    private static void diagonalSums(Tile tile, Moments moments, long bytes, boolean centred) {
        int components = tile.components();
        int step = 2 * Tile.wholeGroups(tile.dims());
        int k = 0;
        for (; centred && k < components - 1; k += Tile.ROW_GROUP) {
            for (int i = 0; i < tile.dims(); i += 2) {
                DiagonalMoments64.four(tile.logDensities(), k * tile.rowBytes(), tile.rowBytes(), tile.features(),
                        i * Tile.ROW_BYTES, bytes, tile.sums64(), k * step + 2 * i, step);
            }
        }
        for (; k < components; k++) {
            for (int i = 0; i < tile.dims(); i += 2) {
                DiagonalMoments64.one(tile.logDensities(), k * tile.rowBytes(), tile.features(), i * Tile.ROW_BYTES,
                        bytes, shift(tile, moments, k, i), shift(tile, moments, k, i + 1), tile.sums64(),
                        k * step + 2 * i);
            }
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
        addFirst(sums, moments);
        int dims = moments.dims();
        int step = 2 * Tile.wholeGroups(dims);
        for (int k = 0; k < moments.components(); k++) {
            for (int i = 0; i < dims; i++) {
                int block = moments.covariance() == Covariance.SPHERICAL ? k : k * dims + i;
                moments.second()[block] += sums[k * step + 2 * i + 1];
            }
        }
    }

    private static void fullMoments(Tile tile, Moments moments, long bytes) {
        for (int k = 0; k < tile.components(); k++) {
            triangle(tile, moments, bytes, tile.logDensities(), k * tile.rowBytes(), k, true);
        }
    }

    /** One component's first moments, if wanted, and triangle of second moments, under the weights at {@code r}. */
    private static void triangle(Tile tile, Moments moments, long bytes, MemorySegment r, long at, int k,
            boolean addFirst) {
        double[] sums = tile.sums64();
        double[] shifts = tile.shifts64();
        int dims = tile.dims();
        for (int i = 0; i < shifts.length; i++) {
            shifts[i] = shift(tile, moments, k, i);
        }
        int block = moments.covariance().blockOffset(k, dims);
        for (int i = 0; i < dims; i += Tile.ROW_GROUP) {
            FullMoments64.diagonal(r, at, tile.features(), i * Tile.ROW_BYTES, bytes, shifts, i, tile.spare(), sums);
            for (int a = 0; addFirst && a < Math.min(GROUP, dims - i); a++) {
                moments.first()[k * dims + i + a] += sums[a];
            }
            addBlock(sums, shifts, i, i, dims, moments.second(), block);
            for (int j = 0; j < i; j += Tile.ROW_GROUP) {
                FullMoments64.square(tile.features(), tile.spare(), j * Tile.ROW_BYTES, bytes, sums);
                addBlock(sums, shifts, i, j, dims, moments.second(), block);
            }
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
