package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fusedem.model.BatchScorer;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BufferScorerTest {
    private static final int DIMS = 3;
    private static final int COUNT = 20;
    private static final int POINT_BYTES = DIMS * Double.BYTES;
    private static final int POINTS = COUNT * POINT_BYTES;
    private static final int CAPACITY = 1024;
    private static final GaussianMixture MODEL = Mixtures.of(Covariance.FULL, DIMS, 2);

    private final BatchScorer batches = MODEL.batchScorer(COUNT);
    private final BufferScorer scorer = new BufferScorer(batches, DIMS);

    @AfterEach
    void close() {
        batches.close();
    }

    static Stream<MutableDirectBuffer> buffers() {
        return Stream.of(
                new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY)),
                new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + 32), 24, CAPACITY),
                new UnsafeBuffer(new byte[CAPACITY + 32], 8, CAPACITY));
    }

    private static double[][] fill(MutableDirectBuffer buffer, int offset) {
        Sampler sampler = MODEL.sampler(1);
        double[][] rows = new double[COUNT][DIMS];
        for (int n = 0; n < COUNT; n++) {
            sampler.next(rows[n]);
            for (int i = 0; i < DIMS; i++) {
                buffer.putDouble(offset + n * POINT_BYTES + i * Double.BYTES, rows[n][i]);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void writesLogDensities(MutableDirectBuffer buffer) {
        int offset = 11;
        int intoOffset = offset + POINTS + 6;
        double[][] rows = fill(buffer, offset);
        for (int round = 0; round < 2; round++) {
            scorer.score(buffer, offset, ElementType.FLOAT64, COUNT, buffer, intoOffset);
            for (int n = 0; n < COUNT; n++) {
                assertEquals(MODEL.logDensity(rows[n]), buffer.getDouble(intoOffset + n * Double.BYTES), 1e-10);
                assertEquals(MODEL.predict(rows[n]), batches.mostLikely(n));
            }
        }
        // The same buffer may stand on other memory the next time.
        UnsafeBuffer other = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
        double[][] same = fill(other, 0);
        UnsafeBuffer moving = new UnsafeBuffer(buffer);
        scorer.score(moving, offset, ElementType.FLOAT64, 1, moving, intoOffset);
        moving.wrap(other);
        scorer.score(moving, POINT_BYTES, ElementType.FLOAT64, 1, moving, POINTS);
        assertEquals(MODEL.logDensity(same[1]), other.getDouble(POINTS), 1e-10);
    }

    @Test
    void takesFloatsAndWritesOverThem() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        for (int i = 0; i < 2 * DIMS; i++) {
            buffer.putFloat(i * Float.BYTES, i / 4f);
        }
        scorer.score(buffer, 0, ElementType.FLOAT32, 2, buffer, 0);
        assertEquals(MODEL.logDensity(0, 0.25, 0.5), buffer.getDouble(0), 1e-10);
        assertEquals(MODEL.logDensity(0.75, 1, 1.25), buffer.getDouble(8), 1e-10);
    }

    @Test
    void saysThatAPointIsNotFinite() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        buffer.putDouble(8, Double.NaN);
        scorer.score(buffer, 0, ElementType.FLOAT64, 1, buffer, 32);
        assertTrue(Double.isNaN(buffer.getDouble(32)));
        assertTrue(batches.isAnomaly(0, Double.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 20, 600", "545, 20, 0", "2147483647, 20, 0", "-2147483648, 20, 0", "0, 20, 865", "0, 20, -1",
        "0, 20, 2147483647", "0, 20, -2147483648", "1024, 1, 0", "0, 1, 1024", "2147483647, 1, 2147483647",
    })
    void refusesWhatIsOutside(int offset, int count, int intoOffset) {
        buffers().forEach(buffer -> {
            buffer.setMemory(0, CAPACITY, (byte) 7);
            assertThrows(IndexOutOfBoundsException.class,
                    () -> scorer.score(buffer, offset, ElementType.FLOAT64, count, buffer, intoOffset));
            for (int i = 0; i < CAPACITY; i++) {
                assertEquals(7, buffer.getByte(i));
            }
        });
    }

    @Test
    void refusesCountsAndBuffersThatCannotBe() {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
        for (int count : new int[] {-1, COUNT + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class,
                    () -> scorer.score(buffer, 0, ElementType.FLOAT64, count, buffer, 0));
        }
        UnsafeBuffer readOnly = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY).asReadOnlyBuffer());
        assertThrows(IllegalArgumentException.class,
                () -> scorer.score(buffer, 0, ElementType.FLOAT64, 1, readOnly, 0));
        UnsafeBuffer nowhere = new UnsafeBuffer(8, CAPACITY);
        assertThrows(IllegalArgumentException.class,
                () -> scorer.score(nowhere, 0, ElementType.FLOAT64, 1, buffer, 0));
        assertThrows(IllegalArgumentException.class,
                () -> scorer.score(buffer, 0, ElementType.FLOAT64, 1, nowhere, 0));
        assertThrows(IllegalArgumentException.class, () -> new BufferScorer(batches, 0));
    }

    @Test
    void throwsWhenTheMemoryIsGone() {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
        UnsafeBuffer freed;
        try (Arena arena = Arena.ofShared()) {
            freed = new UnsafeBuffer(arena.allocate(CAPACITY).asByteBuffer());
            scorer.score(freed, 0, ElementType.FLOAT64, 1, freed, 0);
        }
        assertThrows(IllegalStateException.class,
                () -> scorer.score(freed, 0, ElementType.FLOAT64, 1, buffer, 0));
        assertThrows(IllegalStateException.class,
                () -> scorer.score(buffer, 0, ElementType.FLOAT64, 1, freed, 0));
        batches.close();
        assertThrows(IllegalStateException.class,
                () -> scorer.score(buffer, 0, ElementType.FLOAT64, 1, buffer, 0));
    }

    @Test
    void refusesOtherDimsThanTheScorers() {
        assertEquals("the scorer is for points of other dims: dims=2, the scorer has dims=3",
                assertThrows(IllegalArgumentException.class, () -> new BufferScorer(batches, DIMS - 1)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new BufferScorer(batches, DIMS + 1));
    }
}
