package org.fusedem.cli.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.files.ReplacedFile;

/** A file of results that an option names: it appears whole or not at all, whatever happens. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Refuses, before the long work, what could not be written, or would overwrite the data.
     *
     * @param option that names the file, for sentences
     * @return the file that would be written, a link followed
     */
    public static Path check(String option, Path file, Path data) {
        if (FileErrors.isStandardInput(file)) {
            throw CommandException.wrongUse(option + ": -: is no file, and one is needed");
        }
        try {
            if (Files.exists(file) && Files.exists(data) && Files.isSameFile(file, data)) {
                throw CommandException.wrongUse(option + ": " + file + " is the data, which it would overwrite");
            }
            return new ReplacedFile(file).target();
        } catch (IOException e) {
            throw CommandException.wrongUse(option + ": " + FileErrors.sentence(file, e), e);
        }
    }

    /** Writes it. */
    public static void write(String option, Path file, ReplacedFile.Content content) {
        try {
            new ReplacedFile(file).write(content);
        } catch (IOException e) {
            throw CommandException.failed(option + ": " + FileErrors.sentence(file, e), e);
        }
    }
}
