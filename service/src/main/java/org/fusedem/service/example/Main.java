package org.fusedem.service.example;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The command {@code service/example}. */
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private Main() {}

    /**
     * Runs the example and ends the process.
     *
     * @param args as typed, see {@code service/example --help}
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(out, StandardError.open(), args));
    }

    /** Runs the example; the result is the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        ExampleOptions options;
        try {
            options = ExampleOptions.parse(args);
        } catch (IllegalArgumentException e) {
            err.println("example: " + e.getMessage() + " (see service/example --help)");
            return WRONG_USE;
        }
        if (options.help()) {
            out.print(ExampleOptions.HELP);
            return 0;
        }
        try (Example example = new Example(options, out, err)) {
            return example.run() ? 0 : FAILED;
        } catch (IOException e) {
            err.println("example: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }
}
