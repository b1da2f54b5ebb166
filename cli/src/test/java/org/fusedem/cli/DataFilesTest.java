package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
        CommandRun.of("convert", csv.toString(), "-").assertRefused(2,
                "fusedem convert: OUT: -: is no file, and one is needed, for it is not written from first to last");
        CommandRun.of("convert", csv.toString(), csv.toString())
                .assertRefused(2, "fusedem convert: OUT: " + csv + " is the data, which it would overwrite");
        CommandRun.of("convert", csv.toString(), folder.toString())
                .assertRefused(2, "fusedem convert: OUT: " + folder + ": is a directory");
        CommandRun.of("convert", csv.toString(), folder + "/none/a.npy").assertRefused(2,
                "fusedem convert: OUT: " + folder + "/none/a.npy: there is no folder " + folder + "/none");
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
