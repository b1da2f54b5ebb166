package org.fusedem.service.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.agrona.concurrent.status.CountersReader;
import org.fusedem.service.CountersFile;
import org.fusedem.service.FittingCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example as a short soak: counts, and that nothing is lost; no times. */
class ExampleTest {
    private static final int SECONDS = 30;
    private static final int WARM_UP_SECONDS = 3;
    private static final int RATE = 500_000;

    @TempDir
    private Path folder;

    /** What the command did. */
    private record Run(int exitCode, String out, String err) {
        static Run of(String... args) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = Main.run(new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8), args);
            return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void losesNothing() throws JsonParserException, IOException {
        Path file = folder.resolve("counters");
        Run run = Run.of("--seconds", Integer.toString(SECONDS), "--warm-up", Integer.toString(WARM_UP_SECONDS), "--rate", Integer.toString(RATE),
                "--counters", file.toString(), "--json");
        assertEquals("", run.err);
        assertEquals(0, run.exitCode);
        assertEquals(1 + WARM_UP_SECONDS + SECONDS + 1, run.out.lines().count(), run.out);
        JsonObject json = JsonParser.object().from(run.out.lines().toList().getLast());
        assertEquals(Set.of("observations", "lost", "malformed", "fits", "deadlineMisses", "allocatedBytes",
                "fitMicrosP50", "fitMicrosP99", "fitMicrosP999", "scoreNanosP50", "scoreNanosP99"), json.keySet());
        assertEquals(0, json.getLong("lost"));
        assertEquals(0, json.getLong("malformed"));
        long observations = json.getLong("observations");
        long fits = json.getLong("fits");
        assertTrue(observations > 0 && fits > 0, run.out);

        CountersReader counters = CountersFile.open(file).counters();
        assertEquals(CountersReader.RECORD_ALLOCATED,
                counters.getCounterState(FittingCounter.OBSERVATIONS.ordinal()), "shown after the end, too");
        long all = counters.getCounterValue(FittingCounter.OBSERVATIONS.ordinal());
        assertTrue(all >= observations && all < 4L * RATE * SECONDS, "observations=" + all);
        assertTrue(counters.getCounterValue(FittingCounter.FITS.ordinal()) >= fits);
        assertEquals(0, counters.getCounterValue(FittingCounter.DROPPED.ordinal()));
        double logLikelihood =
                Double.longBitsToDouble(counters.getCounterValue(FittingCounter.LAST_LOG_LIKELIHOOD.ordinal()));
        assertTrue(logLikelihood < 0 && Double.isFinite(logLikelihood), "logLikelihood=" + logLikelihood);
    }

    @ParameterizedTest
    @CsvSource({
        "--seconds, '--seconds needs a value'",
        "--seconds 0, '--seconds must be a whole number from 1 to 86400, not 0'",
        "--seconds ten, '--seconds must be a whole number from 1 to 86400, not ten'",
        "--rate 1e6, '--rate must be a whole number from 1000 to 20000000, not 1e6'",
        "--jsn, 'unknown option --jsn'",
        "10, 'unknown option 10'",
    })
    void refusesWrongOptionsInOneSentence(String args, String sentence) {
        Run run = Run.of(args.split(" "));
        assertEquals(2, run.exitCode);
        assertEquals("", run.out);
        assertEquals("example: " + sentence + " (see service/example --help)\n", run.err);
    }

    @Test
    void refusesAFileOfCountersThatCannotBe() {
        Run run = Run.of("--counters", folder.resolve("missing").resolve("counters").toString());
        assertEquals(1, run.exitCode);
        assertEquals("example: " + folder.resolve("missing").resolve("counters") + ": there is no folder "
                + folder.resolve("missing") + "\n", run.err);
    }

    @Test
    void helps() {
        Run run = Run.of("--help");
        assertEquals(0, run.exitCode);
        assertTrue(run.out.contains("Usage: service/example"), run.out);
    }
}
