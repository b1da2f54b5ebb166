package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountersFileTest {
    private static final int PLACES = 16;

    @TempDir
    private Path folder;

    private Path file;
    private FittingCounters counters;

    @BeforeEach
    void create() throws IOException {
        file = folder.resolve("counters");
        counters = new FittingCounters(CountersFile.create(file, PLACES));
        counters.add(FittingCounter.OBSERVATIONS, 41);
        counters.set(FittingCounter.LAST_LOG_LIKELIHOOD, Double.doubleToRawLongBits(-1.5));
    }

    @Test
    void showsValuesAsTheyChange() throws IOException {
        CountersFile opened = CountersFile.open(file);
        assertEquals(ProcessHandle.current().pid(), opened.processId());
        CountersReader reader = opened.counters();
        int id = FittingCounter.OBSERVATIONS.ordinal();
        assertEquals(FittingCounter.OBSERVATIONS.typeId(), reader.getCounterTypeId(id));
        assertEquals(FittingCounter.OBSERVATIONS.label(), reader.getCounterLabel(id));
        assertEquals(41, reader.getCounterValue(id));
        counters.add(FittingCounter.OBSERVATIONS, 1);
        assertEquals(42, reader.getCounterValue(id));
    }

    /** The table of the documentation, in numbers. */
    @Test
    void keepsToItsLayout() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        assertEquals(128 + PLACES * (512 + 128), bytes.capacity());
        assertEquals(CountersFile.MAGIC, bytes.getInt(0));
        assertEquals(1, bytes.getInt(4));
        assertEquals(PLACES, bytes.getInt(8));
        assertEquals(ProcessHandle.current().pid(), bytes.getLong(16));
        assertTrue(Math.abs(System.currentTimeMillis() - bytes.getLong(24)) < 3_600_000);
        assertEquals(41, bytes.getLong(128 + PLACES * 512));
    }

    @Test
    void leavesNothingElseBehind() throws IOException {
        CountersFile.create(file, PLACES);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void isPrinted() {
        Stat stat = Stat.of(file.toString());
        assertEquals("", stat.err);
        assertEquals(0, stat.exitCode);
        assertTrue(stat.out.contains("41  fusedem: observations"), stat.out);
        assertTrue(stat.out.contains("-1.5  fusedem: log-likelihood of the last fit"), stat.out);
        assertEquals(1 + FittingCounter.values().length, stat.out.lines().count());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, it starts with other bytes", "4, 2, is of another version", "8, 17, is damaged", "8, -1, is damaged",
        "8, 2147483647, is damaged", "256, -1, is damaged", "256, 2147483647, is damaged", "256, 381, is damaged",
    })
    void refusesAWrongFileInOneSentence(int offset, int value, String problem) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(offset, value);
        Files.write(file, bytes);
        assertRefused(file, problem);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "127", "128", "10367"})
    void refusesAFileThatIsCutOff(int length) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Path part = folder.resolve("part");
        Files.write(part, Arrays.copyOf(bytes, length));
        assertRefused(part, "is ");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertRefused(folder.resolve("missing"), "there is no such file");
        assertRefused(folder, "is a directory");
        assertEquals("stat: needs one argument, the file of counters (see service/stat --help)\n", Stat.of().err);
        assertThrows(IllegalArgumentException.class, () -> CountersFile.create(file, 0));
        assertThrows(IllegalArgumentException.class, () -> CountersFile.create(file, Integer.MAX_VALUE));
    }

    private static void assertRefused(Path wrong, String problem) {
        Stat stat = Stat.of(wrong.toString());
        assertEquals(2, stat.exitCode);
        assertEquals("", stat.out);
        assertEquals(1, stat.err.lines().count(), stat.err);
        assertTrue(stat.err.startsWith("stat: " + wrong) && stat.err.contains(problem), stat.err);
    }

    /** What the command did. */
    private record Stat(int exitCode, String out, String err) {
        static Stat of(String... args) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = ServiceStat.run(new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8), args);
            return new Stat(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }
}
