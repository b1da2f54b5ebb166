package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectCommandTest {
    private static final String FAITHFUL = Path.of("examples", "faithful.csv").toString();
    private static final String DATA = "a,b\n1,2\n3,5\n4,4\n6,8\n";

    @TempDir
    private Path folder;

    private CommandRun run(String command) {
        String[] args = command.split(" ");
        for (int i = 0; i < args.length; i++) {
            args[i] = args[i].replace("DIR", folder.toString()).replace("FAITHFUL", FAITHFUL);
        }
        return CommandRun.of(args);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    @Test
    void marksTheBestInATable() {
        String out = run("select FAITHFUL -k 2..3 --covariance tied,spherical --restarts 2").assertFine().out();
        List<String> lines = out.lines().toList();
        assertEquals(FAITHFUL + ": 272 points in 2 columns; the best of 4 fits by BIC is marked", lines.getFirst());
        assertEquals("   components  covariance  log-likelihood  parameters       BIC       AIC       ICL  iterations"
                + "  seconds", lines.get(2));
        // In the order asked for, and one of them marked.
        String[] starts = {"            2  tied             -1140.187           8  2325.220",
            "            2  spherical        -1709.529 ",
            "*           3  tied             -1126.316          11  2314.296",
            "            3  spherical "};
        for (int i = 0; i < starts.length; i++) {
            assertTrue(lines.get(3 + i).startsWith(starts[i]), out);
        }
        assertTrue(out.contains("\nbest   3 components with tied covariance, found from "), out);
        assertTrue(lines.contains("by     BIC; smaller is better; seed 0"), out);
        assertTrue(lines.stream().noneMatch(line -> line.contains("warning")), out);
    }

    @Test
    void writesTheBestModel() throws IOException {
        Path file = folder.resolve("model.json");
        String out = run("select FAITHFUL -k 1,2 --covariance full --restarts 2 --json --threads 2 --model " + file)
                .assertFine().out();
        GaussianMixture model = ModelFiles.read(file);
        assertEquals(2, model.components());
        assertEquals(Covariance.FULL, model.covariance());
        assertEquals(List.of("eruptions", "waiting"), model.columns());
        assertEquals(
                List.of("model", "points", "totalWeight", "criterion", "best", "folds", "seed", "threads", "seconds",
                        "cells"),
                keys("  ", out));
        assertEquals(List.of("components", "covariance", "seconds", "logLikelihood", "parameters", "bic", "aic", "icl",
                "degenerate", "startedFrom", "iterations", "converged", "events"),
                keys("      ", out.substring(out.indexOf("\"cells\""))).stream().distinct().toList());
        assertTrue(out.contains("\n  \"best\": 2,\n"), out);
    }

    private static List<String> keys(String indent, String document) {
        return Pattern.compile("^" + indent + "\"(\\w+)\": ", Pattern.MULTILINE).matcher(document).results()
                .map(key -> key.group(1)).toList();
    }

    @Test
    void ranksByEveryCriterion() {
        for (String criterion : List.of("bic", "aic", "icl", "cv")) {
            String out = run("select FAITHFUL -k 1..2 --covariance full --restarts 1 --json --criterion " + criterion)
                    .assertFine().out();
            assertTrue(out.contains("\n  \"best\": 2,\n"), out);
            assertTrue(out.contains("\n  \"folds\": " + (criterion.equals("cv") ? 5 : 0) + ",\n"), out);
            assertEquals(criterion.equals("cv"), out.contains("\"heldOutStandardError\": "), out);
        }
    }

    @Test
    void showsWhatIsHeldOutBesideAnotherCriterion() {
        String out = run("select FAITHFUL -k 2 --covariance full --restarts 1 --folds 3").assertFine().out();
        assertTrue(Pattern.compile("^\\*.* -4\\.\\d{4} ± 0\\.\\d{4} ", Pattern.MULTILINE).matcher(out).find(), out);
        assertTrue(out.contains("best of 1 fit by BIC"), out);
    }

    @Test
    void listsWhatFailedAndWhatIsDegenerate() throws IOException {
        write("data.csv", "x,y\n" + "1,2\n".repeat(20) + "3,4\n5,7\n6,1\n8,8\n");
        String table = run("select DIR/data.csv -k 1,2,20 --folds 3 --covariance full").assertFine().out();
        assertTrue(table.lines().anyMatch(line -> line.startsWith("* ") && line.contains(" 1  full ")), table);
        assertTrue(table.lines().anyMatch(line -> line.contains(" 2  full ") && line.endsWith("  degenerate")), table);
        assertTrue(table.contains("\n           20  full        failed: without fold 1 of 3: there must be at least as many"
                + " points as components: points=16, components=20\n"), table);
        String document = run("select DIR/data.csv -k 1,2,20 --folds 3 --covariance full --json").assertFine().out();
        assertTrue(document.contains("\"failedBecause\": \"without fold 1 of 3: there must be at least"), document);
        assertTrue(document.contains("\"degenerate\": true"), document);
        assertTrue(document.contains("\"kind\": \"variance-floored\""), document);
    }

    @Test
    void helpsWithExamples() {
        String help = run("select --help").assertFine().out();
        assertTrue(help.contains("  fusedem select iris.csv -k 1..9"), help);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "select                               | missing required options and parameters: '-k K', 'DATA'",
        "select DIR/data.csv                  | missing required option: '-k K'",
        "select DIR/data.csv -k 0..2          | -k: '0..2' must go upward, from 1 or more",
        "select DIR/data.csv -k 3..2          | -k: '3..2' must go upward, from 1 or more",
        "select DIR/data.csv -k 1-3           | -k: '1-3' is not like 3 or 1..9 or 1..4,8",
        "select DIR/data.csv -k 1,,3          | -k: '1,,3' is not like 3 or 1..9 or 1..4,8",
        "select DIR/data.csv -k 1..3,2        | -k: 2 is there twice in '1..3,2'",
        "select DIR/data.csv -k 1..999999999  | -k: '1..999999999' is more than 1000 numbers",
        "select DIR/data.csv -k 1..9999999999 | -k: '1..9999999999' is too large",
        "select DIR/data.csv -k 1 --covariance any       | --covariance: 'any' is not one of spherical, diagonal, tied, full",
        "select DIR/data.csv -k 1 --covariance full,full | --covariance: full is there twice in 'full,full'",
        "select DIR/data.csv -k 1 --criterion BIC        | --criterion: 'BIC' is not one of bic, aic, icl, cv",
        "select DIR/data.csv -k 1 --folds 1              | --folds: '1' is not a whole number of 2 or more",
        "select DIR/data.csv -k 1 --start random         | there is no option '--start'",
    })
    void namesTheWrongOption(String command, String problem) throws IOException {
        write("data.csv", DATA);
        run(command).assertRefused(2, "fusedem select: " + problem + " (see fusedem select --help)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "select DIR/data.csv -k 1..5                  | DIR/data.csv: has 4 rows, too few for 5 components (-k)",
        "select DIR/data.csv -k 1 --folds 5           | DIR/data.csv: has 4 rows, too few for 5 folds (--folds)",
        "select DIR/data.csv -k 1 --criterion cv      | DIR/data.csv: has 4 rows, too few for 5 folds (--folds)",
        "select DIR/missing.csv -k 1                  | DIR/missing.csv: there is no such file",
        "select DIR/data.csv -k 1 --columns c         | --columns: DIR/data.csv has no column 'c', it has 'a', 'b'",
        "select DIR/data.csv -k 1 --model DIR/data.csv| --model: DIR/data.csv is the data, which it would overwrite",
    })
    void namesTheWrongFileOrSize(String command, String problem) throws IOException {
        write("data.csv", DATA);
        run(command).assertRefused(2, "fusedem select: " + problem.replace("DIR", folder.toString()));
        assertEquals(DATA, Files.readString(folder.resolve("data.csv")));
    }

    @Test
    void saysWhyAllFailed() throws IOException {
        write("data.csv", "a,w\n1,0\n2,0\n");
        CommandRun failed = run("select DIR/data.csv -k 1..2 --weights w");
        assertEquals(1, failed.exitCode());
        assertEquals(1, failed.err().lines().count());
        assertTrue(failed.err().startsWith("fusedem select: " + folder.resolve("data.csv")
                + ": no fit succeeded, the first, 1 spherical, for this reason: "), failed.err());
    }

    @Test
    void takesMissingValues() throws IOException {
        StringBuilder rows = new StringBuilder("a,b\n");
        for (int n = 0; n < 40; n++) {
            int cluster = 20 * (n % 2);
            rows.append(n % 5 == 0 ? "NA" : cluster + n % 7).append(',').append(n % 5 == 1 ? "" : cluster + n % 3)
                    .append('\n');
        }
        write("data.csv", rows.toString());
        String out = run("select DIR/data.csv -k 1..2 --covariance tied --criterion cv --missing").assertFine().out();
        assertTrue(out.startsWith(folder.resolve("data.csv") + ": 40 points in 2 columns (16 values missing); the best"),
                out);
        assertTrue(out.contains("\nbest   2 components with tied covariance"), out);
        CommandRun refused = run("select DIR/data.csv -k 1..2 --header");
        assertTrue(refused.err().contains("--missing would take it for a missing value"), refused.err());
    }
}
