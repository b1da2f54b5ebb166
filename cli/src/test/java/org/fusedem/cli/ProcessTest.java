package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, on the module path, without a JVM flag. */
class ProcessTest {
    private static final String FAITHFUL = Path.of("examples", "faithful.csv").toString();
    /** The JVM's own, before any code of ours runs; the launcher keeps it away from users. */
    private static final String INCUBATOR_LINE = "WARNING: Using incubator modules: jdk.incubator.vector";

    @TempDir
    private Path folder;

    private ProcessBuilder command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p", System.getProperty("jdk.module.path"), "-m", "org.fusedem.cli/org.fusedem.cli.Main"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
    }

    private CommandRun run(String... args) throws IOException, InterruptedException {
        LimitedProcess running = LimitedProcess.start(command(args));
        return new CommandRun(running.exitCode(), running.printed(), errors());
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err")).lines()
                .filter(line -> !line.equals(INCUBATOR_LINE))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void fits() throws IOException, InterruptedException {
        CommandRun run = run("fit", FAITHFUL, "-k", "2").assertFine();
        assertTrue(run.out().contains("4.290 ± 0.412"), run.out());
    }

    @Test
    void refusesInOneLine() throws IOException, InterruptedException {
        run("fit", "missing.csv", "-k", "2").assertRefused(2, "fusedem fit: missing.csv: there is no such file");
        run("fit", FAITHFUL).assertRefused(2, "fusedem fit: -k is missing: how many components? (see fusedem fit --help)");
    }

    @Test
    void readsWhateverCanBeOpened() throws IOException, InterruptedException {
        LimitedProcess running = LimitedProcess.start(command("fit", "/dev/stdin", "-k", "1", "--json"));
        try (var in = running.process().outputWriter(StandardCharsets.UTF_8)) {
            in.write("größe\n1\n2\n4\n");
        }
        int exitCode = running.exitCode();
        String out = running.printed();
        assertEquals("", errors());
        assertEquals(0, exitCode);
        assertTrue(out.contains("\"columns\": [\"größe\"]"), out);
    }

    @Test
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsQuietlyWhenNobodyReadsOn() throws IOException, InterruptedException {
        Path model = folder.resolve("model.json");
        run("fit", FAITHFUL, "-k", "2", "--model", model.toString()).assertFine();
        ProcessBuilder sample = command("sample", model.toString(), "-n", "100000");
        // The system's words for it are then others, where it has them.
        sample.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "LANGUAGE", "de"));
        Process process = sample.start();
        try (BufferedReader out = process.inputReader()) {
            assertEquals("eruptions,waiting", out.readLine());
        }
        assertEquals(0, LimitedProcess.exitCode(process));
        assertEquals("", errors());
    }

    /** By the launcher, as in a container or by cron. */
    @Test
    void readsAllNamesWhateverTheLocale() throws IOException, InterruptedException {
        // This process itself may be unable to say größe.
        String script = "word=$(printf 'gr\\303\\266\\303\\237e'); printf '%s,b\\n1,x\\n2,x\\n4,x\\n' $word > $word.csv;"
                + " . \"$LAUNCH\"; become org.fusedem.cli -p \"$MODULES\" -m org.fusedem.cli/org.fusedem.cli.Main"
                + " fit $word.csv --columns $word -k 1";
        for (String locale : List.of("C", "xx_XX.UTF-8", "")) {
            ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", script)
                    .directory(folder.toFile()).redirectErrorStream(true);
            shell.environment().keySet().removeIf(name -> name.startsWith("LC_"));
            shell.environment().putAll(Map.of("LANG", locale, "jdk", System.getProperty("java.home"),
                    "MODULES", System.getProperty("jdk.module.path"),
                    "LAUNCH", Path.of("..", ".mvn", "launch.sh").toAbsolutePath().toString()));
            LimitedProcess running = LimitedProcess.start(shell);
            assertEquals(0, running.exitCode(), locale);
            assertTrue(running.printed().startsWith("größe.csv: 3 points in 1 column,"), running.printed());
        }
    }
}
