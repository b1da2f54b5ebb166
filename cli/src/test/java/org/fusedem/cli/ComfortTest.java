package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.fusedem.cli.stream.Output;
import org.fusedem.cli.stream.Streams;
import org.fusedem.cli.stream.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipes, completion, the manual page, units. */
class ComfortTest {
    @TempDir
    private Path folder;

    private static CommandRun withInput(byte[] input, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return CommandRun.of(args);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void readsFromPipes() throws IOException {
        byte[] data = Files.readAllBytes(Path.of("examples", "faithful.csv"));
        Path model = folder.resolve("model.json");
        CommandRun fit = withInput(data, "fit", "-", "-k", "2", "--model", model.toString()).assertFine();
        assertTrue(fit.out().startsWith("standard input: 272 points in 2 columns"), fit.out());
        CommandRun score = withInput(data, "score", model.toString(), "-").assertFine();
        assertEquals(273, score.out().lines().count());
        CommandRun plot = withInput(Files.readAllBytes(model), "plot", "-", "examples/faithful.csv", "-o", "-").assertFine();
        assertTrue(plot.out().startsWith("<svg ") && plot.out().endsWith("</svg>\n"));
        withInput(Files.readAllBytes(model), "fit", "examples/faithful.csv", "--start", "-").assertFine();
        for (String twice : List.of("fit - --start -", "score - -", "plot - - -o -")) {
            withInput(Files.readAllBytes(model), twice.split(" ")).assertRefused(2, "fusedem "
                    + twice.replaceAll(" .*", "") + ": standard input: cannot be both the model and the data");
        }
        withInput("{".getBytes(StandardCharsets.UTF_8), "sample", "-", "-n", "1")
                .assertRefused(2, "fusedem sample: JSON, line 1, column 2: the text ends too early");
        withInput(new byte[0], "fit", "-", "-k", "2").assertRefused(2, "fusedem fit: standard input: the file is empty");
    }

    /** Where somebody watches, one line that goes in the end; elsewhere nothing, as {@link CommandRun#assertFine} says. */
    @Test
    void showsHowFarItIsOnATerminal() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(new Output(OutputStream.nullOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8), true);
        assertEquals(0, Main.run(streams, "fit", "examples/faithful.csv", "-k", "5", "--restarts", "500"));
        String shown = err.toString(StandardCharsets.UTF_8);
        assertTrue(Pattern.compile("\r\u001b\\[Kstart \\d+ of 500, iteration \\d+, mean log-likelihood -\\d\\.\\d{6}; \\d+ s,"
                + " \\S+ iterations per second").matcher(shown).find(), shown);
        assertTrue(shown.endsWith("\r\u001b[K"), shown);
    }

    @Test
    void completesInARealShell() throws IOException, InterruptedException {
        Path script = folder.resolve("completion");
        Files.writeString(script, CommandRun.of("completion").assertFine().out());
        Process bash = new ProcessBuilder("bash", "-c", "source " + script + "; complete -p fusedem;"
                + " COMP_WORDS=(fusedem fit --ch); COMP_CWORD=2; _complete_fusedem; echo \"${COMPREPLY[@]}\";"
                + " COMP_WORDS=(fusedem help sa); COMP_CWORD=2; _complete_fusedem; echo \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true).start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), out);
        assertTrue(out.contains("--checkpoint") && out.endsWith("\nsample\n"), out);
    }

    @Test
    void theManualNamesEveryCommandAndOption() {
        String man = CommandRun.of("man").assertFine().out();
        for (String part : List.of(".SH FUSEDEM FIT", ".SH FUSEDEM PLOT", ".SH FUSEDEM HELP",
                "\\fB\\-\\-checkpoint\\fR \\fIFILE\\fR",
                "\\fB\\-o, \\-\\-out\\fR", "\\fIDATA\\fR", "fusedem plot faithful.json faithful.csv \\-o faithful.png")) {
            assertTrue(man.contains(part), part);
        }
        assertTrue(!man.contains("${"), "variables are filled in");
    }

    @Test
    void everyCommandHelpsWithAnExample() {
        for (String command : Main.COMMANDS.split(", ")) {
            String help = CommandRun.of(command, "--help").assertFine().out();
            assertTrue(command.equals("info") || help.contains("  fusedem " + command), help);
        }
    }

    @Test
    void helpIsWhatTheOptionPrints() {
        for (String command : Main.COMMANDS.split(", ")) {
            assertEquals(CommandRun.of(command, "--help").out(), CommandRun.of("help", command).assertFine().out());
        }
        assertEquals(CommandRun.of("--help").out(), CommandRun.of("help").assertFine().out());
    }

    @Test
    void saysTimesAndSizesAsPeopleDo() {
        assertEquals("0 s", Units.time(0.2));
        assertEquals("59 s", Units.time(59.4));
        assertEquals("1 min 0 s", Units.time(59.6));
        assertEquals("2 h 5 min", Units.time(2 * 3600 + 5 * 60 + 59));
        assertEquals("512 B", Units.size(512));
        assertEquals("1.5 KiB", Units.size(1536));
        assertEquals("23 GiB", Units.size(23L << 30));
    }
}
