package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that a test waits for, but not for ever: one that hangs fails the test, not the build.
 *
 * @param process that runs
 * @param output the file that its standard output goes to: who reads a pipe to its end waits without a limit
 */
record LimitedProcess(Process process, Path output) {
    /** Far more than any of them takes, also on a busy machine. */
    static final int PATIENCE_SECONDS = 180;

    /** Starts it; what it prints goes to a file that is gone with the JVM. */
    static LimitedProcess start(ProcessBuilder builder) throws IOException {
        Path output = Files.createTempFile("fusedem-test-", ".out");
        output.toFile().deleteOnExit();
        return new LimitedProcess(builder.redirectOutput(output.toFile()).start(), output);
    }

    /** Its exit code, once it has ended. */
    static int exitCode(Process process) throws InterruptedException {
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "it hangs: " + process.info());
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The same of this one. */
    int exitCode() throws InterruptedException {
        return exitCode(process);
    }

    /** What it has printed; all of it once it has ended. */
    String printed() throws IOException {
        return Files.readString(output);
    }
}
