package org.fusedem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java example, compiled and run as its reader would, prints what the README says. */
class ReadmeTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```java\\n(?<code>.*?)```\\s+```text\\n(?<output>.*?)```", Pattern.DOTALL);

    @Test
    void exampleRunsAndPrintsWhatItSays(@TempDir Path folder) throws IOException, InterruptedException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
        assertTrue(example.find(), "the README has an example and its output");
        Path source = Files.writeString(folder.resolve("Example.java"), example.group("code"));
        Path errors = folder.resolve("errors");
        Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p", Path.of("target/classes").toAbsolutePath().toString(), "--add-modules", "org.fusedem",
                source.toString()).redirectError(errors.toFile()).start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), () -> read(errors));
        assertEquals(example.group("output"), output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
