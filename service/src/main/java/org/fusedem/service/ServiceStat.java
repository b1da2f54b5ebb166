package org.fusedem.service;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The command {@code service/stat}: prints the counters of a running service, or of one that has ended, as its
 * {@link CountersFile} has them.
 */
public final class ServiceStat {
    private static final String HELP = """
            Prints the counters of a service.

            Usage: service/stat FILE

            FILE is the file of counters that the service keeps, for example service/example --counters FILE.
            Exit codes: 0 all is well, 2 the file or the arguments are wrong.
            """;

    private static final int WRONG_USE = 2;

    private ServiceStat() {}

    /**
     * Prints the counters and ends the process.
     *
     * @param args the file, or {@code --help}
     */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Prints the counters; the result is the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
            out.print(HELP);
            return 0;
        }
        if (args.length != 1) {
            err.println("stat: needs one argument, the file of counters (see service/stat --help)");
            return WRONG_USE;
        }
        try {
            print(CountersFile.open(Path.of(args[0])), out);
            return 0;
        } catch (NoSuchFileException e) {
            err.println("stat: " + args[0] + ": there is no such file");
        } catch (AccessDeniedException e) {
            err.println("stat: " + args[0] + ": may not be read");
        } catch (IOException | IllegalArgumentException e) {
            err.println("stat: " + e.getMessage());
        }
        return WRONG_USE;
    }

    private static void print(CountersFile file, PrintStream out) {
        boolean running = ProcessHandle.of(file.processId()).isPresent();
        out.println("process " + file.processId() + (running ? "" : " (ended)") + ", counting since "
                + Instant.ofEpochMilli(file.createdMillis()));
        file.counters().forEach((value, id, label) -> {
            FittingCounter counter = FittingCounter.ofTypeId(file.counters().getCounterTypeId(id));
            out.printf("%24s  %s%n", counter == null ? Long.toString(value) : counter.format(value), label);
        });
    }
}
