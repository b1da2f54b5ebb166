package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 511, 512, 513, 100_000, 12_345_678, 5_000_000_000L})
    void coverEveryPointOnce(long points) {
        for (int components : new int[] {1, 3, 64, 1024}) {
            Ranges ranges = Ranges.of(points, ElementType.FLOAT32, new Moments(Covariance.DIAGONAL, components, 8));
            long next = 0;
            for (int r = 0; r < ranges.count(); r++) {
                assertEquals(next, ranges.start(r));
                assertTrue(ranges.end(r) > next);
                next = ranges.end(r);
                boolean wholeTiles = next % Tile.capacity(components, ElementType.FLOAT32) == 0;
                assertTrue(next == points || wholeTiles, "only the last may end in mid-tile");
            }
            assertEquals(points, next);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 256})
    void momentsOfAllRangesFitTheirMemory(int dims) {
        Moments moments = new Moments(Covariance.FULL, 64, dims);
        long bytes = 8L * (moments.first().length + moments.second().length);
        assertTrue(Ranges.of(10_000_000, ElementType.FLOAT64, moments).count() * bytes <= Math.max(bytes, 1L << 28));
    }
}
