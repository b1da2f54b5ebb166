package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code fusedem score} prints on request. */
class ScoreCommandTest {
    /** Squared distances are those from (0, 0), and a quarter of those from (8, 0). */
    private static final GaussianMixture MODEL = GaussianMixture.of(Covariance.SPHERICAL, 2, new double[] {0.75, 0.25},
            new double[] {0, 0, 8, 0}, new double[] {1, 4}).withColumns(List.of("a", "b"));

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        ModelFiles.write(MODEL, folder.resolve("model.json"));
        Files.writeString(folder.resolve("data.csv"), "a,b\n0,2\n8,-6\n20,30\n");
    }

    private CommandRun score(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "score";
        args[1] = folder.resolve("model.json").toString();
        args[2] = folder.resolve("data.csv").toString();
        System.arraycopy(options, 0, args, 3, options.length);
        return CommandRun.of(args);
    }

    @Test
    void printsDistancesAndDensities() {
        List<String> lines = score("--mahalanobis", "--component-densities").assertFine().out().lines().toList();
        assertEquals("log_density,component,r1,r2,d1,d2,log_density_1,log_density_2", lines.getFirst());
        double[] logDensities = MODEL.componentLogDensities(0, 2);
        assertTrue(lines.get(1).endsWith(",4.0,17.0," + logDensities[0] + "," + logDensities[1]), lines.get(1));
        assertTrue(score("--mahalanobis").assertFine().out().lines().toList().get(2).endsWith(",100.0,9.0"));
    }

    @Test
    void flagsAnomalies() {
        CommandRun run = score("--threshold-quantile", "0.001");
        assertEquals(0, run.exitCode());
        assertEquals("log_density,component,r1,r2,anomaly", run.out().lines().toList().getFirst());
        double threshold = MODEL.logDensityQuantile(0.001, 200_000, 0).value();
        String sentence = "fusedem score: anomalies have a log-density below " + threshold + " (95 percent";
        assertTrue(run.err().startsWith(sentence), run.err());
        // The density of the second row is that of 3 deviations in the second component, sqrt(9 + log(144)) in the
        // first: so exp(-9/2) / 4 + 3 exp(-9/2) / 12 / 4, or 0.0035, of the model's points are less likely.
        assertEquals(List.of("0", "0", "1"), flags(run));
        assertEquals(List.of("0", "1", "1"), flags(score("--threshold-quantile", "0.01")));
    }

    private static List<String> flags(CommandRun run) {
        return run.out().lines().skip(1).map(line -> line.substring(line.lastIndexOf(',') + 1)).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0   | fusedem score: --threshold-quantile: '0' is not a number between 0 and 1 (see fusedem score --help)
        1   | fusedem score: --threshold-quantile: '1' is not a number between 0 and 1 (see fusedem score --help)
        1.5 | fusedem score: --threshold-quantile: '1.5' is not a number between 0 and 1 (see fusedem score --help)
        x   | fusedem score: --threshold-quantile: 'x' is not a number between 0 and 1 (see fusedem score --help)
        """)
    void refusesWhatIsNoShare(String quantile, String error) {
        score("--threshold-quantile", quantile).assertRefused(2, error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--mahalanobis", "--component-densities", "--threshold-quantile=0.1"})
    void whatNeedsWholeRowsDoesNotGoWithMissing(String option) {
        CommandRun run = score(option, "--missing");
        assertEquals(2, run.exitCode());
        String name = option.split("=")[0];
        assertTrue(run.err().contains(name + ": needs whole rows, so it does not go with --missing"), run.err());
    }
}
