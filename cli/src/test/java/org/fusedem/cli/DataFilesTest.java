package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fusedem.cli.data.DataOptions;
import org.fusedem.cli.data.DataPoints;
import org.fusedem.cli.data.RowOptions;
import org.fusedem.files.ColumnFile;
import org.fusedem.points.ElementType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One set of points in all formats: whatever holds them, the commands print the same of them. */
class DataFilesTest {
    private static final Path FAITHFUL = Path.of("examples", "faithful.csv");

    @TempDir
    private Path folder;

    private Path csv;

    @BeforeEach
    void copyData() throws IOException {
        csv = folder.resolve("faithful.csv");
        Files.copy(FAITHFUL, csv);
    }

    private Path convert(String name, String... options) {
        Path file = folder.resolve(name);
        String[] args = {"convert", csv.toString(), file.toString()};
        CommandRun.of(concat(args, options)).assertFine();
        return file;
    }

    private static String[] concat(String[] first, String... second) {
        String[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static void gzip(Path from, Path to) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
    }

    /** The columns' names and all numbers, the times aside. */
    private static String fit(Path file, String... options) {
        String out = CommandRun.of(concat(new String[] {"fit", file.toString(), "-k", "2", "--json"}, options)).assertFine().out();
        return out.replaceAll("\"(seconds\\w+|iterationSeconds)\": [^\\n]*", "").replaceAll("(?s)\"iterationSeconds.*?]", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"points.fcol", "points.npz", "points.fcol.gz", "points.npz.gz", "faithful.csv.gz"})
    void fitsTheSameFromAnyFile(String name) throws IOException {
        Path file = folder.resolve(name);
        if (name.equals("faithful.csv.gz")) {
            gzip(csv, file);
        } else if (name.endsWith(".gz")) {
            gzip(convert(name.replace(".gz", "")), file);
        } else {
            convert(name);
        }
        assertEquals(fit(csv), fit(file));
    }

    @Test
    void namesColumnsOfAnArrayByNumbers() {
        assertEquals(fit(csv).replace("\"eruptions\"", "\"x1\"").replace("\"waiting\"", "\"x2\""), fit(convert("points.npy")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"faithful.csv", "points.fcol", "points.npz", "faithful.csv.gz"})
    void takesStandardInput(String name) throws IOException {
        Path file = name.equals("faithful.csv") ? csv : folder.resolve(name);
        if (name.endsWith(".gz")) {
            gzip(csv, file);
        } else if (!name.endsWith(".csv")) {
            convert(name);
        }
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(file)));
            assertEquals(fit(csv), fit(Path.of("-")));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void scoresAndSelectsFromAnyFile() {
        Path model = folder.resolve("model.json");
        CommandRun.of("fit", csv.toString(), "-k", "2", "--model", model.toString()).assertFine();
        Path file = convert("points.fcol");
        assertEquals(CommandRun.of("score", model.toString(), csv.toString()).assertFine().out(),
                CommandRun.of("score", model.toString(), file.toString()).assertFine().out());
        assertTrue(CommandRun.of("select", file.toString(), "-k", "1..2").assertFine().out().contains("2"));
    }

    @Test
    void keepsWeightsAndMissingValues() throws IOException {
        Files.writeString(csv, "a,w,b\n1,1,2\n2,0.5,4\n4,2,\n5,1,1\n7,1,3\n");
        for (String name : new String[] {"points.fcol", "points.npz"}) {
            Path file = convert(name, "--weights", "w", "--missing");
            assertEquals(fit(csv, "--weights", "w", "--missing", "-k1".replace("-k1", "--seed=1")),
                    fit(file, "--missing", "--seed=1"));
        }
        CommandRun.of("fit", folder.resolve("points.fcol").toString(), "-k", "1").assertRefused(2, "fusedem fit: "
                + folder.resolve("points.fcol") + ", row 3, column 'b' is missing; --missing would take it for a missing value");
    }

    @Test
    void convertsToHalfTheBits() throws IOException {
        long doubles = Files.size(convert("points.fcol"));
        long floats = Files.size(convert("points32.fcol", "--float32"));
        assertTrue(floats < doubles, floats + " < " + doubles);
        assertEquals(fit(csv, "--float32"), fit(folder.resolve("points32.fcol")));
    }

    @Test
    void replacesNothingWhenItFails() throws IOException {
        Path file = convert("points.fcol");
        byte[] before = Files.readAllBytes(file);
        Files.writeString(csv, "a,b\n1,2\n3,x\n");
        CommandRun.of("convert", csv.toString(), file.toString()).assertRefused(2,
                "fusedem convert: " + csv + ", line 3, column 'b': 'x' is not a number"
                        + "; if the whole column is text, leave it out with --columns");
        assertEquals(Arrays.hashCode(before), Arrays.hashCode(Files.readAllBytes(file)));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "(\u00b5/\u00fd | is compressed by zstd: run zstd -dc FILE, and give its output as -",
        "FEA1 | is of version 1 of Feather, which nobody writes any more: write it as version 2",
        "\u00ff\u00ff\u00ff\u00ff | is a stream of Arrow's: write it as an Arrow file (Feather)",
    })
    void refusesByNameWhatItCannotRead(String content, String problem) throws IOException {
        Path file = folder.resolve("data");
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        CommandRun.of("fit", file.toString(), "-k", "1")
                .assertRefused(2, "fusedem fit: " + file + ": " + problem.replace("FILE", file.toString()));
    }

    @Test
    void knowsASpreadsheet() throws IOException {
        Path file = folder.resolve("book.xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write("<workbook/>".getBytes(StandardCharsets.UTF_8));
        }
        CommandRun.of("fit", file.toString(), "-k", "1").assertRefused(2, "fusedem fit: " + file
                + ": is a zip file without arrays (a spreadsheet? save it as CSV)");
    }

