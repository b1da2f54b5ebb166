package org.fusedem.cli.option;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.cli.plot.Picture;
import org.fusedem.cli.stream.Output;
import org.fusedem.cli.stream.WholeFile;
import picocli.CommandLine.Option;

/** Where a picture goes, and so whether it is pixels or lines. */
public final class PictureOption {
    private static final String NAME = "--out";

    @Option(
            names = {"-o", NAME},
            paramLabel = "FILE",
            required = true,
            description = "Write the picture to this file: PNG or SVG, as its name ends in .png or .svg; - is an SVG on"
                    + " standard output.")
    private Path file;

    /** Before the data are read. */
    public void check(Path data) {
        if (isStandardOutput()) {
            return;
        }
        if (!isPng() && !name().endsWith(".svg")) {
            throw CommandException.wrongUse(NAME + ": " + FileErrors.name(file) + " must end in .png or .svg");
        }
        WholeFile.check(NAME, file, data);
    }

    private boolean isStandardOutput() {
        return file.toString().equals("-");
    }

    private String name() {
        return file.toString().toLowerCase(Locale.ROOT);
    }

    private boolean isPng() {
        return name().endsWith(".png");
    }

    public void write(Picture picture, Output standardOutput) throws IOException {
        if (isStandardOutput()) {
            standardOutput.append(picture.svg());
            return;
        }
        WholeFile.write(NAME, file, out -> {
            if (isPng()) {
                picture.writePng(out);
            } else {
                out.write(picture.svg().getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
