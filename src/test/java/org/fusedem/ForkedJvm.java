package org.fusedem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedem.points.Points;

/** A JVM of its own, for tests whose subject is the JVM: flags, compilation, allocation, a first call. */
public final class ForkedJvm {
    private ForkedJvm() {}

    /**
     * Runs a main class of the tests on the class path, with the vector module, and returns what it printed.
     *
     * @param flags further flags of the JVM
     */
    public static List<String> run(Class<?> main, String... flags) throws IOException, InterruptedException {
        Process process = start(main, List.of(flags), List.of());
        List<String> output = process.inputReader().lines().toList();
        assertEquals(0, process.waitFor(), () -> String.join("\n", output));
        return output;
    }

    /** Starts such a process, whose errors go where its output goes. */
    public static Process start(Class<?> main, String... arguments) throws IOException {
        return start(main, List.of(), List.of(arguments));
    }

    private static Process start(Class<?> main, List<String> flags, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(flags);
        command.addAll(List.of("-cp", location(main) + File.pathSeparator + location(Points.class), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Where these tests, and the library, were loaded from: under Maven not all of it is on the class path. */
    private static String location(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
    }
}
