package org.fusedem.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnFileTest {
    private static final List<String> NAMES = List.of("length", "größe");

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("points.fcol");
    }

    /** The bytes of a file of three weighted points, two columns. */
    private byte[] valid() throws IOException {
        try (ColumnFileWriter writer = ColumnFileWriter.create(path(), ElementType.FLOAT64, NAMES, true)) {
            writer.addWeighted(0.5, 1, -2);
            writer.addWeighted(2, 3, 4e100);
            writer.addWeighted(0, 5, 0);
            writer.finish();
        }
        return Files.readAllBytes(path());
    }

    private void assertNothingElseThere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path()), files.toList());
        }
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        valid();
        assertNothingElseThere();
        try (ColumnFile file = ColumnFile.open(path()); Points points = file.points()) {
            assertEquals(NAMES, file.columns());
            assertEquals(3, points.size());
            assertEquals(4e100, points.get(1, 1));
            assertEquals(2, points.weight(1));
            assertTrue(points.weighted());
            assertEquals(0, points.column(0).address() % 4096, "numbers begin on a page");
            assertEquals(0, points.column(1).address() % 64, "columns begin on a cache line");
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsManyChunksWhetherTheirNumberIsKnownOrNot(ElementType type) throws IOException {
        int rows = 3 * (1 << 22) / (41 * type.bytes()) + 17;
        double[] row = new double[40];
        for (long announced : new long[] {-1, rows}) {
            SplittableRandom random = new SplittableRandom(7);
            List<String> names = IntStream.range(0, 40).mapToObj(i -> "x" + i).toList();
            try (ColumnFileWriter writer = announced < 0 ? ColumnFileWriter.create(path(), type, names, true)
                    : ColumnFileWriter.create(path(), type, names, true, announced)) {
                writer.allowMissing();
                for (int n = 0; n < rows; n++) {
                    Arrays.setAll(row, i -> random.nextInt(1000) == 0 ? Double.NaN : (float) random.nextDouble());
                    writer.addWeighted(n, row);
                }
                writer.finish();
            }
            assertNothingElseThere();
            SplittableRandom again = new SplittableRandom(7);
            long missing = 0;
            double[] read = new double[40];
            try (ColumnFile file = ColumnFile.open(path()); Points points = file.points()) {
                assertEquals(rows, points.size());
                for (int n = 0; n < rows; n++) {
                    Arrays.setAll(row, i -> again.nextInt(1000) == 0 ? Double.NaN : (float) again.nextDouble());
                    points.copyRow(n, read);
                    assertArrayEquals(row, read);
                    assertEquals(n, points.weight(n));
                    missing += Arrays.stream(row).filter(Double::isNaN).count();
                }
                assertEquals(missing, points.missingValues());
            }
        }
    }

    @Test
    void fitsToTheSameBitsAsPointsInMemory() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = new double[5000][3];
        for (double[] row : rows) {
            double centre = random.nextInt(2) * 4;
            Arrays.setAll(row, i -> centre + random.nextGaussian());
        }
        try (Points inMemory = Points.ofRows(rows)) {
            ColumnFile.write(inMemory, List.of("a", "b", "c"), path());
            try (ColumnFile file = ColumnFile.open(path()); Points mapped = file.points()) {
                assertArrayEquals(Fitter.fit(inMemory, FitOptions.components(2)).model().covariances(),
                        Fitter.fit(mapped, FitOptions.components(2)).model().covariances());
            }
        }
    }

    @Test
    void leavesTheOldFileUntilTheNewOneIsFinished() throws IOException {
        byte[] old = valid();
        try (ColumnFileWriter writer = ColumnFileWriter.create(path(), ElementType.FLOAT32, List.of("x"), false)) {
            writer.add(1);
            assertThrows(IllegalArgumentException.class, () -> writer.add(Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> writer.add(1e30));
            assertThrows(IllegalArgumentException.class, () -> writer.add(1, 2));
            assertThrows(IllegalArgumentException.class, () -> writer.addWeighted(2, 1));
            assertEquals(1, writer.size());
        }
        assertArrayEquals(old, Files.readAllBytes(path()));
        assertNothingElseThere();
        try (ColumnFileWriter writer = ColumnFileWriter.create(path(), ElementType.FLOAT32, List.of("x"), false, 2)) {
            writer.add(1);
            assertThrows(IllegalStateException.class, writer::finish);
            writer.add(2);
            assertThrows(IllegalStateException.class, () -> writer.add(3));
            writer.finish();
            assertThrows(IllegalStateException.class, () -> writer.add(3));
        }
        assertFalse(Arrays.equals(old, Files.readAllBytes(path())));
    }

    @Test
    void refusesUseAfterClose() throws IOException {
        valid();
        ColumnFile file = ColumnFile.open(path());
        Points points = file.points();
        file.close();
        file.close();
        assertThrows(IllegalStateException.class, () -> points.get(0, 0));
        assertThrows(IllegalStateException.class, () -> Fitter.fit(points, FitOptions.components(1)));
    }

    /** A header with one field changed, and its checksum made to fit, as an attacker would. */
    private void damage(byte[] file, int offset, int bytes, long value) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        switch (bytes) {
            case 1 -> buffer.put(offset, (byte) value);
            case 4 -> buffer.putInt(offset, (int) value);
            default -> buffer.putLong(offset, value);
        }
        CRC32C crc = new CRC32C();
        buffer.putInt(64, 0);
        crc.update(file, 0, 4096);
        buffer.putInt(64, (int) crc.getValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "0|1|71|byte 0: not a column file of fusedem",
        "8|4|2|byte 8: written by a newer fusedem: it has version 2, and this fusedem reads version 1",
        "8|4|-1|byte 8: no such version: -1",
        "12|4|16|byte 12: a number must have 8 or 4 bytes, not 16",
        "16|8|9223372036854775807|byte 16: a file of 4288 bytes does not hold 9223372036854775807 points",
        "16|8|-1|byte 16: a file of 4288 bytes does not hold -1 points",
        "16|8|500|byte 32: the distance of columns must be 4032, not 64",
        "24|4|2147483647|byte 24: a file of 4288 bytes does not hold 2147483647 columns",
        "24|4|0|byte 24: a file of 4288 bytes does not hold 0 columns",
        "24|4|1|byte 4288: bytes follow the last column",
        "24|4|3|byte 4288: the file is cut off: it should have 4096 + 4 * 64 bytes",
        "28|4|2|byte 28: must be 1 for weights or 0 for none, not 2",
        "32|8|-64|byte 32: the distance of columns must be 64, not -64",
        "40|8|0|byte 40: the numbers must begin at byte 4096, not 0",
        "48|8|9223372036854775807|byte 48: a file of 4288 bytes does not hold 9223372036854775807 bytes of names",
        "48|8|12|byte 94: the name of column 1 does not fit into the names",
        "84|4|2147483647|byte 84: the name of column 0 does not fit into the names",
        "100|1|255|byte 98: the name of column 1 is not UTF-8",
    })
    void refusesHeadersThatLie(int offset, int bytes, long value, String problem) throws IOException {
        byte[] file = valid();
        damage(file, offset, bytes, value);
        Files.write(path(), file);
        FileFormatException e = assertThrows(FileFormatException.class, () -> ColumnFile.open(path()));
        assertEquals(path() + ", " + problem, e.getMessage());
    }

    @Test
    void noticesEveryChangedBitAndEveryCut() throws IOException {
        byte[] whole = valid();
        for (int length = 0; length < whole.length; length += 31) {
            Files.write(path(), Arrays.copyOf(whole, length));
            assertThrows(FileFormatException.class, () -> ColumnFile.open(path()), "cut to " + length + " bytes");
        }
        // Padding aside, which nobody reads.
        IntStream header = IntStream.range(0, 4096);
        IntStream numbers = IntStream.of(0, 64, 128).flatMap(column -> IntStream.range(4096 + column, 4096 + column + 24));
        SplittableRandom random = new SplittableRandom(5);
        IntStream.concat(header.filter(i -> i < 110 || i % 64 == 0), numbers).forEach(i -> {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) (1 << random.nextInt(8));
            assertThrows(FileFormatException.class, () -> {
                Files.write(path(), damaged);
                try (ColumnFile file = ColumnFile.open(path())) {
                    file.points();
                }
            }, "byte " + i);
        });
    }

    @Test
    void refusesAWeightThatTheTypeWouldStoreAsZero() throws IOException {
        try (ColumnFileWriter writer = ColumnFileWriter.create(path(), ElementType.FLOAT32, List.of("x"), true)) {
            assertEquals("weight too small (FLOAT32 stores it as 0; scale all weights up): row=0, weight=1.0E-46",
                    assertThrows(IllegalArgumentException.class, () -> writer.addWeighted(1e-46, 5)).getMessage());
            writer.addWeighted(1e-44, 5);
            writer.addWeighted(0, 6);
            writer.finish();
        }
        try (ColumnFile file = ColumnFile.open(path()); Points points = file.points()) {
            assertEquals(2, points.size());
            assertTrue(points.weight(0) > 0);
        }
    }

    @Test
    void refusesNumbersThatNoPointMayHave() throws IOException {
        byte[] file = valid();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putDouble(4096 + 64 + 8, Double.POSITIVE_INFINITY);
        CRC32C crc = new CRC32C();
        crc.update(file, 4096 + 64, 24);
        damage(file, 76, 4, (int) crc.getValue());
        Files.write(path(), file);
        try (ColumnFile opened = ColumnFile.open(path())) {
            FileFormatException e = assertThrows(FileFormatException.class, opened::points);
            assertTrue(e.getMessage().endsWith("value not finite: column=1, row=1, value=Infinity"), e.getMessage());
        }
    }

    @Test
    void keepsMissingValues() throws IOException {
        double[][] rows = {{1, Double.NaN}, {Double.NaN, 4}, {5, 6}};
        try (Points points = Points.ofIncompleteRows(rows)) {
            ColumnFile.write(points, List.of("x", "y"), path());
        }
        try (ColumnFile file = ColumnFile.open(path()); Points read = file.points()) {
            assertEquals(2, read.missingValues());
            double[] row = new double[2];
            for (int n = 0; n < rows.length; n++) {
                read.copyRow(n, row);
                assertArrayEquals(rows[n], row);
            }
        }
    }

    /** An interrupt closes the channel in the middle of a chunk. */
    @Test
    void publishesNothingOnceWritingHasFailed() throws IOException {
        Files.writeString(path(), "old");
        try (ColumnFileWriter writer =
                ColumnFileWriter.create(path(), ElementType.FLOAT64, List.of("x"), false)) {
            Thread.currentThread().interrupt();
            assertThrows(IOException.class, () -> {
                while (true) {
                    writer.add(1);
                }
            });
            assertTrue(Thread.interrupted());
            String sentence = "writing failed before, so points are lost: close this writer";
            assertEquals(sentence, assertThrows(IllegalStateException.class, () -> writer.add(1)).getMessage());
            assertEquals(sentence, assertThrows(IllegalStateException.class, writer::finish).getMessage());
        }
        assertEquals("old", Files.readString(path()));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path()), files.toList());
        }
    }

    /** Two gibibytes and some, of which the disk holds one page: no buffer is so large. */
    @Test
    void refusesAHeaderBeyondAnyBuffer() throws IOException {
        long namesBytes = 1L << 31;
        long headerBytes = namesBytes + 4096;
        byte[] start = valid();
        damage(start, 24, 4, 1);
        damage(start, 28, 4, 0);
        damage(start, 40, 8, headerBytes);
        damage(start, 48, 8, namesBytes);
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.write(start, 0, 4096);
            file.setLength(headerBytes + 64);
        }
        FileFormatException e = assertThrows(FileFormatException.class, () -> ColumnFile.open(path()));
        assertEquals(path() + ", byte 48: no header has 2147487744 bytes", e.getMessage());
    }
}
