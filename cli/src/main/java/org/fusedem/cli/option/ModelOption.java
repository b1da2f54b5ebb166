package org.fusedem.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.cli.stream.OutputFiles;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;
import picocli.CommandLine.Option;

/** Where the model goes, if anywhere. */
public final class ModelOption {
    private static final String NAME = "--model";

    @Option(names = NAME, paramLabel = "OUT", description = "Write the model to this file: for scikit-learn if the"
            + " name ends in .npz (see docs/python.md), else as JSON.")
    private Path file;

    /** Before the long work, whose result would else be lost. */
    public void check(OutputFiles files) {
        if (file != null) {
            files.add(NAME, file);
        }
    }

    public void write(GaussianMixture model) {
        if (file == null) {
            return;
        }
        try {
            ModelFiles.write(model, file);
        } catch (IOException e) {
            throw CommandException.failed(NAME + ": " + FileErrors.sentence(file, e), e);
        }
    }
}
