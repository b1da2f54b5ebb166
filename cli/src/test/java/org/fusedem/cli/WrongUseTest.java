package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every option wrong once: exit code 2, and one line that says which and why. */
class WrongUseTest {
    private static final String DATA = "a,b\n1,2\n3,5\n4,4\n6,8\n";

    @TempDir
    private Path folder;

    private CommandRun run(String command) {
        String[] args = command.split(" ");
        for (int i = 0; i < args.length; i++) {
            args[i] = args[i].replace("DIR", folder.toString());
        }
        return CommandRun.of(args);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fit                                | missing required parameter: 'DATA'",
        "fit DIR/data.csv                   | -k is missing: how many components?",
        "fit DIR/data.csv x -k 1            | 'x' is one argument too many",
        "fit DIR/data.csv --jsn -k 1        | there is no option '--jsn', perhaps --json",
        "fit DIR/data.csv --covarience full | there is no option '--covarience', perhaps --covariance",
        "fit DIR/data.csv --josn -k 1       | there is no option '--josn', perhaps --json",
        "fit DIR/data.csv --max-iter=5 -k 1 | there is no option '--max-iter=5', perhaps --max-iterations",
        "fit DIR/data.csv -K 1              | there is no option '-K', perhaps -k",
        "fit DIR/data.csv -x 1              | there is no option '-x'",
        "fit DIR/data.csv -k                | missing required parameter for option '-k' (K)",
        "fit DIR/data.csv -k 0              | -k: '0' is not a whole number of 1 or more",
        "fit DIR/data.csv -k two            | -k: 'two' is not a whole number of 1 or more",
        "fit DIR/data.csv -k 99999999999    | -k: '99999999999' is too large",
        "fit DIR/data.csv -k 1 -k 2         | option '-k' (K) should be specified only once",
        "fit DIR/data.csv -k 1 --covariance Full      | --covariance: 'Full' is not one of spherical, diagonal, tied, full",
        "fit DIR/data.csv -k 1 --start best           | --start: 'best' is neither kmeans++, random or random-points, nor a model file",
        "fit DIR/data.csv -k 1 --restarts 0           | --restarts: '0' is not a whole number of 1 or more",
        "fit DIR/data.csv -k 1 --seed x               | --seed: 'x' is not a whole number",
        "fit DIR/data.csv -k 1 --max-iterations -1    | --max-iterations: '-1' is not a whole number of 0 or more",
        "fit DIR/data.csv -k 1 --tolerance -1e-3      | --tolerance: '-1e-3' is not a number of 0 or more",
        "fit DIR/data.csv -k 1 --tolerance NaN        | --tolerance: 'NaN' is not a number of 0 or more",
        "fit DIR/data.csv -k 1 --convergence slope    | --convergence: 'slope' is not one of gain, aitken, parameters",
        "fit DIR/data.csv -k 1 --acceleration SQUAREM | --acceleration: 'SQUAREM' is not one of none, squarem",
        "fit DIR/data.csv -k 1 --regularization 1.5   | --regularization: '1.5' is not a number from 0 to 1",
        "fit DIR/data.csv -k 1 --threads 0            | --threads: '0' is not a whole number of 1 or more",
        "fit DIR/data.csv -k 1 --header --no-header   | --header, --no-header are mutually exclusive (specify only one)",
    })
    void namesTheWrongOption(String command, String problem) throws IOException {
        write("data.csv", DATA);
        run(command).assertRefused(2, "fusedem fit: " + problem + " (see fusedem fit --help)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fit DIR/data.csv -k 5               | DIR/data.csv: has 4 rows, too few for 5 components (-k)",
        "fit DIR/missing.csv -k 1            | DIR/missing.csv: there is no such file",
        "fit DIR -k 1                        | DIR: is a directory, not a file of data",
        "fit DIR/data.csv -k 1 --columns c   | --columns: DIR/data.csv has no column 'c', it has 'a', 'b'",
        "fit DIR/data.csv -k 1 --weights c   | --weights: DIR/data.csv has no column 'c', it has 'a', 'b'",
        "fit DIR/data.csv -k 1 --weights 1-2 | --weights: one column is needed, not 2",
        "fit DIR/data.csv -k 1 --weights b --columns 1-2    | --weights: column 'b' is also in --columns",
        "fit DIR/data.csv -k 1 --model DIR                  | --model: DIR: is a directory",
        "fit DIR/data.csv -k 1 --model DIR/data.csv         | --model: DIR/data.csv is the data, which it would overwrite",
        "fit DIR/data.csv -k 1 --model -                    | --model: -: is no file, and one is needed",
        "fit DIR/data.csv -k 1 --report -                   | --report: -: is no file, and one is needed",
        "fit DIR/data.csv -k 1 --checkpoint -               | --checkpoint: -: is no file, and one is needed",
        "fit DIR/data.csv -k 1 --model DIR/x --report DIR/x | --report: DIR/x is the file of --model already",
        "fit DIR/data.csv -k 1 --model DIR/x --checkpoint DIR/./x  | --checkpoint: DIR/./x is the file of --model already",
        "fit DIR/data.csv -k 1 --report DIR/x --checkpoint DIR/x   | --checkpoint: DIR/x is the file of --report already",
        "fit DIR/data.csv -k 1 --model DIR/none/model.json  | --model: DIR/none/model.json: there is no folder DIR/none",
    })
    void namesTheWrongFileOrColumn(String command, String problem) throws IOException {
        write("data.csv", DATA);
        run(command).assertRefused(2, "fusedem fit: " + problem.replace("DIR", folder.toString()));
        assertEquals(DATA, Files.readString(folder.resolve("data.csv")));
    }

    @Test
    void namesWhatIsThereTwice() throws IOException {
        write("data.csv", DATA);
        run("select DIR/data.csv -k 1 --model DIR/x --report DIR/x").assertRefused(2,
                "fusedem select: --report: " + folder.resolve("x") + " is the file of --model already");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("x"));
        for (String there : new String[] {null, "old"}) {
            if (there != null) {
                write("x", there);
            }
            run("fit DIR/data.csv -k 1 --model DIR/x --report DIR/link").assertRefused(2,
                    "fusedem fit: --report: " + link + " is the file of --model already");
        }
        assertEquals("old", Files.readString(folder.resolve("x")));
    }

    @Test
    void namesWhatDoesNotFitTheModelToStartFrom() throws IOException {
        write("data.csv", DATA);
        write("three.csv", "a,b,c\n1,2,3\n4,5,7\n");
        run("fit DIR/data.csv -k 1 --columns a --model DIR/model.json").assertFine();
        String help = " (see fusedem fit --help)";
        run("fit DIR/data.csv -k 2 --start DIR/model.json")
                .assertRefused(2, "fusedem fit: -k 2: the model of --start has 1" + help);
        run("fit DIR/data.csv --restarts 50 --start DIR/model.json")
                .assertRefused(2, "fusedem fit: --restarts 50: the model of --start is the only start" + help);
        run("fit DIR/data.csv --restarts 1 --start DIR/model.json").assertFine();
        run("fit DIR/data.csv --covariance tied --start DIR/model.json")
                .assertRefused(2, "fusedem fit: --covariance tied: the model of --start is full" + help);
        run("fit DIR/three.csv --columns b,c --start DIR/model.json")
                .assertRefused(2, "fusedem fit: " + folder.resolve("three.csv") + ": the model has 1 columns ('a'), and the"
                        + " file 2 ('b', 'c'): choose them with --columns");
        run("fit DIR/data.csv --start DIR/data.csv").assertRefused(2, "fusedem fit: --start: "
                + folder.resolve("data.csv") + ", line 1, column 1: not JSON: a value must start here" + help);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                 | fusedem: a command is missing, one of fit, select, score, plot, sample, convert, info, completion, man, help (see fusedem --help)",
        "fti                | fusedem: 'fti' is no command, which are fit, select, score, plot, sample, convert, info, completion, man, help (see fusedem --help)",
        "help fti           | fusedem help: 'fti' is no command, which are fit, select, score, plot, sample, convert, info, completion, man, help (see fusedem help --help)",
        "--what             | fusedem: there is no option '--what' (see fusedem --help)",
        "info x             | fusedem info: 'x' is one argument too many (see fusedem info --help)",
        "score m.json       | fusedem score: missing required parameter: 'DATA' (see fusedem score --help)",
        "sample m.json      | fusedem sample: missing required option: '-n N' (see fusedem sample --help)",
        "sample m.json -n -1| fusedem sample: -n: '-1' is not a whole number of 0 or more (see fusedem sample --help)",
        "sample no.json -n 1| fusedem sample: no.json: there is no such file",
        "score no.json a.csv| fusedem score: no.json: there is no such file",
    })
    void namesWhatIsMissing(String command, String line) {
        CommandRun.of(command.isEmpty() ? new String[0] : command.split(" ")).assertRefused(2, line);
    }

    @Test
    void namesAnEmptyName() {
        CommandRun.of("fit", "", "-k", "2")
                .assertRefused(2, "fusedem fit: DATA: the name is empty (see fusedem fit --help)");
        CommandRun.of("fit", "a.csv", "-k", "2", "--report", "")
                .assertRefused(2, "fusedem fit: --report: the name is empty (see fusedem fit --help)");
    }

    @Test
    void saysWhyAFitFailed() throws IOException {
        write("data.csv", "a,w\n1,0\n2,0\n");
        CommandRun failed = run("fit DIR/data.csv -k 1 --weights w");
        assertEquals(1, failed.exitCode());
        assertEquals(1, failed.err().lines().count());
        assertTrue(failed.err().startsWith("fusedem fit: " + folder.resolve("data.csv") + ": "), failed.err());
    }

    @Test
    void showsTheStackTraceOnRequest() throws IOException {
        CommandRun debugged = run("fit DIR/missing.csv -k 1 --debug");
        assertEquals(2, debugged.exitCode());
        assertTrue(debugged.err().contains("\tat org.fusedem.cli"), debugged.err());
    }
}
