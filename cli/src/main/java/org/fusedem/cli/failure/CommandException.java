package org.fusedem.cli.failure;

/** The end of a command that cannot do its work: one sentence for the user, and the exit code. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The work was begun, and failed. */
    public static final int FAILED = 1;
    /** The options or the files are not what they should be. */
    public static final int WRONG_USE = 2;

    private final int exitCode;

    private CommandException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public static CommandException wrongUse(String message) {
        return new CommandException(WRONG_USE, message, null);
    }

    public static CommandException wrongUse(String message, Throwable cause) {
        return new CommandException(WRONG_USE, message, cause);
    }

    public static CommandException failed(String message, Throwable cause) {
        return new CommandException(FAILED, message, cause);
    }

    public int exitCode() {
        return exitCode;
    }
}
