package org.fusedem.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SharedModelTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void readersGetWhatWasPublishedToTheBit(Covariance shape) throws IOException {
        Path file = folder.resolve("model");
        GaussianMixture first = model(shape, 3, 4, 1);
        GaussianMixture second = model(shape, 3, 4, 2);
        try (SharedModelWriter writer = SharedModelWriter.open(file, shape, 3, 4);
                SharedModelReader reader = SharedModelReader.open(file);
                SharedModelReader other = writer.newReader()) {
            assertFalse(reader.refresh());
            assertEquals(0, reader.version());
            assertThrows(IllegalStateException.class, reader::model);
            assertEquals(1, writer.publish(first));
            assertTrue(reader.refresh());
            assertSame(first, 1, reader);
            assertFalse(reader.refresh());
            assertEquals(2, writer.publish(second.weights(), second.means(), second.covariances()));
            assertSame(first, 1, reader);
            assertTrue(reader.refresh());
            assertSame(second, 2, reader);
            assertTrue(other.refresh());
            assertSame(second, 2, other);
            for (int i = 0; i < 20; i++) {
                assertEquals(3 + i, writer.publish(first));
            }
            assertTrue(reader.refresh());
            assertSame(first, 22, reader);
        }
    }

    private static void assertSame(GaussianMixture expected, long version, SharedModelReader reader) {
        assertEquals(version, reader.version());
        assertEquals(expected.covariance(), reader.covariance());
        assertEquals(expected.components(), reader.components());
        assertEquals(expected.dims(), reader.dims());
        assertArrayEquals(expected.weights(), reader.weights());
        assertArrayEquals(expected.means(), reader.means());
        assertArrayEquals(expected.covariances(), reader.covariances());
        assertArrayEquals(expected.covariances(), reader.model().covariances());
    }

    @Test
    void aNewWriterGoesOnWhereTheOldOneEnded() throws IOException {
        Path file = folder.resolve("model");
        try (SharedModelWriter writer = SharedModelWriter.open(file, Covariance.FULL, 2, 3)) {
            writer.publish(model(Covariance.FULL, 2, 3, 1));
            assertEquals(file + ": another writer has it: " + file + ".lock is locked",
                    assertThrows(IOException.class, () -> SharedModelWriter.open(file, Covariance.FULL, 2, 3))
                            .getMessage());
        }
        try (SharedModelReader reader = SharedModelReader.open(file);
                SharedModelWriter writer = SharedModelWriter.open(file, Covariance.FULL, 2, 3)) {
            assertTrue(reader.refresh());
            assertEquals(1, writer.version());
            assertEquals(2, writer.publish(model(Covariance.FULL, 2, 3, 2)));
            assertTrue(reader.refresh());
            assertEquals(2, reader.version());
        }
    }

    /** As a writer leaves it that dies between any two of its stores: readers keep to the last whole model. */
    @Test
    void aHalfWrittenSlotIsNeverRead() throws IOException {
        Path file = folder.resolve("model");
        GaussianMixture whole = model(Covariance.FULL, 2, 3, 1);
        SharedLayout layout = SharedLayout.of(Covariance.FULL, 2, 3, SharedLayout.DEFAULT_SLOTS);
        try (SharedModelWriter writer = SharedModelWriter.open(file, Covariance.FULL, 2, 3)) {
            writer.publish(whole);
        }
        long next = layout.slotOffset(2);
        put(file, next + SharedLayout.SEQUENCE_OFFSET, 3);
        put(file, next + SharedLayout.NUMBERS_OFFSET + 8, 12345);
        try (SharedModelReader reader = SharedModelReader.open(file)) {
            assertTrue(reader.refresh());
            assertSame(whole, 1, reader);
            // All written, but not named the latest yet.
            put(file, next + SharedLayout.SEQUENCE_OFFSET, 4);
            assertFalse(reader.refresh());
            try (SharedModelWriter writer = SharedModelWriter.open(file, Covariance.FULL, 2, 3)) {
                assertEquals(2, writer.publish(whole));
            }
            assertTrue(reader.refresh());
            assertSame(whole, 2, reader);
        }
    }

    @Test
    void aWriterThatIsAlwaysThereFirstCostsABoundedNumberOfCopies() throws IOException {
        SharedLayout layout = SharedLayout.of(Covariance.FULL, 2, 3, 2);
        Path file = folder.resolve("model");
        try (SharedModelWriter writer = SharedModelWriter.open(file, Covariance.FULL, 2, 3);
                SharedModelReader reader = SharedModelReader.open(file)) {
            writer.publish(model(Covariance.FULL, 2, 3, 1));
            assertTrue(reader.refresh());
            writer.publish(model(Covariance.FULL, 2, 3, 2));
            // As if version 10 were being written at every look.
            put(file, layout.slotOffset(0) + 2 * layout.slotBytes() + SharedLayout.SEQUENCE_OFFSET, 19);
            assertFalse(reader.refresh());
            assertEquals(SharedModelReader.ATTEMPTS, reader.failedCopies());
            assertEquals(1, reader.version());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | 1 | 0 | not a shared model: it must start with FUSEDEM1",
        "8 | 2 | 8 | a format this library does not know: version=2, known=1",
        "16 | 3 | 40 | the header is damaged: its checksum does not match",
        "64 | -1 | 64 | no such version: version=-1",
        "64 | 9223372036854775807 | 64 | no such version: version=9223372036854775807",
    })
    void damagedHeadersAreRefused(long at, long value, long offset, String problem) throws IOException {
        Path file = folder.resolve("model");
        SharedModelWriter.open(file, Covariance.FULL, 2, 3).close();
        put(file, at, value);
        SharedModelException refusal = assertThrows(SharedModelException.class, () -> {
            try (SharedModelReader reader = SharedModelReader.open(file)) {
                reader.refresh();
            }
        });
        assertEquals(file + ", byte " + offset + ": " + problem, refusal.getMessage());
        assertEquals(offset, refusal.offset());
        assertEquals(file.toString(), refusal.file());
        assertThrows(SharedModelException.class, () -> SharedModelWriter.open(file, Covariance.FULL, 2, 3));
    }

    /** Whoever knows the checksum can write any header: what it says must still fit the file. */
    @ParameterizedTest
    @CsvSource({"12, -1, 12", "12, 4, 12", "16, 0, 16", "16, -5, 16", "16, 2147483647, 16", "20, 0, 16",
        "20, 65536, 16", "24, 1, 24", "24, -8, 24", "24, 1025, 24", "24, 9, 2176", "16, 3, 32", "20, 5, 32",
        "20, 100000, 16", "32, 0, 32",
        "32, 64, 32"})
    void hostileHeadersAreRefused(long at, int value, long offset) throws IOException {
        Path file = folder.resolve("model");
        SharedModelWriter.open(file, Covariance.FULL, 2, 3).close();
        ByteBuffer header = header(file);
        header.putInt((int) at, value);
        long sum = Checksum.START;
        for (int i = 0; i < SharedLayout.HEADER_CHECKSUM_OFFSET; i += 8) {
            sum = Checksum.add(sum, header.getLong(i));
        }
        header.putLong((int) SharedLayout.HEADER_CHECKSUM_OFFSET, sum);
        write(file, header, 0);
        SharedModelException refusal =
                assertThrows(SharedModelException.class, () -> SharedModelReader.open(file));
        assertEquals(offset, refusal.offset(), refusal.getMessage());
    }

    @Test
    void aFileOfAnotherSizeIsRefused() throws IOException {
        Path file = folder.resolve("model");
        SharedModelWriter.open(file, Covariance.FULL, 2, 3).close();
        byte[] whole = Files.readAllBytes(file);
        // K (1 + D + 6) doubles and a line before them make three lines; eight of them, and the header.
        assertEquals(128 + 8 * 256, whole.length);
        for (int length = 0; length < whole.length; length += length < 130 ? 1 : 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            SharedModelException refusal =
                    assertThrows(SharedModelException.class, () -> SharedModelReader.open(file));
            assertEquals(length, refusal.offset(), refusal.getMessage());
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertEquals(file + ", byte 2176: the file has another size than its header says: bytes=2177, header=2176",
                assertThrows(SharedModelException.class, () -> SharedModelReader.open(file)).getMessage());
        assertThrows(IOException.class, () -> SharedModelReader.open(folder));
        assertThrows(IOException.class, () -> SharedModelReader.open(folder.resolve("nothing")));
    }

    @Test
    void noiseIsRefused() throws IOException {
        Path file = folder.resolve("noise");
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[random.nextInt(4096)];
            random.nextBytes(noise);
            byte[] magic = "FUSEDEM1".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(magic, 0, noise, 0, Math.min(noise.length, round % 2 == 0 ? 8 : 0));
            Files.write(file, noise);
            assertThrows(SharedModelException.class, () -> SharedModelReader.open(file));
        }
    }

    @Test
    void aDamagedModelIsRefusedAndTheLastOneStays() throws IOException {
        Path file = folder.resolve("model");
        GaussianMixture first = model(Covariance.FULL, 2, 3, 1);
        SharedLayout layout = SharedLayout.of(Covariance.FULL, 2, 3, SharedLayout.DEFAULT_SLOTS);
        try (SharedModelWriter writer = SharedModelWriter.open(file, Covariance.FULL, 2, 3);
                SharedModelReader reader = SharedModelReader.open(file)) {
            writer.publish(first);
            assertTrue(reader.refresh());
            for (long at = SharedLayout.NUMBERS_OFFSET; at < layout.covariances() + 12 * 8; at += 8) {
                long version = writer.publish(model(Covariance.FULL, 2, 3, 2));
                long damaged = layout.slotOffset(version) + at;
                put(file, damaged, get(file, damaged) ^ 1);
                String message = assertThrows(SharedModelException.class, reader::refresh).getMessage();
                assertEquals(file + ", byte " + (layout.slotOffset(version) + 8)
                        + ": the model is damaged: its checksum does not match: version=" + version, message);
                assertSame(first, 1, reader);
            }
            writer.publish(first);
            assertTrue(reader.refresh());
        }
    }

    @Test
    void wrongModelsAreRefused() throws IOException {
        Path file = folder.resolve("model");
        try (SharedModelWriter writer = SharedModelWriter.open(file, Covariance.FULL, 2, 3)) {
            assertThrows(IllegalArgumentException.class, () -> writer.publish(model(Covariance.TIED, 2, 3, 1)));
            assertThrows(IllegalArgumentException.class, () -> writer.publish(model(Covariance.FULL, 3, 3, 1)));
            GaussianMixture model = model(Covariance.FULL, 2, 3, 1);
            double[] means = model.means();
            means[4] = Double.NaN;
            assertEquals("means not finite: index=4, value=NaN",
                    assertThrows(IllegalArgumentException.class,
                            () -> writer.publish(model.weights(), means, model.covariances())).getMessage());
            assertEquals("weights must have 2 numbers: length=3",
                    assertThrows(IllegalArgumentException.class,
                            () -> writer.publish(new double[3], means, model.covariances())).getMessage());
            assertEquals(0, writer.version());
        }
        assertEquals(file + ", byte 12: the file is for other models: covariance=full, wanted=tied",
                assertThrows(IOException.class, () -> SharedModelWriter.open(file, Covariance.TIED, 2, 3))
                        .getMessage());
        assertEquals(file + ", byte 16: the file is for other models: components=2, wanted=3",
                assertThrows(IOException.class, () -> SharedModelWriter.open(file, Covariance.FULL, 3, 3))
                        .getMessage());
        assertEquals(file + ", byte 20: the file is for other models: dims=3, wanted=2",
                assertThrows(IOException.class, () -> SharedModelWriter.open(file, Covariance.FULL, 2, 2))
                        .getMessage());
        // A refusal has given the lock back.
        SharedModelWriter.open(file, Covariance.FULL, 2, 3).close();
    }

    @Test
    void useAfterCloseIsAnException() throws IOException {
        Path file = folder.resolve("model");
        SharedModelWriter writer = SharedModelWriter.open(file, Covariance.FULL, 2, 3);
        SharedModelReader reader = SharedModelReader.open(file);
        SharedModelReader same = writer.newReader();
        writer.publish(model(Covariance.FULL, 2, 3, 1));
        assertTrue(reader.refresh());
        writer.close();
        writer.close();
        assertThrows(IllegalStateException.class, () -> writer.publish(model(Covariance.FULL, 2, 3, 1)));
        assertThrows(IllegalStateException.class, same::refresh);
        assertFalse(reader.refresh());
        reader.close();
        reader.close();
        assertThrows(IllegalStateException.class, reader::refresh);
        assertEquals(1, reader.version());
    }

    private static GaussianMixture model(Covariance shape, int components, int dims, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        double[] means = random.doubles((long) components * dims, -5, 5).toArray();
        double[] covariances = new double[shape.packedLength(components, dims)];
        int length = shape.blockLength(dims);
        for (int i = 0; i < covariances.length; i++) {
            int within = i % length;
            boolean diagonal = length != Covariance.triangle(dims)
                    || IntStream.range(1, dims + 1).anyMatch(d -> Covariance.triangle(d) - 1 == within);
            covariances[i] = diagonal ? 1 + random.nextDouble() : 0.2 * random.nextDouble();
        }
        return GaussianMixture.of(shape, dims, weights, means, covariances);
    }

    private static ByteBuffer header(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) SharedLayout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(bytes, 0);
            return bytes;
        }
    }

    private static long get(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(bytes, at);
            return bytes.getLong(0);
        }
    }

    private static void put(Path file, long at, long value) throws IOException {
        write(file, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value), at);
    }

    /** Into the file itself: what is mapped sees it. */
    private static void write(Path file, ByteBuffer bytes, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(bytes.clear(), at);
        }
    }

    @Test
    void aReaderThatIsClosedReadsNoMore() throws IOException {
        try (SharedModelWriter writer = SharedModelWriter.open(folder.resolve("model"), Covariance.FULL, 2, 3)) {
            SharedModelReader own = writer.newReader();
            SharedModelReader other = SharedModelReader.open(folder.resolve("model"));
            writer.publish(model(Covariance.FULL, 2, 3, 1));
            assertTrue(own.refresh() && other.refresh());
            own.close();
            other.close();
            writer.publish(model(Covariance.FULL, 2, 3, 2));
            assertThrows(IllegalStateException.class, own::refresh);
            assertThrows(IllegalStateException.class, other::refresh);
            assertEquals(1, own.version(), "the last model stays");
            own.close();
        }
    }

    @Test
    void aFileHasOneWriterThroughLinksToo() throws IOException {
        Path file = folder.resolve("model");
        Path link = Files.createSymbolicLink(Files.createDirectory(folder.resolve("other")).resolve("latest"), file);
        SharedModelWriter.open(file, Covariance.FULL, 2, 3).close();
        try (SharedModelWriter writer = SharedModelWriter.open(link, Covariance.FULL, 2, 3)) {
            assertThrows(IOException.class, () -> SharedModelWriter.open(file, Covariance.FULL, 2, 3));
            assertEquals(1, writer.publish(model(Covariance.FULL, 2, 3, 1)));
        }
        assertTrue(Files.isSymbolicLink(link));
    }
}
