package org.fusedem.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays that NumPy wrote, see make.py beside them; and what nobody should have written. */
class NpyArrayTest {
    private static final Path ARRAYS = Path.of("test/resources/npy");
    private static final double[][] VALUES = {{0, 1, 2}, {100, 50, 7}};

    @TempDir
    private Path folder;

    static Stream<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(ARRAYS)) {
            List<Path> found = files.filter(file -> file.toString().matches(".*(fortran|-c|version-.)\\.npy")).toList();
            assertEquals(43, found.size());
            return found.stream();
        }
    }

    private static double[][] rows(Points points) {
        double[][] rows = new double[(int) points.size()][points.dims()];
        for (int n = 0; n < rows.length; n++) {
            points.copyRow(n, rows[n]);
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void readsWhatNumPyWrites(Path file) throws IOException {
        try (NpyArray array = NpyArray.open(file); Points points = array.points()) {
            assertArrayEquals(VALUES, rows(points));
            assertEquals(file.toString().contains("f4") ? ElementType.FLOAT32 : ElementType.FLOAT64, points.type());
            assertArrayEquals(Arrays.stream(VALUES).flatMapToDouble(Arrays::stream).toArray(), array.doubles());
        }
    }

    @Test
    void borrowsColumnsThatStandAsPointsWantThem() throws IOException {
        for (String borrowed : List.of("little-f8-fortran.npy", "little-f4-fortran.npy", "one-dimension.npy")) {
            try (NpyArray array = NpyArray.open(ARRAYS.resolve(borrowed)); Points points = array.points()) {
                assertEquals(array.column(0).address(), points.column(0).address());
                assertTrue(points.column(0).isMapped());
            }
        }
        for (String copied : List.of("little-f8-c.npy", "big-f8-fortran.npy", "little-i8-fortran.npy")) {
            try (NpyArray array = NpyArray.open(ARRAYS.resolve(copied)); Points points = array.points()) {
                assertNull(array.column(0));
                assertNotNull(points.block());
            }
        }
    }

    @Test
    void readsNumbersToTheBit() throws IOException {
        try (NpyArray array = NpyArray.open(ARRAYS.resolve("extremes.npy"))) {
            assertArrayEquals(new double[] {-128, Double.MIN_NORMAL, -0.0, 1e100}, array.doubles());
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesBackWhatItWrote(ElementType type) throws IOException {
        Path file = folder.resolve("x.npy");
        try (Points points = Points.ofRows(VALUES, type)) {
            NpyArray.write(points, file);
        }
        try (NpyArray array = NpyArray.open(file); Points points = array.points()) {
            assertArrayEquals(VALUES, rows(points));
            assertEquals(type, points.type());
            assertEquals(0, points.column(0).address() % 64);
        }
    }

    @Test
    void readsArchivesThatNumPyWrites() throws IOException {
        try (NpzFile file = NpzFile.open(ARRAYS.resolve("plain.npz"));
                NpyArray columns = file.array("columns");
                NpyArray array = file.array("X");
                Points points = array.points()) {
            assertEquals(List.of("X", "columns"), file.names());
            assertEquals(List.of("a", "größe", "長さ\uD83D\uDE00"), columns.strings());
            assertArrayEquals(VALUES, rows(points));
        }
        try (NpzFile file = NpzFile.open(ARRAYS.resolve("compressed.npz"));
                NpyArray array = file.array("X");
                NpyArray weights = file.array("sample_weight");
                Points points = array.points()) {
            assertArrayEquals(VALUES, rows(points));
            assertArrayEquals(new double[] {1, 0.5}, weights.doubles());
        }
    }

    @Test
    void givesBackTheArchiveItWrote() throws IOException {
        Path path = folder.resolve("x.npz");
        List<String> names = List.of("", "größe \uD83D\uDE00", "c");
        try (Points points = Points.builder(3, ElementType.FLOAT32)
                .addWeighted(0.5, VALUES[0]).addWeighted(2, VALUES[1]).build()) {
            NpzFile.write(points, names, path);
        }
        try (NpzFile file = NpzFile.open(path); NpyArray array = file.array("X"); Points points = array.points();
                NpyArray weights = file.array("sample_weight"); NpyArray columns = file.array("columns")) {
            assertArrayEquals(VALUES, rows(points));
            assertArrayEquals(new double[] {0.5, 2}, weights.doubles());
            assertEquals(names, columns.strings());
        }
    }

    /** An array with this header, and so many bytes of data. */
    private static byte[] array(String header, int dataBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(NpyHeader.MAGIC);
        bytes.writeBytes(new byte[] {1, 0, (byte) header.length(), (byte) (header.length() >> 8)});
        bytes.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(new byte[dataBytes]);
        return bytes.toByteArray();
    }

    private String refusal(byte[] content) throws IOException {
        Path file = folder.resolve("x.npy");
        Files.write(file, content);
        FileFormatException e = assertThrows(FileFormatException.class, () -> {
            try (NpyArray array = NpyArray.open(file)) {
                array.points().close();
            }
        });
        return e.getMessage().replace(file + ", ", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3)} ; byte 67: the array is cut off: its shape [2, 3] needs more than the 40 bytes there are",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (5, 0)} ; byte 67: bytes follow the array",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)} ; byte 99: bytes follow the array",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)} ; byte 85: the array is cut off: its shape [4294967296, 4294967296] needs more than the 40 bytes there are",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999999999999,)} ; byte 60: the shape must be whole numbers in parentheses, not (999999999999999999999,)",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-5,)} ; byte 50: the header must have the keys 'descr', 'fortran_order' and 'shape', and no other",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (5, 1, 1)} ; byte 0: points need an array of one or two dimensions, and this has 3",
        "{'descr': '<f8', 'fortran_order': False, 'shape': ()} ; byte 71: bytes follow the array",
        "{'descr': '<c16', 'fortran_order': False, 'shape': (5,)} ; byte 10: elements of type '<c16' are not read: save the array with .astype('f8')",
        "{'descr': '|O', 'fortran_order': False, 'shape': (5,)} ; byte 10: elements of type '|O' are not read: save the array with .astype('f8')",
        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (5,)} ; byte 11: the header must have the keys 'descr', 'fortran_order' and 'shape', and no other",
        "{'descr': '<U10', 'fortran_order': False, 'shape': (1,)} ; byte 0: points need numbers, and this array holds strings",
        "{'descr': '<f8', 'shape': (5,)} ; byte 10: the header must have the keys 'descr', 'fortran_order' and 'shape'",
        "{'descr': '<f8', 'fortran_order': 1, 'shape': (5,)} ; byte 26: the header must have the keys 'descr', 'fortran_order' and 'shape', and no other",
        "{'descr': '<f8', 'descr': '<f4', 'fortran_order': False, 'shape': (5,)} ; byte 26: the header has the key 'descr' twice",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), 'shape': (5,)} ; byte 65: the header has the key 'shape' twice",
        "{'descr': '<f8', 'fortran_order': 'False', 'shape': (5,)} ; byte 44: fortran_order must be True or False, not 'False'",
        "{'descr': '<f8', 'fortran_order': (1,), 'shape': (5,)} ; byte 44: fortran_order must be True or False, not (1,)",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), ; byte 65: the header is no dictionary: it does not end with }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (5,) ; byte 50: the header must have the keys 'descr', 'fortran_order' and 'shape', and no other",
        "{ ; byte 11: the header is no dictionary: it does not end with }",
        "__import__('os') ; byte 10: the header is no dictionary",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (5,)} + {} ; byte 50: the header must have the keys 'descr', 'fortran_order' and 'shape', and no other",
    })
    void refusesHeadersThatLie(String header, String problem) throws IOException {
        assertEquals(problem, refusal(array(header, 40)));
    }

    @Test
    void refusesWhatIsNoArray() throws IOException {
        assertEquals("byte 0: not an array of NumPy", refusal(new byte[0]));
        byte[] valid = array("{'descr': '<f8', 'fortran_order': False, 'shape': (5,)}", 40);
        byte[] newer = valid.clone();
        newer[6] = 4;
        assertEquals("byte 6: the format has version 4, and 1 to 3 are read", refusal(newer));
        newer[6] = 2;
        Arrays.fill(newer, 8, 12, (byte) 0xFF);
        assertEquals("byte 8: a header of 4294967295 bytes is longer than any of numbers: the limit is 10000", refusal(newer));
        for (int length = 0; length < valid.length; length++) {
            assertTrue(refusal(Arrays.copyOf(valid, length)).startsWith("byte "));
        }
    }

    @Test
    void refusesNumbersThatNoPointMayHave() throws IOException {
        byte[] notFinite = array("{'descr': '<f8', 'fortran_order': False, 'shape': (5,)}", 40);
        Arrays.fill(notFinite, notFinite.length - 8, notFinite.length, (byte) 0xFF);
        assertTrue(refusal(notFinite).contains("column=0, row=4, value=NaN"), refusal(notFinite));
        byte[] beyondDouble = array("{'descr': '<i8', 'fortran_order': False, 'shape': (5,)}", 40);
        beyondDouble[beyondDouble.length - 2] = 0x20;
        beyondDouble[beyondDouble.length - 8] = 1;
        assertTrue(refusal(beyondDouble).endsWith("value not finite: column=0, row=4, value=Infinity"), "2^53 + 1");
    }

    @Test
    void refusesDamagedArchives() throws IOException {
        byte[] whole = Files.readAllBytes(ARRAYS.resolve("compressed.npz"));
        SplittableRandom random = new SplittableRandom(11);
        Path file = folder.resolve("x.npz");
        int refused = 0;
        for (int trial = 0; trial < 2 * whole.length; trial++) {
            byte[] damaged = trial < whole.length ? Arrays.copyOf(whole, trial) : whole.clone();
            if (trial >= whole.length) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, damaged);
            try (NpzFile archive = NpzFile.open(file); NpyArray array = archive.array("X"); Points points = array.points()) {
                // The damage may be in the other array.
                assertArrayEquals(VALUES, rows(points));
            } catch (FileFormatException e) {
                assertEquals(1, e.getMessage().lines().count());
                refused++;
            }
        }
        assertTrue(refused > whole.length, "refused: " + refused);
    }

    @Test
    void allocatesNothingForAnArchiveThatLies() throws IOException {
        Path file = folder.resolve("bomb.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("X.npy"));
            zip.write(array("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 1000)}", 40));
            zip.closeEntry();
        }
        try (NpzFile archive = NpzFile.open(file)) {
            FileFormatException e = assertThrows(FileFormatException.class, () -> archive.array("X"));
            assertTrue(e.getMessage().contains("the array is cut off: its shape [99999999999, 1000] needs more"), e.getMessage());
            assertThrows(FileFormatException.class, () -> archive.array("Y"));
        }
    }

    /** Packed numbers may be a thousand times as many as their bytes; memory is for those that come. */
    @Test
    void memoryGrowsWithWhatIsReadAndNotWithWhatIsPromised() throws IOException {
        byte[] lie = array("{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999999, 1000)}", 40);
        FileFormatException e = assertThrows(FileFormatException.class,
                () -> NpyReader.read("X", new ByteArrayInputStream(lie), Long.MAX_VALUE));
        assertTrue(e.getMessage().contains("the array is cut off"), e.getMessage());
        // More than one piece of memory, to the bit.
        double[] many = new SplittableRandom(3).doubles(700_001).toArray();
        Path file = folder.resolve("many.npz");
        try (Points points = Points.ofColumns(new double[][] {many}, ElementType.FLOAT64)) {
            NpzFile.write(points, List.of("x"), file);
        }
        try (NpzFile archive = NpzFile.open(file); NpyArray read = archive.array("X")) {
            assertArrayEquals(many, read.doubles());
        }
    }
}
