package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of README.md. */
final class Readme {
    private Readme() {}

    /** The first block of this language that begins with these words. */
    static String block(String language, String begin) throws IOException {
        Matcher matcher = Pattern.compile("```" + language + "\\n(" + Pattern.quote(begin) + ".*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertTrue(matcher.find(), () -> "README.md has no example that begins with " + begin);
        return matcher.group(1);
    }

    /** The words of a command that may go over several lines. */
    static List<String> command(String begin) throws IOException {
        return List.of(block("sh", begin).replace("\\\n", " ").strip().split("\\s+"));
    }
}
