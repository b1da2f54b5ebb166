package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.fusedem.cli.stream.Output;
import org.fusedem.cli.stream.Streams;

/**
 * What a command did, run in this process.
 *
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        int exitCode = Main.run(new Streams(new Output(out), errors, false), args);
        return new CommandRun(
                exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** All went well and nothing else was said. */
    public CommandRun assertFine() {
        assertEquals("", err);
        assertEquals(0, exitCode);
        return this;
    }

    /** One line of error, and not a word of result. */
    public void assertRefused(int expectedCode, String expectedError) {
        assertEquals(expectedError + "\n", err);
        assertEquals(expectedCode, exitCode);
        assertTrue(out.isEmpty(), out);
    }
}
