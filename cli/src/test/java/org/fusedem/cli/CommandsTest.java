package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, on the data that ship with the project. */
class CommandsTest {
    private static final String FAITHFUL = Path.of("examples", "faithful.csv").toString();

    @TempDir
    private Path folder;

    private GaussianMixture fitted(String... options) throws IOException {
        Path file = folder.resolve("model.json");
        String[] args = new String[options.length + 4];
        System.arraycopy(new String[] {"fit", FAITHFUL, "--model", file.toString()}, 0, args, 0, 4);
        System.arraycopy(options, 0, args, 4, options.length);
        CommandRun.of(args).assertFine();
        return ModelFiles.read(file);
    }

    @Test
    void printsATable() {
        String out = CommandRun.of("fit", FAITHFUL, "-k", "2").assertFine().out();
        assertTrue(out.startsWith(FAITHFUL + ": 272 points in 2 columns, 2 components with full covariance"), out);
        for (String start : List.of("component ", "weight ", "eruptions ", "waiting ", "correlation of eruptions, waiting ",
                "log-likelihood  -1130.26", "BIC, AIC ", "iteration", "starts          30, ", "time ")) {
            assertTrue(out.lines().anyMatch(line -> line.startsWith(start)), start + "\n" + out);
        }
        assertTrue(!out.contains("warning"), out);
    }

    @Test
    void printsOneDocument() throws IOException {
        String out = CommandRun.of("fit", FAITHFUL, "-k", "2", "--json", "--tolerance", "0", "--max-iterations", "7",
                "--model", folder.resolve("model.json").toString()).assertFine().out();
        assertEquals(
                List.of("model", "points", "missing", "totalWeight", "logLikelihood", "meanLogLikelihood", "bic", "aic", "trace",
                        "iterations", "converged", "stoppedBecause", "seed", "restartLogLikelihoods", "bestRestart",
                        "secondsStart", "secondsIterations", "iterationSeconds", "kernel", "vectorBits", "threads",
                        "events"),
                Pattern.compile("^  \"(\\w+)\": ", Pattern.MULTILINE).matcher(out).results()
                        .map((MatchResult key) -> key.group(1)).toList());
        assertTrue(out.contains("\n  \"iterations\": 7,\n"), out);
        assertEquals(8, numbers(out, "trace"));
        assertEquals(7, numbers(out, "iterationSeconds"));
        String model = out.substring(out.indexOf("{", 1), out.indexOf("\n  }") + "\n  }".length());
        assertArrayEquals(ModelFiles.read(folder.resolve("model.json")).means(), ModelFiles.fromJson(model).means());
    }

    private static int numbers(String document, String key) {
        int start = document.indexOf("\"" + key + "\": [");
        return document.substring(start, document.indexOf(']', start)).split(",").length;
    }

    @Test
    void holdsVariancesAboveAFloorAndKnowsAPrior() throws IOException {
        for (int k = 0; k < 2; k++) {
            assertEquals(4, fitted("-k", "2", "--covariance", "diagonal", "--variance-floor", "4").covariance(k)[0][0]);
        }
        double[] none = fitted("-k", "2", "--prior", "none").covariances();
        assertArrayEquals(fitted("-k", "2").covariances(), none);
        String out = CommandRun.of("fit", FAITHFUL, "-k", "2", "--prior", "flat").err();
        assertTrue(out.contains("'flat' is not one of none, conjugate"), out);
    }

    @Test
    void isTheSameForTheSameSeedAndAnyThreads() throws IOException {
        GaussianMixture one = fitted("-k", "3", "--seed", "5");
        GaussianMixture two = fitted("-k", "3", "--seed", "5", "--threads", "2");
        assertArrayEquals(one.means(), two.means());
    }

    @Test
    void goesOnFromAModel() throws IOException {
        GaussianMixture model = fitted("-k", "2", "--columns", "waiting,eruptions", "--covariance", "diagonal");
        Path file = folder.resolve("start.json");
        ModelFiles.write(model, file);
        GaussianMixture same = fitted("--start", file.toString(), "--max-iterations", "0", "--tolerance", "0");
        assertEquals(List.of("waiting", "eruptions"), same.columns());
        assertArrayEquals(model.covariances(), same.covariances());
    }

    @Test
    void acceptsEveryStartAndShape() throws IOException {
        for (String start : List.of("kmeans++", "random", "random-points")) {
            for (String shape : List.of("spherical", "diagonal", "tied", "full")) {
                assertEquals(shape, fitted("-k", "2", "--start", start, "--covariance", shape, "--restarts", "2",
                        "--float32", "--regularization", "1e-4", "--weights", "eruptions").covariance().label());
            }
        }
    }

    /** Old Faithful with one component too many, where plain EM is slow: the same optimum, in fewer iterations. */
    @Test
    void acceleratesAndSaysWhyItStopped() {
        String[] common = {"fit", FAITHFUL, "-k", "3", "--restarts", "1", "--json", "--tolerance", "1e-11",
            "--max-iterations", "9999", "--convergence"};
        String plain = runWith(common, "aitken");
        String fast = runWith(common, "aitken", "--acceleration", "squarem");
        assertEquals(number(plain, "meanLogLikelihood"), number(fast, "meanLogLikelihood"), 1e-9);
        assertTrue(number(fast, "iterations") < number(plain, "iterations"), fast + plain);
        assertTrue(fast.contains("Aitken"), fast);
        assertTrue(runWith(common, "parameters").contains("the change of the parameters"));
    }

    private static String runWith(String[] common, String... more) {
        String[] args = Arrays.copyOf(common, common.length + more.length);
        System.arraycopy(more, 0, args, common.length, more.length);
        return CommandRun.of(args).assertFine().out();
    }

