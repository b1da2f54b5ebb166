package org.fusedem.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.cli.CommandRun;
import org.fusedem.files.FileFormatException;
import org.fusedem.points.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow wrote, see make.py beside them; and what becomes of them when they are damaged. */
class ArrowTableTest {
    private static final Path FILES = Path.of("src", "test", "resources", "arrow");

    private static final double[] FLOATS = {0, 1.5, 2, 3, 4};
    private static final double[] DOUBLES = {0.1, 1e100, -2, 3, 4};
    private static final double[] HALVES = {0, 1, 2, 3, 4};
    private static final double[] INTEGERS = {0, 1, 2, 100, 7};

    @TempDir
    private Path folder;

    private static double[] column(Table table, int column) {
        double[] values = new double[(int) table.size()];
        Arrays.setAll(values, n -> table.get(n, column));
        return values;
    }

    private static double[] expected(String name) {
        return switch (name) {
            case "f2" -> HALVES;
            case "f4" -> FLOATS;
            case "f8" -> DOUBLES;
            default -> INTEGERS;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.arrow", "plain.feather", "mixed.arrow"})
    void readsNumbersOfAllKinds(String file) throws IOException {
        try (ArrowTable table = new ArrowTable(FILES.resolve(file))) {
            assertEquals(List.of("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"),
                    table.names().subList(0, 11));
            for (int i = 0; i < 11; i++) {
                assertArrayEquals(expected(table.names().get(i)), column(table, i));
                assertNull(table.notNumbers(i));
            }
        }
    }

    @Test
    void passesOverColumnsOfAllOtherKinds() throws IOException {
        try (ArrowTable table = new ArrowTable(FILES.resolve("mixed.arrow"))) {
            int last = table.names().size() - 1;
            assertEquals("after", table.names().get(last));
            assertArrayEquals(new double[] {5, 6, 7, 8, 9}, column(table, last));
            for (int i = 11; i < last; i++) {
                assertNotNull(table.notNumbers(i), table.names().get(i));
            }
        }
    }

    @Test
    void readsSeveralBatches() throws IOException {
        try (ArrowTable table = new ArrowTable(FILES.resolve("batches.arrow"))) {
            assertEquals(15, table.size());
            for (int i = 0; i < 11; i++) {
                double[] once = expected(table.names().get(i));
                double[] thrice = new double[15];
                Arrays.setAll(thrice, n -> once[n % 5]);
                assertArrayEquals(thrice, column(table, i));
                assertNull(table.segment(i));
            }
        }
    }

    @Test
    void lendsWhatStandsInTheFileAsPointsWantIt() throws IOException {
        try (ArrowTable table = new ArrowTable(FILES.resolve("plain.arrow"))) {
            assertTrue(table.segment(1).isMapped());
            assertEquals(ElementType.FLOAT32, table.type(1));
            assertTrue(table.segment(2).isMapped());
            assertNull(table.segment(0), "half precision");
            assertNull(table.segment(5), "integers");
        }
    }

    @Test
    void takesGapsForMissingValues() throws IOException {
        String file = FILES.resolve("gaps.arrow").toString();
        CommandRun.of("fit", file, "-k", "1").assertRefused(2, "fusedem fit: " + file
                + ", row 2, column 'a' is missing; --missing would take it for a missing value");
        String out = CommandRun.of("fit", file, "-k", "1", "--missing").assertFine().out();
        assertTrue(out.contains("10 points in 2 columns (2 values missing)"), out);
    }

    @Test
    void fitsTheSameAsTheSameCsv() throws IOException {
        Path csv = folder.resolve("x.csv");
        Files.writeString(csv, "a,b\n1,3\n2,1\n4,4\n8,1\n");
        String arrow = CommandRun.of("fit", FILES.resolve("doubles.arrow").toString(), "-k", "1").assertFine().out();
        String text = CommandRun.of("fit", csv.toString(), "-k", "1").assertFine().out();
        assertEquals(text.replaceAll("time.*", "").replaceAll(".*: 4", ""), arrow.replaceAll("time.*", "").replaceAll(".*: 4", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lz4.feather    | the Arrow file is compressed by LZ4: write it without, in Python by feather.write_feather(data, file, compression='uncompressed')",
        "zstd.feather   | the Arrow file is compressed by zstd: write it without, in Python by feather.write_feather(data, file, compression='uncompressed')",
        "stream.arrows  | is a stream of Arrow's: write it as an Arrow file (Feather)",
        "mixed.arrow    | column 'nothing' holds no numbers: choose others with --columns",
        "huge.arrow     | row 2, column 'a': no finite number, or one that no double holds exactly",
    })
    void refusesByName(String file, String problem) {
        CommandRun run = CommandRun.of("fit", FILES.resolve(file).toString(), "-k", "1");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().startsWith("fusedem fit: " + FILES.resolve(file)), run.err());
        assertTrue(run.err().endsWith(problem + "\n"), run.err());
    }

    /** Whatever the bytes are: values that can be read, or one sentence. */
    @Test
    void refusesDamageWithASentenceOrReadsNumbers() throws IOException {
        SplittableRandom random = new SplittableRandom(17);
        Path file = folder.resolve("damaged.arrow");
        int refused = 0;
        for (String name : List.of("plain.arrow", "mixed.arrow", "gaps.arrow")) {
            byte[] whole = Files.readAllBytes(FILES.resolve(name));
            for (int trial = 0; trial < 1000; trial++) {
                byte[] damaged = trial % 10 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int i = random.nextInt(3); damaged.length > 0 && i >= 0; i--) {
                    damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 255);
                }
                Files.write(file, damaged);
                try (ArrowTable table = new ArrowTable(file)) {
                    for (int i = 0; table.size() > 0 && table.size() < 1000 && i < table.names().size(); i++) {
                        if (table.notNumbers(i) == null) {
                            column(table, i);
                        }
                    }
                } catch (FileFormatException e) {
                    assertEquals(1, e.getMessage().lines().count());
                    refused++;
                }
            }
        }
        assertTrue(refused > 300, "refused: " + refused);
    }

    @Test
    void closesTwice() throws IOException {
        ArrowTable table = new ArrowTable(FILES.resolve("plain.arrow"));
        table.close();
        table.close();
    }

    @Test
    void refusesEveryCut() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("gaps.arrow"));
        Path file = folder.resolve("cut.arrow");
        for (int length = 8; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(FileFormatException.class, () -> new ArrowTable(file), "cut to " + length + " bytes");
        }
    }
}
