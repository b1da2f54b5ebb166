package org.fusedem.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.stream.Output;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns whatever went wrong into one line and an exit code. */
final class Failures {
    private final PrintStream err;
    private final BooleanSupplier debug;

    Failures(PrintStream err, BooleanSupplier debug) {
        this.err = err;
        this.debug = debug;
    }

    /** Options that cannot be understood. */
    int wrongOption(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        print(command, WrongOption.sentence(e) + " (see " + command + " --help)", e);
        return CommandException.WRONG_USE;
    }

    /** Everything else. */
    int report(Throwable e, CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return switch (e) {
            case UncheckedIOException unchecked -> report(unchecked.getCause(), command);
            case Output.WriteException write when write.readerLeft() -> CommandLine.ExitCode.OK;
            case CommandException expected -> {
                print(name, expected.getMessage(), e);
                yield expected.exitCode();
            }
            case IOException io -> {
                print(name, io.getMessage(), e);
                yield CommandException.FAILED;
            }
            case OutOfMemoryError memory -> {
                print(name, "out of memory (" + memory.getMessage() + "): fewer rows, columns or components, or"
                        + " --float32, need less; JDK_JAVA_OPTIONS=-Xmx8g gives the heap more", e);
                yield CommandException.FAILED;
            }
            default -> {
                print(name, "this should not happen: " + e + " (--debug shows where)", e);
                yield CommandException.FAILED;
            }
        };
    }

    private void print(String command, String message, Throwable e) {
        // Some exceptions have no sentence.
        String said = message == null ? e.toString() : message;
        err.println(command + ": " + said.lines().map(String::strip).collect(Collectors.joining(" ")));
        if (debug.getAsBoolean()) {
            e.printStackTrace(err);
        }
    }
}