    @Test
    void writesToFilesOnly() {
        CommandRun.of("convert", csv.toString(), "-")
                .assertRefused(2, "fusedem convert: OUT: -: is no file, and one is needed");
        CommandRun.of("convert", csv.toString(), csv.toString())
                .assertRefused(2, "fusedem convert: OUT: " + csv + " is the data, which it would overwrite");
        CommandRun.of("convert", csv.toString(), folder.toString())
                .assertRefused(2, "fusedem convert: OUT: " + folder + ": is a directory");
        CommandRun.of("convert", csv.toString(), folder + "/none/a.npy").assertRefused(2,
                "fusedem convert: OUT: " + folder + "/none/a.npy: there is no folder " + folder + "/none");
    }

    private static byte[] gzipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Path members(byte[]... members) throws IOException {
        Path file = folder.resolve("members.csv.gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] member : members) {
                out.write(member);
            }
        }
        return file;
    }

    @Test
    void readsAllMembersOfAGzipOrNone() throws IOException {
        byte[] first = gzipped("a,b\n1,2\n3,5\n");
        byte[] second = gzipped("4,4\n6,8\n7,1\n");
        Path file = members(first, second);
        CommandRun whole = CommandRun.of("fit", file.toString(), "-k", "1").assertFine();
        assertTrue(whole.out().contains(": 5 points"), whole.out());
        // Tapes and disks fill up with zeros.
        assertTrue(CommandRun.of("fit", members(first, second, new byte[700]).toString(), "-k", "1").assertFine().out()
                .contains(": 5 points"));
        for (byte[] rest : new byte[][] {flipped(second, 1), flipped(second, 2), Arrays.copyOf(second, 5), {'x'}}) {
            members(first, rest);
            CommandRun.of("fit", file.toString(), "-k", "1").assertRefused(2,
                    "fusedem fit: " + file + ": what follows the compressed data is no gzip");
        }
        members(first, Arrays.copyOf(second, second.length - 9));
        CommandRun.of("fit", file.toString(), "-k", "1").assertRefused(2, "fusedem fit: " + file + ": is cut off");
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    /** An array by rows, which must be copied. */
    private static void writeNpy(Path file, String type, int rows, int columns, ByteBuffer numbers) throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
            out.write(new byte[] {(byte) header.length(), (byte) (header.length() >> 8)});
            out.write(header.getBytes(StandardCharsets.ISO_8859_1));
            out.write(numbers.array());
        }
    }

    private static ByteBuffer floats(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return bytes;
    }

    @Test
    void refusesWhatHalfTheBitsDoNotHold() throws IOException {
        Path file = folder.resolve("large.npy");
        writeNpy(file, "<f4", 3, 1, floats(1, 2, 1e20f));
        for (String[] args : new String[][] {
            {"convert", file.toString(), folder.resolve("large.fcol").toString()}, {"fit", file.toString(), "-k", "1"}}) {
            CommandRun run = CommandRun.of(args);
            assertEquals(2, run.exitCode());
            assertTrue(run.err().startsWith("fusedem " + args[0] + ": " + file + ": value "), run.err());
            assertTrue(run.err().contains("row=2, value=1.0"), run.err());
        }
    }

    @Test
    void keepsHalfTheBitsOfWhatMustBeCopied() throws IOException {
        Path file = folder.resolve("rows.npy");
        writeNpy(file, "<f4", 4, 2, floats(1, 2, 3, 5, 4, 4, 6, 8));
        DataOptions data = new DataOptions();
        RowOptions rows = new RowOptions(null, null, 0);
        try (DataPoints points = DataPoints.read(file, data, rows, null, List.of())) {
            assertEquals(ElementType.FLOAT32, points.points().type());
            assertNull(points.lender());
        }
    }

    /** 64-bit weights beside 32-bit features are as exact in a column file. */
    @Test
    void keepsAllBitsOfWeights() throws IOException {
        Path doubles = Path.of("src", "test", "resources", "arrow", "plain.arrow");
        Path file = folder.resolve("weighted.fcol");
        String[] options = {"--columns", "f4", "--weights", "f2"};
        CommandRun.of(concat(new String[] {"convert", doubles.toString(), file.toString()}, options)).assertFine();
        try (ColumnFile written = ColumnFile.open(file)) {
            assertEquals(ElementType.FLOAT64, written.type());
        }
        CommandRun.of("convert", doubles.toString(), file.toString(), "--columns", "f4").assertFine();
        try (ColumnFile written = ColumnFile.open(file)) {
            assertEquals(ElementType.FLOAT32, written.type());
        }
    }

    /** Two files of data are what a shell makes of {@code *.csv}. */
    @Test
    void replacesNoFileOfDataByAccident() throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
        for (Path first : new Path[] {csv, folder.resolve("missing.csv")}) {
            CommandRun.of("convert", first.toString(), other.toString())
                    .assertRefused(2, "fusedem convert: OUT: " + other + " must end in .fcol, .npy or .npz");
        }
        assertEquals("a,b\n1,2\n", Files.readString(other));
    }

    @Test
    void refusesDamageByTheNameThatWasTyped() throws IOException {
        Path file = convert("points.npz");
        Path gz = folder.resolve("points.npz.gz");
        byte[] cut = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(cut, cut.length / 2));
        gzip(file, gz);
        CommandRun run = CommandRun.of("fit", gz.toString(), "-k", "1");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().startsWith("fusedem fit: " + gz + ", byte 0: not a zip file"), run.err());
        Files.write(gz, Arrays.copyOf(Files.readAllBytes(gz), 100));
        run = CommandRun.of("fit", gz.toString(), "-k", "1");
        assertEquals(2, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
