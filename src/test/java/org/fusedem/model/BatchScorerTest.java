package org.fusedem.model;

import static org.fusedem.model.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.fusedem.kernel.Tile;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchScorerTest {
    private static final int K = 3;
    private static final int D = 5;
    private static final int TILE = Tile.capacity(K, ElementType.FLOAT64);

    /** Log densities here are of some tens, with as many roundings of each as there are operations. */
    private static final double LIMIT = 1e-12;
    /** The same in floats: some tens times 2^-24, times as many roundings, and those of coordinates. */
    private static final double LIMIT_32 = 2e-4;

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAgreeWithTheModelWhateverTheNumberOfPoints(Covariance shape) {
        GaussianMixture model = RandomMixtures.of(shape, K, D, 0, 1);
        double[] rows = rows(model, 3 * TILE + 1, 2);
        for (int count : new int[] {0, 1, 2, 16, 17, 63, 64, 65, TILE - 1, TILE, TILE + 1, TILE + 17, 3 * TILE + 1}) {
            for (ElementType type : ElementType.values()) {
                try (BatchScorer scorer = model.batchScorer(type, 3 * TILE + 1)) {
                    scorer.score(rows, 0, count);
                    assertEquals(count, scorer.size());
                    check(model, rows, 0, scorer, type == ElementType.FLOAT64 ? LIMIT : LIMIT_32);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void shouldReadEveryLayout(ElementType type) {
        GaussianMixture model = RandomMixtures.of(Covariance.FULL, K, D, 0, 3);
        int count = TILE + 20;
        double[] rows = rows(model, count + 2, 4);
        if (type == ElementType.FLOAT32) {
            Arrays.setAll(rows, i -> (float) rows[i]);
        }
        float[] floats = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            floats[i] = (float) rows[i];
        }
        double[] from2 = Arrays.copyOfRange(rows, 2 * D, rows.length);
        try (BatchScorer scorer = model.batchScorer(count); Arena arena = Arena.ofConfined();
                Points points = points(rows, type)) {
            scorer.score(rows, 2 * D, count);
            check(model, from2, 0, scorer, LIMIT);
            if (type == ElementType.FLOAT32) {
                scorer.score(floats, 2 * D, count);
                check(model, from2, 0, scorer, LIMIT);
            }
            scorer.score(points, 2, count);
            check(model, from2, 0, scorer, LIMIT);
            // Records of a key byte, D coordinates and some more: nothing is aligned.
            long record = 1 + D * type.bytes() + 10;
            for (MemorySegment memory : List.of(
                    arena.allocate(7 + (count + 2) * record), MemorySegment.ofArray(new byte[20_000 + 60 * count]))) {
                fill(memory, rows, type, 8, record, type.bytes());
                scorer.score(memory, type, 8 + 2 * record, record, type.bytes(), count);
                check(model, from2, 0, scorer, LIMIT);
            }
            long column = (count + 2L) * type.bytes();
            MemorySegment columns = arena.allocate(D * column);
            fill(columns, rows, type, 0, type.bytes(), column);
            scorer.score(columns, type, 2L * type.bytes(), type.bytes(), column, count);
            check(model, from2, 0, scorer, LIMIT);
            // The last coordinate is the segment's last: one more point is refused.
            assertThrows(IndexOutOfBoundsException.class,
                    () -> scorer.score(columns, type, 3L * type.bytes(), type.bytes(), column, count));
        }
    }

    private static void fill(
            MemorySegment memory, double[] rows, ElementType type, long offset, long pointStride, long columnStride) {
        for (int i = 0; i < rows.length; i++) {
            long at = offset + i / D * pointStride + i % D * columnStride;
            if (type == ElementType.FLOAT64) {
                memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, rows[i]);
            } else {
                memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) rows[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aPointThatIsNotFiniteHarmsNoOther(ElementType type) {
        GaussianMixture model = RandomMixtures.of(Covariance.FULL, K, D, 0, 5);
        for (int count : new int[] {5, TILE + 30}) {
            double[] rows = rows(model, count, 6);
            double[] clean = rows.clone();
            rows[D + 1] = Double.NaN;
            rows[3 * D] = Double.POSITIVE_INFINITY;
            rows[4 * D] = Double.NEGATIVE_INFINITY;
            rows[4 * D + 2] = Double.NaN;
            try (BatchScorer scorer = model.batchScorer(type, count)) {
                scorer.score(rows, 0, count);
                for (int n = 0; n < count; n++) {
                    if (n == 1 || n == 3 || n == 4) {
                        assertTrue(Double.isNaN(scorer.logDensity(n)), "point " + n);
                        assertTrue(Double.isNaN(scorer.responsibility(n, 0)));
                        assertEquals(-1, scorer.mostLikely(n));
                        assertTrue(scorer.isAnomaly(n, Double.NEGATIVE_INFINITY));
                    } else {
                        check(model, clean, n, scorer, n, type == ElementType.FLOAT64 ? LIMIT : LIMIT_32);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void farPointsHaveTheirOwnDensityAsFarAsADoubleGoes(ElementType type) {
        GaussianMixture model = RandomMixtures.of(Covariance.FULL, K, D, 0, 7);
        double[] rows = rows(model, 40, 8);
        double[] distances = {1e10, 1e18, 1e39, 1e140, 1e152, 1e200, Double.MAX_VALUE};
        for (int j = 0; j < distances.length; j++) {
            rows[(5 + 2 * j) * D + 1] = j % 2 == 0 ? distances[j] : -distances[j];
        }
        try (BatchScorer scorer = model.batchScorer(type, 40)) {
            scorer.score(rows, 0, 40);
            for (int n = 0; n < 40; n++) {
                double expected = model.logDensity(Arrays.copyOfRange(rows, n * D, n * D + D));
                double relative = type == ElementType.FLOAT64 ? 1e-13 : 1e-5;
                assertEquals(expected, scorer.logDensity(n), LIMIT_32 + relative * Math.abs(expected), "point " + n);
                assertEquals(1, sum(scorer, n), 1e-6);
                assertTrue(scorer.mostLikely(n) >= 0);
            }
            assertEquals(-1e300, scorer.logDensity(5 + 2 * (distances.length - 1)));
        }
    }

    @Test
    void missingValuesAreLeftOutIfTheModelSaysSo() {
        GaussianMixture model = RandomMixtures.of(Covariance.FULL, K, D, 0, 9).withMissingValues();
        for (int count : new int[] {4, 100}) {
            double[] rows = rows(model, count, 10);
            rows[2] = Double.NaN;
            rows[3 * D] = Double.NaN;
            rows[3 * D + 4] = Double.NaN;
            rows[D] = Double.NaN;
            rows[D + 1] = Double.POSITIVE_INFINITY;
            try (BatchScorer scorer = model.batchScorer(count)) {
                scorer.score(rows, 0, count);
                for (int n = 0; n < count; n++) {
                    if (n != 1) {
                        check(model, rows, n, scorer, n, LIMIT);
                    }
                }
                assertTrue(Double.isNaN(scorer.logDensity(1)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void anotherModelTakesItsPlace(Covariance shape) {
        GaussianMixture first = RandomMixtures.of(shape, K, D, 0, 11);
        GaussianMixture second = RandomMixtures.of(shape, K, D, 1e3, 12);
        GaussianMixture third = RandomMixtures.of(shape, K, D, -5, 13);
        double[] rows = rows(second, 100, 14);
        try (BatchScorer scorer = first.batchScorer(100)) {
            PointScorer pointScorer = first.pointScorer();
            for (int round = 0; round < 2; round++) {
                scorer.use(second);
                pointScorer.use(second);
                check(second, rows, scorer, pointScorer);
                scorer.use(third.weights(), third.means(), third.covariances());
                pointScorer.use(third.weights(), third.means(), third.covariances());
                check(third, rows, scorer, pointScorer);
                double[] broken = third.covariances();
                broken[0] = -1;
                assertThrows(IllegalArgumentException.class,
                        () -> scorer.use(second.weights(), second.means(), broken));
                assertThrows(IllegalArgumentException.class,
                        () -> pointScorer.use(second.weights(), second.means(), broken));
                check(third, rows, scorer, pointScorer);
                scorer.use(first.weights(), first.means(), first.covariances());
                pointScorer.use(first.weights(), first.means(), first.covariances());
                check(first, rows, scorer, pointScorer);
            }
            assertRefused("a scorer takes models of one kind: its own is " + shape.label()
                            + ", components=3, dims=5, the new one " + shape.label() + ", components=4, dims=5",
                    () -> scorer.use(RandomMixtures.of(shape, 4, D, 0, 1)));
        }
    }

    private static void check(GaussianMixture model, double[] rows, BatchScorer scorer, PointScorer pointScorer) {
        // Of points a thousand deviations away, log densities have fewer digits after the point.
        double[] own = rows(model, 100, 15);
        for (int count : new int[] {3, 100}) {
            scorer.score(own, 0, count);
            check(model, own, 0, scorer, 1e-9);
        }
        double[] point = Arrays.copyOf(own, D);
        double[] found = new double[K];
        assertEquals(model.logDensity(point), pointScorer.logDensity(point), 1e-9);
        pointScorer.componentLogDensities(point, found);
        assertArrayEquals(model.componentLogDensities(point), found, 1e-9);
        assertEquals(model.predict(point), pointScorer.mostLikely(point));
        scorer.score(rows, 0, 100);
        for (int n = 0; n < 100; n++) {
            double expected = model.logDensity(Arrays.copyOfRange(rows, n * D, n * D + D));
            assertEquals(expected, scorer.logDensity(n), 1e-9 + 1e-12 * Math.abs(expected));
        }
    }

    @Test
    void aComponentOfWeightZeroIsNeverTheMostLikely() {
        GaussianMixture model = RandomMixtures.of(Covariance.DIAGONAL, K, D, 0, 0, 16);
        double[] rows = rows(model, 20, 17);
        rows[0] = Double.MAX_VALUE;
        try (BatchScorer scorer = model.batchScorer(20)) {
            scorer.score(rows, 0, 20);
            for (int n = 0; n < 20; n++) {
                assertTrue(scorer.mostLikely(n) > 0);
            }
        }
        assertEquals(1, model.pointScorer().mostLikely(Arrays.copyOf(rows, D)));
    }

    @Test
    void aThresholdTellsAnomalies() {
        GaussianMixture model = RandomMixtures.of(Covariance.FULL, K, D, 0, 18);
        double threshold = model.logDensityQuantile(0.2, 10_000, 1).value();
        PointScorer one = model.pointScorer();
        double[] rows = rows(model, 1000, 19);
        int anomalies = 0;
        try (BatchScorer scorer = model.batchScorer(1000)) {
            scorer.score(rows, 0, 1000);
            for (int n = 0; n < 1000; n++) {
                assertEquals(scorer.logDensity(n) < threshold, scorer.isAnomaly(n, threshold));
                double[] point = Arrays.copyOfRange(rows, n * D, n * D + D);
                assertEquals(scorer.isAnomaly(n, threshold), one.isAnomaly(point, threshold));
                anomalies += scorer.isAnomaly(n, threshold) ? 1 : 0;
            }
        }
        // A fifth, within five of the binomial's standard deviations of 13 and two of the threshold's own share.
        assertEquals(200, anomalies, 80);
        double[] broken = {0, 0, Double.NaN, 0, 0};
        assertTrue(one.isAnomaly(broken, Double.NEGATIVE_INFINITY));
        assertFalse(one.isAnomaly(new double[] {1e200, 0, 0, 0, 0}, Double.NEGATIVE_INFINITY));
        assertFalse(model.withMissingValues().pointScorer().isAnomaly(broken, -100));
        broken[1] = Double.POSITIVE_INFINITY;
        assertTrue(model.withMissingValues().pointScorer().isAnomaly(broken, Double.NEGATIVE_INFINITY));
    }

    @Test
    void wrongCallsAreRefused() {
        GaussianMixture model = RandomMixtures.of(Covariance.FULL, K, D, 0, 20);
        assertRefused("capacity must be positive: capacity=0", () -> model.batchScorer(0));
        assertThrows(IllegalArgumentException.class, () -> model.batchScorer(Integer.MAX_VALUE));
        BatchScorer scorer = model.batchScorer(10);
        double[] rows = rows(model, 11, 21);
        assertRefused("count must be from 0 to the capacity: count=11, capacity=10", () -> scorer.score(rows, 0, 11));
        assertThrows(IndexOutOfBoundsException.class, () -> scorer.score(rows, D + 1, 10));
        assertThrows(IndexOutOfBoundsException.class, () -> scorer.score(rows, -1, 10));
        assertThrows(IndexOutOfBoundsException.class, () -> scorer.score(new float[D], 1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> scorer.score(rows, Integer.MAX_VALUE, 10));
        scorer.score(rows, D, 10);
        assertThrows(IndexOutOfBoundsException.class, () -> scorer.logDensity(10));
        assertThrows(IndexOutOfBoundsException.class, () -> scorer.responsibility(0, K));
        assertThrows(IndexOutOfBoundsException.class, () -> scorer.responsibility(-1, 0));
        segmentsAreChecked(scorer);
        Points points = points(rows, ElementType.FLOAT64);
        assertThrows(IndexOutOfBoundsException.class, () -> scorer.score(points, 2, 10));
        points.close();
        assertThrows(IllegalStateException.class, () -> scorer.score(points, 0, 1));
        scorer.close();
        scorer.close();
        assertEquals("this scorer is closed: use it before close()",
                assertThrows(IllegalStateException.class, () -> scorer.score(rows, 0, 1)).getMessage());
    }

    /** Sums of offsets and strides that no long can hold are no way in. */
    private static void segmentsAreChecked(BatchScorer scorer) {
        MemorySegment closed;
        ElementType type = ElementType.FLOAT64;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(10 * D * 8);
            closed = memory;
            scorer.score(memory, type, 0, D * 8, 8, 10);
            scorer.score(memory, type, 0, 0, 0, 10);
            assertRefused("strides must not be negative: pointStride=-8, columnStride=8",
                    () -> scorer.score(memory, type, 0, -8, 8, 10));
            long huge = Long.MAX_VALUE;
            long[][] layouts = {
                {1, D * 8, 8}, {-1, D * 8, 8}, {-8, D * 8, 8}, {huge, huge, huge}, {huge, 0, 0}, {0, huge, 8},
                {0, 8, huge}, {0, huge / 2 + 1, 8}, {Long.MIN_VALUE, huge, huge}, {1L << 62, 1L << 62, 1L << 62}};
            for (long[] layout : layouts) {
                assertThrows(IndexOutOfBoundsException.class,
                        () -> scorer.score(memory, type, layout[0], layout[1], layout[2], 10));
            }
        }
        assertThrows(IllegalStateException.class, () -> scorer.score(closed, type, 0, D * 8, 8, 10));
    }

    private static double[] rows(GaussianMixture model, int count, long seed) {
        double[] rows = new double[count * model.dims()];
        double[] point = new double[model.dims()];
        Sampler sampler = model.sampler(seed);
        for (int n = 0; n < count; n++) {
            sampler.next(point);
            System.arraycopy(point, 0, rows, n * point.length, point.length);
        }
        return rows;
    }

    private static Points points(double[] rows, ElementType type) {
        double[][] columns = new double[D][rows.length / D];
        for (int i = 0; i < rows.length; i++) {
            columns[i % D][i / D] = rows[i];
        }
        return Points.ofColumns(columns, type);
    }

    private static void check(GaussianMixture model, double[] rows, int first, BatchScorer scorer, double limit) {
        for (int n = 0; n < scorer.size(); n++) {
            check(model, rows, first + n, scorer, n, limit);
        }
    }

    private static void check(
            GaussianMixture model, double[] rows, int row, BatchScorer scorer, int n, double limit) {
        double[] point = Arrays.copyOfRange(rows, row * D, row * D + D);
        assertEquals(model.logDensity(point), scorer.logDensity(n), limit, "point " + n);
        double[] expected = model.responsibilities(point);
        double[] found = new double[K];
        scorer.responsibilities(n, found);
        assertArrayEquals(expected, found, limit, "point " + n);
        int best = model.predict(point);
        // Two that tie but for rounding may change places.
        assertEquals(expected[best], expected[scorer.mostLikely(n)], limit);
        assertEquals(found[0], scorer.responsibility(n, 0));
    }

    private static double sum(BatchScorer scorer, int n) {
        double[] shares = new double[K];
        scorer.responsibilities(n, shares);
        return Arrays.stream(shares).sum();
    }
}
