// Made from Stages64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;

/** The stages in one element type: which loops run over which part of a tile, and where their sums go. */
final class Stages32 {
    /** Points and dims that stay in the nearest cache (48 KiB, or 32) while all components pass over them. */
    private static final long NEAR_BYTES = 32 << 10;
    private static final int GROUP = Tile.ROW_GROUP;

    private Stages32() {}

    /** Stage one. */
    static void logDensities(Parameters parameters, Tile tile) {
        PackedParameters packed = parameters.packed();
        long bytes = tile.padded() * (long) Element32.BYTES;
        Centring32.run(tile, packed.centre(), bytes);
        switch (parameters.covariance()) {
            case SPHERICAL, DIAGONAL -> diagonal(packed, tile, 0, bytes);
            case TIED -> {
                TiedTransform32.run(tile.features(), bytes, tile.dims(), packed.triangles32(), tile.spare());
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
                DiagonalDensities32.component(tile.features(), row, from, to, tile.dims(), packed.scales32(),
                        packed.offsets32(), k * length, packed.constants32()[k], tile.logDensities(),
                        k * tile.rowBytes());
            }
        }
    }

    private static void full(PackedParameters packed, Tile tile, long bytes) {
        int length = packed.triangleLength();
        for (int k = 0; k < tile.components(); k++) {
            FullDensities32.component(tile.features(), 0, bytes, tile.dims(), packed.triangles32(), k * length,
                    packed.offsets32(), k * packed.offsetLength(), packed.constants32()[k], tile.logDensities(),
                    k * tile.rowBytes());
        }
    }

    /** Bytes of each row that, for all features, fit {@link #NEAR_BYTES}: whole paddings. */
    private static long stretch(Tile tile) {
        return Math.max(Tile.PADDING_BYTES, NEAR_BYTES / tile.dims() / Tile.PADDING_BYTES * Tile.PADDING_BYTES);
    }

    /** Stage two. */
    static double responsibilities(Tile tile) { // in double
        long bytes = tile.padded() * (long) Element32.BYTES;
        long largest = tile.spare();
        long sums = largest + Tile.ROW_BYTES;
        LogSumExp32.responsibilities(tile.logDensities(), tile.rowBytes(), tile.components(), bytes, tile.weights(),
                tile.features(), largest, sums);
        return tile.weighted()
                ? LogSumExp32.weighted(tile.features(), largest, sums, bytes, tile.weights())
                : LogSumExp32.unweighted(tile.features(), largest, sums, bytes, tile.components());
    }

    /** Stage two of k-means. */
    static double assign(Tile tile) { // in double
        return HardAssignment32.run(tile.logDensities(), tile.rowBytes(), tile.components(),
                tile.padded() * (long) Element32.BYTES, tile.weights());
    }

    /** Stage three. */
    static void moments(Tile tile, Moments moments) {
        long bytes = tile.padded() * (long) Element32.BYTES;
        for (int k = 0; k < tile.components(); k++) {
            moments.weights()[k] += DiagonalMoments32.weight(tile.logDensities(), k * tile.rowBytes(), bytes);
        }
        boolean centred = moments.shiftCommon()
                && Arrays.equals(tile.centre(), 0, tile.dims(), moments.shifts(), 0, tile.dims());
        switch (moments.covariance()) {
            case SPHERICAL, DIAGONAL -> {
                diagonalSums(tile, moments, bytes, centred);
                addDiagonal(tile.sums32(), moments);
            }
            case TIED -> {
                if (centred) {
                    diagonalSums(tile, moments, bytes, true);
                    addFirst(tile.sums32(), moments);
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
                DiagonalMoments32.four(tile.logDensities(), k * tile.rowBytes(), tile.rowBytes(), tile.features(),
                        i * Tile.ROW_BYTES, bytes, tile.sums32(), k * step + 2 * i, step);
            }
        }
        for (; k < components; k++) {
            for (int i = 0; i < tile.dims(); i += 2) {
                DiagonalMoments32.one(tile.logDensities(), k * tile.rowBytes(), tile.features(), i * Tile.ROW_BYTES,
                        bytes, shift(tile, moments, k, i), shift(tile, moments, k, i + 1), tile.sums32(),
                        k * step + 2 * i);
            }
        }
    }

    /** A component's shift relative to the tile's centre; 0 beyond the last feature. */
    private static float shift(Tile tile, Moments moments, int k, int i) {
        return i < tile.dims() ? Element32.of(moments.shifts()[k * tile.dims() + i] - tile.centre()[i]) : 0;
    }

    private static void addFirst(float[] sums, Moments moments) {
        int dims = moments.dims();
        int step = 2 * Tile.wholeGroups(dims);
        for (int k = 0; k < moments.components(); k++) {
            for (int i = 0; i < dims; i++) {
                moments.first()[k * dims + i] += sums[k * step + 2 * i];
            }
        }
    }

    private static void addDiagonal(float[] sums, Moments moments) {
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
        float[] sums = tile.sums32();
        float[] shifts = tile.shifts32();
        int dims = tile.dims();
        for (int i = 0; i < shifts.length; i++) {
            shifts[i] = shift(tile, moments, k, i);
        }
        int block = moments.covariance().blockOffset(k, dims);
        for (int i = 0; i < dims; i += Tile.ROW_GROUP) {
            FullMoments32.diagonal(r, at, tile.features(), i * Tile.ROW_BYTES, bytes, shifts, i, tile.spare(), sums);
            for (int a = 0; addFirst && a < Math.min(GROUP, dims - i); a++) {
                moments.first()[k * dims + i + a] += sums[a];
            }
            addBlock(sums, shifts, i, i, dims, moments.second(), block);
            for (int j = 0; j < i; j += Tile.ROW_GROUP) {
                FullMoments32.square(tile.features(), tile.spare(), j * Tile.ROW_BYTES, bytes, sums);
                addBlock(sums, shifts, i, j, dims, moments.second(), block);
            }
        }
    }

    /** Adds what lies on or below the diagonal of the four by four sums at (i, j), the second side shifted too. */
    private static void addBlock(float[] sums, float[] shifts, int i, int j, int dims,
            double[] second, int block) { // in double
        for (int a = 0; a < Math.min(GROUP, dims - i); a++) {
            int row = block + LowerTriangle.index(i + a, j);
            for (int b = 0; b < Math.min(GROUP, i + a - j + 1); b++) {
                second[row + b] += sums[4 + 4 * a + b] - shifts[j + b] * sums[a];
            }
        }
    }
}