    private static double number(String document, String key) {
        int start = document.indexOf("\"" + key + "\": ") + key.length() + 4;
        return Double.parseDouble(document.substring(start, document.indexOf(',', start)));
    }

    @Test
    void warnsWhenAComponentCollapses() throws IOException {
        Path data = folder.resolve("data.csv");
        Files.writeString(data, "x,y\n" + "1,2\n".repeat(20) + "3,4\n5,7\n6,1\n8,8\n");
        String table = CommandRun.of("fit", data.toString(), "-k", "2").assertFine().out();
        assertTrue(table.lines().anyMatch(line -> line.startsWith("warning: component ")), table);
        String document = CommandRun.of("fit", data.toString(), "-k", "2", "--json").assertFine().out();
        assertTrue(document.contains("\"kind\": \"variance-floored\""), document);
        String prior = CommandRun.of("fit", data.toString(), "-k", "2", "--prior", "conjugate").assertFine().out();
        assertTrue(!prior.contains("warning"), prior);
    }

    @Test
    void fitsAndScoresRowsWithMissingValues() throws IOException {
        Path data = folder.resolve("data.csv");
        List<String> rows = Files.readAllLines(Path.of(FAITHFUL));
        for (int n = 1; n < rows.size(); n += 3) {
            String[] cells = rows.get(n).split(",");
            rows.set(n, n % 2 == 0 ? cells[0] + ",NA" : "," + cells[1]);
        }
        Files.write(data, rows);
        Path file = folder.resolve("model.json");
        String table = CommandRun.of("fit", data.toString(), "-k", "2", "--missing", "--model", file.toString())
                .assertFine().out();
        assertTrue(table.startsWith(data + ": 272 points in 2 columns (91 values missing), 2 components"), table);
        String document = CommandRun.of("fit", data.toString(), "-k", "2", "--missing", "--json").assertFine().out();
        assertTrue(document.contains("\n  \"missing\": 91,\n"), document);
        GaussianMixture model = ModelFiles.read(file);
        Files.writeString(data, "eruptions,waiting\n2,\n?,80\n,\n");
        List<String> lines = CommandRun.of("score", file.toString(), data.toString(), "--missing").assertFine().out()
                .lines().toList();
        double[] responsibilities = model.withMissingValues().responsibilities(Double.NaN, 80);
        assertEquals(model.withMissingValues().logDensity(Double.NaN, 80) + ","
                + (responsibilities[0] > 0.5 ? 1 : 2) + "," + responsibilities[0] + "," + responsibilities[1],
                lines.get(2));
        assertEquals(4, lines.size());
        assertTrue(CommandRun.of("score", file.toString(), data.toString()).err()
                .contains("data.csv, line 2, column 'waiting' is empty; --missing would take it for a missing value"));
    }

    @Test
    void scoresEveryRow() throws IOException {
        GaussianMixture model = fitted("-k", "2");
        Path data = folder.resolve("data.csv");
        Files.writeString(data, "other;waiting;eruptions\nx;80;4\n\ny;50;2\n");
        List<String> lines = CommandRun.of("score", folder.resolve("model.json").toString(), data.toString())
                .assertFine().out().lines().toList();
        assertEquals("log_density,component,r1,r2", lines.getFirst());
        assertEquals(3, lines.size());
        double[] responsibilities = model.responsibilities(2, 50);
        assertEquals(model.logDensity(2, 50) + "," + (1 + model.predict(2, 50)) + "," + responsibilities[0] + ","
                + responsibilities[1], lines.getLast());
    }

    @Test
    void scoresByPositionWithAWarningWhenTheNamesDiffer() throws IOException {
        fitted("-k", "2");
        Path data = folder.resolve("data.csv");
        Files.writeString(data, "a,b\n4,80\n");
        CommandRun run = CommandRun.of("score", folder.resolve("model.json").toString(), data.toString());
        assertEquals(0, run.exitCode());
        assertEquals("fusedem score: warning: " + data
                + " has 'a', 'b', taken in this order for 'eruptions', 'waiting'\n", run.err());
        Files.writeString(data, "a,b,c\n4,80,1\n");
        CommandRun.of("score", folder.resolve("model.json").toString(), data.toString())
                .assertRefused(2, "fusedem score: " + data + ": the model has 2 columns ('eruptions', 'waiting'), and the"
                        + " file 3 ('a', 'b', 'c'): choose them with --columns");
    }

    @Test
    void samplesWhatTheLibrarySamples() throws IOException {
        GaussianMixture model = fitted("-k", "2").withColumns(List.of("a,b", "c"));
        Path file = folder.resolve("named.json");
        ModelFiles.write(model, file);
        List<String> lines = CommandRun.of("sample", file.toString(), "-n", "3", "--seed", "-4").assertFine().out().lines()
                .toList();
        assertEquals("\"a,b\",c", lines.getFirst());
        assertEquals(4, lines.size());
        try (Points points = model.sample(3, -4)) {
            assertEquals(points.get(2, 0) + "," + points.get(2, 1), lines.getLast());
        }
    }

    @Test
    void tellsAboutItself() {
        String info = CommandRun.of("info").assertFine().out();
        for (String line : List.of("fusedem ", "JDK ", "kernel ", "vector width ")) {
            assertTrue(info.contains(line), info);
        }
        assertTrue(CommandRun.of("--version").assertFine().out().startsWith("fusedem "));
    }

    @Test
    void helpsWithExamples() {
        for (String command : List.of("fit", "score", "sample")) {
            String help = CommandRun.of(command, "--help").assertFine().out();
            assertTrue(help.contains("Example") && help.contains("  fusedem " + command + " "), help);
        }
    }
}
