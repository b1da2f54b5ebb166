package org.fusedem.cli.stream;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.fusedem.cli.failure.CommandException;

/** The files of results that a command's options name: none is the data, nor that of another option. */
public final class OutputFiles {
    private final Path data;
    private final Map<Path, String> options = new HashMap<>();

    public OutputFiles(Path data) {
        this.data = data;
    }

    /** Refuses, before the long work, what could not be written, or would overwrite something else. */
    public void add(String option, Path file) {
        String other = options.put(WholeFile.check(option, file, data).normalize(), option);
        if (other != null) {
            throw CommandException.wrongUse(option + ": " + file + " is the file of " + other + " already");
        }
    }
}
