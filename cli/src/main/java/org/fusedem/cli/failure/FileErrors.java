package org.fusedem.cli.failure;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.fusedem.files.FileFormatException;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;

/** Sentences for files that cannot be read or written. */
public final class FileErrors {
    private FileErrors() {}

    /** What happened to a file, beginning with its name. */
    public static String sentence(Path file, IOException e) {
        if (e instanceof FileFormatException) {
            return e.getMessage();
        }
        String reason = switch (e) {
            case FileSystemException described -> described.getReason();
            case EOFException cut -> "is cut off";
            default -> e.getMessage();
        };
        if (reason != null) {
            return name(file) + ": " + reason;
        }
        return name(file) + ": " + switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "no permission to read it";
            default -> e.toString();
        };
    }

    /** Whether a file is {@code -}, what comes in by a pipe. */
    public static boolean isStandardInput(Path file) {
        return file.toString().equals("-");
    }

    /** Refuses to read two things from standard input. */
    public static void checkNotBothStandardInput(Path model, Path data) {
        if (isStandardInput(model) && isStandardInput(data)) {
            throw CommandException.wrongUse(name(data) + ": cannot be both the model and the data");
        }
    }

    /** The name as the user typed it; an empty one is made visible. */
    public static String name(Path file) {
        return isStandardInput(file) ? "standard input" : file.toString().isEmpty() ? "''" : file.toString();
    }

    /** Reads a model file that must be there and whole. */
    public static GaussianMixture readModel(Path file) {
        try {
            if (isStandardInput(file)) {
                return ModelFiles.fromJson(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
            }
            return ModelFiles.read(file);
        } catch (IOException e) {
            throw CommandException.wrongUse(sentence(file, e), e);
        }
    }
}
