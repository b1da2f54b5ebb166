package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelCodecTest {
    private static final GaussianMixture MODEL = Mixtures.of(Covariance.FULL, 4, 3);
    private static final int LENGTH = ModelCodec.encodedLength(MODEL);
    private static final int OFFSET = 12;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(OFFSET + LENGTH + 8));

    @BeforeEach
    void encode() {
        assertEquals(LENGTH, ModelCodec.encode(MODEL, buffer, OFFSET));
    }

    @ParameterizedTest
    @EnumSource
    void givesBackEveryBit(Covariance shape) {
        GaussianMixture model = Mixtures.of(shape, 5, 2);
        int length = ModelCodec.encodedLength(model);
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[length]);
        assertEquals(length, ModelCodec.encode(model, bytes, 0));
        GaussianMixture read = ModelCodec.decode(bytes, 0, length);
        assertEquals(shape, read.covariance());
        assertEquals(5, read.dims());
        assertArrayEquals(model.weights(), read.weights());
        assertArrayEquals(model.means(), read.means());
        assertArrayEquals(model.covariances(), read.covariances());
    }

    /** The table of the documentation, in numbers. */
    @Test
    void keepsToItsLayout() {
        assertEquals(32 + 8 * (3 + 12 + 30), LENGTH);
        assertEquals("fmix", buffer.getStringWithoutLengthAscii(OFFSET, 4));
        assertEquals(1, buffer.getInt(OFFSET + 4, ByteOrder.LITTLE_ENDIAN));
        assertEquals(LENGTH, buffer.getInt(OFFSET + 8, ByteOrder.LITTLE_ENDIAN));
        assertEquals(3, buffer.getInt(OFFSET + 16, ByteOrder.LITTLE_ENDIAN));
        assertEquals(4, buffer.getInt(OFFSET + 20, ByteOrder.LITTLE_ENDIAN));
        assertEquals(3, buffer.getInt(OFFSET + 24, ByteOrder.LITTLE_ENDIAN));
        assertEquals(MODEL.weight(1), buffer.getDouble(OFFSET + 32 + 8, ByteOrder.LITTLE_ENDIAN));
        assertEquals(MODEL.mean(1, 2), buffer.getDouble(OFFSET + 32 + 24 + 8 * 6, ByteOrder.LITTLE_ENDIAN));
        assertEquals(MODEL.covariance(0, 1, 1), buffer.getDouble(OFFSET + 32 + 24 + 96 + 16, ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void mayEndBeforeTheBytesDo() {
        assertEquals(MODEL.dims(), ModelCodec.decode(buffer, OFFSET, LENGTH + 8).dims());
    }

    @Test
    void refusesToWriteBeyondTheBuffer() {
        for (int offset : new int[] {-1, OFFSET + 9, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> ModelCodec.encode(MODEL, buffer, offset));
        }
        UnsafeBuffer readOnly = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH).asReadOnlyBuffer());
        assertThrows(IllegalArgumentException.class, () -> ModelCodec.encode(MODEL, readOnly, 0));
    }

    @Test
    void refusesEveryPartOfAModel() {
        for (int length = 0; length < LENGTH; length++) {
            int part = length;
            assertThrows(IllegalArgumentException.class, () -> ModelCodec.decode(buffer, OFFSET, part));
        }
    }

    /** Any one byte, changed: all but the four of zero say so, and those do by the checksum. */
    @Test
    void refusesEveryDamagedByte() {
        for (int i = 0; i < LENGTH; i++) {
            byte before = buffer.getByte(OFFSET + i);
            buffer.putByte(OFFSET + i, (byte) (before ^ 0x41));
            var e = assertThrows(IllegalArgumentException.class, () -> ModelCodec.decode(buffer, OFFSET, LENGTH));
            assertTrue(e.getMessage().contains("="), e.getMessage());
            buffer.putByte(OFFSET + i, before);
        }
        ModelCodec.decode(buffer, OFFSET, LENGTH);
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, 2147483647", "-1, 3", "4, -1", "0, 3", "4, 0", "65536, 65536", "1, 2147483647", "-4, -3",
        "46341, 1", "-2147483648, -2147483648",
    })
    void allocatesNothingForHostileSizes(int dims, int components) {
        buffer.putInt(OFFSET + ModelLayout.DIMS_OFFSET, dims, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(OFFSET + ModelLayout.COMPONENTS_OFFSET, components, ByteOrder.LITTLE_ENDIAN);
        putChecksum();
        assertThrows(IllegalArgumentException.class, () -> ModelCodec.decode(buffer, OFFSET, LENGTH));
    }

    @Test
    void refusesAShapeThatIsNone() {
        buffer.putInt(OFFSET + ModelLayout.SHAPE_OFFSET, 4, ByteOrder.LITTLE_ENDIAN);
        putChecksum();
        var e = assertThrows(IllegalArgumentException.class, () -> ModelCodec.decode(buffer, OFFSET, LENGTH));
        assertTrue(e.getMessage().contains("code=4"), e.getMessage());
    }

    /** A right checksum of wrong contents. */
    private void putChecksum() {
        CRC32C crc = new CRC32C();
        for (int i = ModelLayout.SHAPE_OFFSET; i < LENGTH; i++) {
            crc.update(buffer.getByte(OFFSET + i));
        }
        buffer.putInt(OFFSET + ModelLayout.CHECKSUM_OFFSET, (int) crc.getValue(), ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void refusesNoise() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 2000; round++) {
            for (int i = 0; i < buffer.capacity(); i++) {
                buffer.putByte(i, (byte) random.nextInt());
            }
            int offset = random.nextInt();
            int length = random.nextInt();
            assertThrows(RuntimeException.class, () -> ModelCodec.decode(buffer, offset, length));
            assertThrows(IllegalArgumentException.class, () -> ModelCodec.decode(buffer, OFFSET, LENGTH));
        }
    }
}
