package org.fusedem.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;
import picocli.CommandLine.Option;

/** Where the model goes, if anywhere. */
public final class ModelOption {
    @Option(names = "--model", paramLabel = "OUT", description = "Write the model to this file: for scikit-learn if the"
            + " name ends in .npz (see docs/python.md), else as JSON.")
    private Path file;

    /** Before the long work, whose result would else be lost. */
    public void check(Path data) throws IOException {
        if (file == null) {
            return;
        }
        if (Files.exists(file) && Files.exists(data) && Files.isSameFile(file, data)) {
            throw CommandException.wrongUse("--model: " + file + " is the data, which it would overwrite");
        }
        try {
            ModelFiles.checkWritable(file);
        } catch (IOException e) {
            throw CommandException.wrongUse("--model: " + FileErrors.sentence(file, e), e);
        }
    }

    public void write(GaussianMixture model) {
        if (file == null) {
            return;
        }
        try {
            ModelFiles.write(model, file);
        } catch (IOException e) {
            throw CommandException.failed("--model: " + FileErrors.sentence(file, e), e);
        }
    }
}
