package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BufferPointsTest {
    private static final int SIZE = 600;
    private static final int DIMS = 3;
    /** More than the numbers need, and no multiple of anything. */
    private static final int STRIDE = SIZE * Double.BYTES + 13;

    private static void fill(Points rows, MutableDirectBuffer buffer, int offset) {
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < rows.dims(); i++) {
                buffer.putDouble(offset + i * STRIDE + n * Double.BYTES, rows.get(n, i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fitsWhatStandsInABuffer(boolean direct) {
        int bytes = 5 + DIMS * STRIDE;
        UnsafeBuffer buffer = new UnsafeBuffer(direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes));
        FitOptions options = FitOptions.components(2).withRestarts(1);
        try (Points points = Mixtures.of(Covariance.FULL, DIMS, 2).sample(SIZE, 1)) {
            fill(points, buffer, 5);
            try (Points view = BufferPoints.view(buffer, 5, ElementType.FLOAT64, SIZE, DIMS, STRIDE)) {
                assertEquals(points.get(17, 2), view.get(17, 2));
                GaussianMixture expected = Fitter.fit(points, options).model();
                GaussianMixture fitted = Fitter.fit(view, options).model();
                assertEquals(expected.logLikelihood(points), fitted.logLikelihood(points));
            }
        }
    }

    @Test
    void isAViewOfTheMemoryAndNoCopy() {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
        try (Points view = BufferPoints.view(buffer, 0, ElementType.FLOAT64, 4, 2, 32)) {
            buffer.putDouble(32, 3.5);
            assertEquals(3.5, view.get(0, 1));
        }
    }

    @Test
    void viewsFloats() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        buffer.putFloat(20, 1.5f);
        try (Points view = BufferPoints.view(buffer, 4, ElementType.FLOAT32, 4, 2, 16)) {
            assertEquals(1.5, view.get(0, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-8, 4, 2, 32", "0, 4, 3, 32", "8, 4, 2, 32", "64, 4, 2, 32", "0, 8, 1000000000, 2147483647",
        "0, 2147483647, 1, 2147483647", "2147483647, 4, 2, 32", "0, 4, 2, 2147483647", "0, 4, 2147483647, 32",
        "-2147483648, 4, 2, 32",
    })
    void refusesWhatIsOutside(int offset, int size, int dims, int stride) {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
        assertThrows(RuntimeException.class,
                () -> BufferPoints.view(buffer, offset, ElementType.FLOAT64, size, dims, stride).close());
    }

    @ParameterizedTest
    @CsvSource({"-1, 2, 32", "4, 0, 32", "4, -1, 32", "4, 2, 31", "4, 2, 0", "4, 2, -32"})
    void refusesImpossibleShapes(int size, int dims, int stride) {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
        assertThrows(IllegalArgumentException.class,
                () -> BufferPoints.view(buffer, 0, ElementType.FLOAT64, size, dims, stride).close());
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
        buffer.putDouble(40, Double.NaN);
        var e = assertThrows(IllegalArgumentException.class,
                () -> BufferPoints.view(buffer, 0, ElementType.FLOAT64, 4, 2, 32).close());
        assertTrue(e.getMessage().contains("column=1, row=1"), e.getMessage());
    }

    @Test
    void throwsWhenTheMemoryIsGone() {
        Points view;
        try (Arena arena = Arena.ofConfined()) {
            UnsafeBuffer buffer = new UnsafeBuffer(arena.allocate(64).asByteBuffer());
            view = BufferPoints.view(buffer, 0, ElementType.FLOAT64, 4, 2, 32);
        }
        assertThrows(IllegalStateException.class, () -> view.get(0, 0));
        view.close();
    }
}
