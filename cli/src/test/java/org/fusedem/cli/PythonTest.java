package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What docs/python.md prints is run: models of all shapes open in scikit-learn, score the same, and come back. Needs a
 * python3 with scikit-learn (Debian: python3-sklearn), and says so where there is none.
 */
class PythonTest {
    /** Of the values of the logarithms of densities, relative: what the issue promises. */
    private static final double TOLERANCE = 1e-12;

    private static String python;

    @TempDir
    private Path folder;

    @BeforeAll
    static void findPython() throws IOException, InterruptedException {
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(candidate, "-c", "import sklearn.mixture")
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                if (LimitedProcess.exitCode(process) == 0) {
                    python = candidate;
                    return;
                }
            } catch (IOException e) {
                // No such program: the next one.
            }
        }
        String sentence = "SKIPPED: docs/python.md is not tested, for there is no python3 with scikit-learn"
                + " (Debian: apt-get install python3-sklearn)";
        System.err.println(sentence);
        Assumptions.abort(sentence);
    }

    private static double[] numbers(Stream<String> lines) {
        return lines.mapToDouble(Double::parseDouble).toArray();
    }

    private double[] score(String model) {
        String out = CommandRun.of("score", folder.resolve(model).toString(), folder.resolve("faithful.csv").toString())
                .assertFine().out();
        return numbers(out.lines().skip(1).map(line -> line.substring(0, line.indexOf(','))));
    }

    private static void assertClose(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], TOLERANCE * Math.abs(expected[i]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spherical", "diagonal", "tied", "full"})
    void modelsOpenInScikitLearnAndComeBack(String shape) throws IOException, InterruptedException {
        Path data = folder.resolve("faithful.csv");
        Files.copy(Path.of("examples", "faithful.csv"), data);
        CommandRun.of("fit", data.toString(), "-k", "2", "--covariance", shape, "--model",
                folder.resolve("model.npz").toString()).assertFine();

        List<String> snippets = GuidePage.read(Path.of("../docs/python.md")).contents("python");
        assertEquals(6, snippets.getFirst().lines().count(), "six lines, as the page says");
        String script = String.join("", snippets)
                + "assert np.all(log_densities == model.score_samples([[3.6, 79], [1.8, 54]]))\n"
                + "for x in model.score_samples(np.loadtxt('faithful.csv', delimiter=',', skiprows=1)): print(repr(float(x)))\n";
        assertClose(score("model.npz"), numbers(run(script).lines()));

        assertArrayEquals(score("model.npz"), score("back.npz"));
        CommandRun.of("fit", data.toString(), "--start", folder.resolve("back.npz").toString()).assertFine();
        CommandRun.of("fit", folder.resolve("data.npz").toString(), "-k", "1").assertFine();
    }

    private String run(String script) throws IOException, InterruptedException {
        Path file = folder.resolve("script.py");
        Files.writeString(file, script);
        LimitedProcess running = LimitedProcess.start(new ProcessBuilder(python, file.toString()).directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile()));
        assertEquals(0, running.exitCode(), () -> Arrays.toString(err()));
        return running.printed();
    }

    private String[] err() {
        try {
            return Files.readAllLines(folder.resolve("err")).toArray(String[]::new);
        } catch (IOException e) {
            return new String[] {e.toString()};
        }
    }
}
