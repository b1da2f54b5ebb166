package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.zip.GZIPOutputStream;
import org.fusedem.points.Points;

/**
 * A folder in which examples of the documentation run as their readers would run them, by a shell that finds the command
 * {@code fusedem} and a JDK 25. It has the example data, the library as {@code fusedem.jar}, and {@code cli/} as a
 * checkout has it.
 */
final class GuideFolder {
    private final Path folder;

    GuideFolder(Path folder) throws IOException {
        this.folder = folder;
        Path cli = Files.createDirectory(folder.resolve("cli"));
        Path examples = Files.createDirectory(cli.resolve("examples"));
        for (String name : new String[] {"faithful.csv", "iris.csv"}) {
            Files.copy(Path.of("examples", name), examples.resolve(name));
            Files.copy(Path.of("examples", name), folder.resolve(name));
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("points.csv.gz")))) {
            Files.copy(Path.of("examples", "faithful.csv"), out);
        }
        Path command = Files.writeString(cli.resolve("fusedem"), "#!/bin/sh\nexec '" + jdk().resolve("java") + "' -p '"
                + System.getProperty("jdk.module.path") + "' -m org.fusedem.cli/org.fusedem.cli.Main \"$@\"\n");
        assertTrue(command.toFile().setExecutable(true));
        Path library = Path.of(URI.create(Points.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        Path jar = folder.resolve("fusedem.jar");
        if (Files.isDirectory(library)) {
            ToolProvider.findFirst("jar").orElseThrow()
                    .run(System.out, System.err, "-c", "-f", jar.toString(), "-C", library.toString(), ".");
        } else {
            Files.copy(library, jar);
        }
    }

    private static Path jdk() {
        return Path.of(System.getProperty("java.home"), "bin");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Runs the commands, and returns what they print. A command that fails, or that fusedem warns of, is an error. */
    String shell(String commands) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", commands).directory(folder.toFile())
                .redirectError(errors.toFile());
        Map<String, String> environment = shell.environment();
        environment.put("PATH", jdk() + File.pathSeparator + folder.resolve("cli") + File.pathSeparator
                + environment.get("PATH"));
        LimitedProcess running = LimitedProcess.start(shell);
        running.process().getOutputStream().close();
        int exitCode = running.exitCode();
        String output = running.printed();
        String said = Files.readString(errors);
        assertEquals(0, exitCode, () -> commands + "\n" + output + said);
        assertTrue(said.lines().noneMatch(line -> line.matches("fusedem \\w+: warning: .*")), said);
        return output;
    }

    /** Keeps a Java source file, named in its first line ({@code // Service.java}) or else Example.java. */
    String save(String source) throws IOException {
        String first = source.lines().findFirst().orElse("");
        String name = first.matches("// \\w+\\.java") ? first.substring(3) : "Example.java";
        Files.writeString(folder.resolve(name), source);
        return name;
    }

    /** Runs a source file with the library on the module path, and returns what it prints. */
    String java(String name) throws IOException, InterruptedException {
        return shell("java -p fusedem.jar --add-modules org.fusedem " + name);
    }
}
