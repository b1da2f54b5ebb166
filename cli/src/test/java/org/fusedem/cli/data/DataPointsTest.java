package org.fusedem.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class DataPointsTest {
    @TempDir
    private Path folder;

    private DataPoints read(byte[] content, String weights, String... options) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, content);
        DataOptions data = new DataOptions();
        new CommandLine(CommandSpec.create().addMixin("data", CommandSpec.forAnnotatedObject(data))).parseArgs(options);
        return DataPoints.read(file, data, new RowOptions(weights, null, 0), ElementType.FLOAT64, List.of());
    }

    private DataPoints read(String content, String... options) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8), null, options);
    }

    private void assertRefused(String expected, String content, String... options) {
        CommandException e = assertThrows(CommandException.class, () -> read(content, options));
        assertEquals(expected, e.getMessage().replace(folder.resolve("data.csv").toString(), "data.csv"));
        assertEquals(CommandException.WRONG_USE, e.exitCode());
    }

    private static double[][] rows(Points points) {
        double[][] rows = new double[(int) points.size()][points.dims()];
        for (int n = 0; n < rows.length; n++) {
            points.copyRow(n, rows[n]);
        }
        return rows;
    }

    private static void assertPoints(DataPoints actual, List<String> columns, double[]... rows) {
        try (actual) {
            assertEquals(columns, actual.columns());
            assertArrayEquals(rows, rows(actual.points()));
        }
    }

    private static double[] row(double... values) {
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a,b\n1,2\n3,4\n", "a;b\n1;2\n3;4\n", "a\tb\n1\t2\n3\t4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4",
        "\uFEFFa,b\n1,2\n3,4", "\n\n \na,b\n\n1,2\n   \n\t\n3,4\n\n", "\"a\",\"b\"\n\"1\",\"2\"\n3,\"4\"\n",
        " a , b \n 1 , 2 \n3,4", "a,b\n1e0,2.\n+3,4.0"
    })
    void readsTheUsualForms(String content) throws IOException {
        assertPoints(read(content), List.of("a", "b"), row(1, 2), row(3, 4));
    }

    @Test
    void readsUtf16WithAByteOrderMark() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertPoints(read("\uFEFFa,b\n1,2\n".getBytes(charset), null), List.of("a", "b"), row(1, 2));
        }
    }

    @Test
    void refusesNamesInAnotherCode() throws IOException {
        byte[] latin = "gr\u00f6\u00dfe,b\n1,2\n".getBytes(StandardCharsets.ISO_8859_1);
        CommandException e = assertThrows(CommandException.class, () -> read(latin, null));
        String file = folder.resolve("data.csv").toString();
        assertEquals(file + ": the name 'gr\uFFFD\uFFFDe' is not UTF-8: iconv -f LATIN1 -t UTF-8 " + file + " makes it so",
                e.getMessage());
        assertPoints(read(latin, null, "--columns", "b"), List.of("b"), row(2));
    }

    @Test
    void doesNotTakeSeparatorsInQuotesForSeparators() throws IOException {
        assertPoints(read("\"a;\tb\",\"c\"\"d\"\n1,2\n"), List.of("a;\tb", "c\"d"), row(1, 2));
    }

    @Test
    void tellsNamesFromData() throws IOException {
        assertPoints(read("1,2\n3,4\n"), List.of("x1", "x2"), row(1, 2), row(3, 4));
        assertPoints(read("a,\n3,4\n"), List.of("a", "x2"), row(3, 4));
        assertPoints(read("2019,2020\n3,4\n", "--header"), List.of("2019", "2020"), row(3, 4));
        assertPoints(read("a,2020\n3,4\n", "--columns", "a,2"), List.of("a", "2020"), row(3, 4));
        assertRefused("data.csv: the first row has numbers, but also 'setosa': say --header if these are names,"
                + " --no-header if they are data", "5.1,3.5,setosa\n4.9,3,setosa\n");
        assertPoints(read("5.1,3.5,setosa\n4.9,3,setosa\n", "--no-header", "--columns", "1-2"), List.of("x1", "x2"),
                row(5.1, 3.5), row(4.9, 3));
    }

    @Test
    void takesTheColumnsAskedForInTheirOrder() throws IOException {
        assertPoints(read("a,b,c,d\n1,x,3,4\n", "--columns", "d,1,3"), List.of("d", "a", "c"), row(4, 1, 3));
        assertPoints(read("a,b,c,d\n1,2,3,x\n", "--columns", "1-3"), List.of("a", "b", "c"), row(1, 2, 3));
        assertPoints(read("3,1\n5,6\n", "--header", "--columns", "3"), List.of("3"), row(5));
    }

    @Test
    void refusesColumnsThatAreNotThere() {
        String content = "a,b,b\n1,2,3\n";
        assertRefused("--columns: data.csv has no column 'c', it has 'a', 'b', 'b'", content, "--columns", "c");
        assertRefused("--columns: data.csv has columns 1 to 3, not 0", content, "--columns", "0");
        assertRefused("--columns: data.csv has columns 1 to 3, not 2-4", content, "--columns", "2-4");
        assertRefused("--columns: '3-1' must go upward", content, "--columns", "3-1");
        assertRefused("--columns: column 'a' is there twice", content, "--columns", "a,1");
        assertRefused("--columns: a column is empty in 'a,,b'", content, "--columns", "a,,b");
        assertRefused("data.csv: two columns are called 'b': take them by number, or rename one", content, "--columns", "b");
        assertRefused("data.csv: two columns are called 'b': take one of them with --columns, or rename one", content);
    }

    @Test
    void readsWeights() throws IOException {
        try (DataPoints points = read("a,w,b\n1,0,2\n3,2.5,4\n".getBytes(StandardCharsets.UTF_8), "w")) {
            assertEquals(List.of("a", "b"), points.columns());
            assertEquals(2.5, points.points().weight(1));
        }
        CommandException e = assertThrows(CommandException.class,
                () -> read("a,w\n1,1\n\n3,-2\n".getBytes(StandardCharsets.UTF_8), "2"));
        assertTrue(e.getMessage().endsWith(", line 4: a weight must not be negative, and this is -2.0"), e.getMessage());
    }

    @Test
    void namesTheLineAndColumnOfACell() {
        assertRefused("data.csv, line 4, column 'b': 'x' is not a number"
                + "; if the whole column is text, leave it out with --columns", "a,b\n1,2\n\n3,x\n");
        assertRefused("data.csv, line 2, column 1: 'x' is not a number"
                + "; if the whole column is text, leave it out with --columns", "1,2\nx,y\n");
        assertRefused("data.csv, line 2, column 'b' is empty; --missing would take it for a missing value"
                + "; if the whole column is empty, leave it out with --columns",
                "a,b\n1,\n");
        assertRefused("data.csv, line 3, column 'a': 'NA' is not a finite number: leave the row out, or give it a"
                + " value; --missing would take it for a missing value", "a,b\n1,2\nNA,3\n");
        assertRefused("data.csv, line 2, column 'b': '6\\u0001' is not a number"
                + "; if the whole column is text, leave it out with --columns", "a,b\n1,6\u0001\n");
        assertRefused("data.csv, line 4, column 'a': 'x' is not a number"
                + "; if the whole column is text, leave it out with --columns", "a,b\n\"1\n\",2\nx,4\n");
    }

    @Test
    void takesMissingValuesOnRequest() throws IOException {
        double no = Double.NaN;
        assertPoints(read("a,b\n1,\nNA,2\n NaN ,nan\n?,\"\"\n,\n3,4\n", "--missing"), List.of("a", "b"),
                row(1, no), row(no, 2), row(no, no), row(no, no), row(no, no), row(3, 4));
        assertPoints(read("1,NA,\n3,4,5\n", "--missing"), List.of("x1", "x2", "x3"), row(1, no, no), row(3, 4, 5));
        try (DataPoints points = read("a,b\n1,\n,2\n", "--missing")) {
            assertEquals(2, points.points().missingValues());
        }
    }

    @Test
    void refusesWhatIsNeitherNumberNorMissing() {
        assertRefused("data.csv, line 2, column 'b': 'x' is not a number"
                + "; if the whole column is text, leave it out with --columns", "a,b\n,x\n", "--missing");
        assertRefused(
                "data.csv, line 2, column 'b': 'inf' is not a finite number: leave the row out, or give it a value",
                "a,b\n1,inf\n", "--missing");
        assertRefused("data.csv: column 'b' has no value in any row: choose others with --columns", "a,b\n1,\n2,?\n",
                "--missing");
        CommandException e = assertThrows(CommandException.class,
                () -> read("a,w\n1,1\n,\n".getBytes(StandardCharsets.UTF_8), "w", "--missing"));
        assertTrue(e.getMessage().endsWith(", line 3, column 'w' is empty"), e.getMessage());
    }

    @Test
    void refusesNumbersThatWouldOverflow() {
        CommandException e = assertThrows(CommandException.class, () -> read("a,b\n1,1e200\n"));
        String problem = "line 2, column 'b': '1e200' is too large: the limit is ";
        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }

    @Test
    void refusesFilesWithoutPoints() {
        assertRefused("data.csv: the file is empty", "");
        assertRefused("data.csv: the file is empty", "\n \n\r\n");
        assertRefused("data.csv: the file is empty", "\uFEFF");
        assertRefused("data.csv: there is a header, but no data below it", "a,b\n\n");
    }

    @Test
    void refusesRowsOfAnotherLength() {
        assertRefused("data.csv, line 3: this row has 1 cell, the first has 2", "a,b\n1,2\n3\n");
        assertRefused("data.csv, line 3: this row has 3 cells, the first has 2", "a,b\n1,2\n3,x,5\n");
        assertRefused("data.csv, line 2: this row has 2 cells, the first has 3", "1,2,3\n4,5\n");
    }

    @Test
    void refusesWhatIsNoCsv() {
        assertRefused("data.csv: is a binary file of no known format, and no CSV file", "a,b\n1,\0\n");
        assertRefused("data.csv, line 2: a closing quote is missing, or a cell has more than 1048576 characters",
                "a,b\n\"1,2\n3,4\n");
        assertRefused("data.csv, line 1: a closing quote is missing, or a cell has more than 1048576 characters",
                "a".repeat(3_000_000));
    }

    @Test
    void refusesEveryDamageWithASentence() throws IOException {
        byte[] whole = "\uFEFFa;\"b \"\"c\"\"\";d\r\n1;\"2\";3\r\n\r\n4;5e-1;-6\r\n".getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 500; trial++) {
            byte[] damaged = Arrays.copyOf(whole, trial < whole.length ? trial : whole.length);
            for (int i = trial < whole.length ? 0 : 1 + random.nextInt(4); i > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                read(damaged, null).close();
            } catch (CommandException e) {
                assertEquals(1, e.getMessage().lines().count());
            }
        }
    }
}
