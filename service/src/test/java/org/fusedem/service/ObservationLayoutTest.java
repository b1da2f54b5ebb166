package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.fusedem.points.ElementType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a message, and what is not: whatever stands in the buffer, and wherever the message is said to be. */
class ObservationLayoutTest {
    private static final int DIMS = 2;
    private static final int COUNT = 3;
    private static final int OFFSET = 16;
    private static final int LENGTH = 8 + DIMS * COUNT * 8;
    private static final double LARGEST = ElementType.FLOAT64.largestValue();

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(OFFSET + LENGTH + 8));

    @BeforeEach
    void write() {
        buffer.putInt(OFFSET, DIMS);
        buffer.putInt(OFFSET + 4, COUNT);
    }

    private int count(int typeId, int offset, int length) {
        return ObservationLayout.count(typeId, buffer, offset, length, DIMS, LARGEST);
    }

    @Test
    void isAMessage() {
        assertEquals(COUNT, count(1001, OFFSET, LENGTH));
    }

    @ParameterizedTest
    @CsvSource({
        "1002, 16, 56", "0, 16, 56", "-1, 16, 56", "1001, 16, 55", "1001, 16, 57", "1001, 16, 64", "1001, 16, 8",
        "1001, 16, 7", "1001, 16, 0", "1001, 16, -1", "1001, -1, 56", "1001, 24, 56", "1001, 2147483647, 56",
        "1001, -2147483648, 56", "1001, 16, 2147483647", "1001, 2147483647, 2147483647", "1001, 16, -2147483648",
    })
    void isOfTheRightTypeAndLengthAndInTheBuffer(int typeId, int offset, int length) {
        assertEquals(0, count(typeId, offset, length));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2", "1, 6", "6, 1", "0, 3", "-2, 3", "2, -3", "2, 2", "2, 4", "2, 0", "2, 2147483647", "2, -2147483648",
        "2147483647, 2147483647", "-2, -3", "2, 536870915",
    })
    void hasTheRightHeader(int dims, int count) {
        buffer.putInt(OFFSET, dims);
        buffer.putInt(OFFSET + 4, count);
        assertEquals(0, count(1001, OFFSET, LENGTH));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.1e152, -1.1e152})
    void hasValuesThatAWindowTakes(double value) {
        for (int i = 0; i < DIMS * COUNT; i++) {
            buffer.putDouble(OFFSET + 8 + i * 8, value);
            assertEquals(0, count(1001, OFFSET, LENGTH));
            buffer.putDouble(OFFSET + 8 + i * 8, -1e152);
        }
        assertEquals(COUNT, count(1001, OFFSET, LENGTH));
    }

    @Test
    void isNoNoise() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 100_000; round++) {
            for (int i = 0; i < buffer.capacity(); i += 4) {
                buffer.putInt(i, random.nextInt());
            }
            assertEquals(0, count(1001, random.nextInt(), random.nextInt()));
            assertEquals(0, count(1001, random.nextInt(buffer.capacity()), random.nextInt(buffer.capacity())));
        }
    }
}
