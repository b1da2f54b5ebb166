package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's first command prints what the README shows, its times aside. */
class ReadmeTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```sh\\ncli/fusedem (?<command>.*?)\\n```\\s+```text\\n(?<output>.*?)```", Pattern.DOTALL);
    private static final Pattern TIMES = Pattern.compile("\\d+\\.\\d{3} s ");

    @Test
    void firstCommandPrintsWhatIsShown() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
        assertTrue(example.find(), "the README has a command and its output");
        // Maven runs tests in the module's folder, readers type commands in the one above.
        CommandRun run = CommandRun.of(example.group("command").replace("cli/", "../cli/").split(" "));
        String shown = example.group("output").replace("cli/", "../cli/");
        assertEquals(TIMES.matcher(shown).replaceAll("? s "), TIMES.matcher(run.out()).replaceAll("? s "));
    }
}
