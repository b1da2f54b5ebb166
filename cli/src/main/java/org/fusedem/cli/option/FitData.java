package org.fusedem.cli.option;

import java.nio.file.Path;
import java.util.List;
import org.fusedem.cli.data.ChosenRows;
import org.fusedem.cli.data.DataOptions;
import org.fusedem.cli.data.DataPoints;
import org.fusedem.cli.data.RowOptions;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.fit.FitOptions;
import org.fusedem.points.ElementType;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The data to fit: a file, and how to read it. */
public final class FitData {
    @Parameters(index = "0", paramLabel = "DATA", description = DataOptions.FILE)
    private Path file;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--weights",
            paramLabel = "COLUMN",
            description = "The column of the points' weights, by name or number; it is then no feature.")
    private String weights;

    @Option(names = "--float32", description = "Keep the data in 32 bits: half the memory, seven digits. Default:"
            + " only if the file has all that is used of it, weights too, in 32 bits.")
    private boolean float32;

    /**
     * Reads it all.
     *
     * @param labels the column of labels, by name or number, or null
     * @param components a label is below
     * @param modelColumns the names that a model to start from has for the features; empty if there is none
     */
    public DataPoints read(String labels, int components, List<String> modelColumns) {
        return DataPoints.read(file, data, new RowOptions(weights, labels, components),
                float32 ? ElementType.FLOAT32 : null, modelColumns);
    }

    /** Opens it, for whoever does not want it all at once. */
    public ChosenRows open() {
        ElementType type = float32 ? ElementType.FLOAT32 : ElementType.FLOAT64;
        return ChosenRows.open(file, data, new RowOptions(weights, null, 0), type, List.of());
    }

    public boolean float32() {
        return float32;
    }

    /** Whether values may be missing. */
    public boolean missing() {
        return data.missing();
    }

    /** Reads it all, none of it labels. */
    public DataPoints read() {
        return read(null, 0, List.of());
    }

    /** The same options with what the user says here. */
    public FitOptions applyTo(FitOptions options) {
        return data.missing() ? options.withMissingValues() : options;
    }

    public Path file() {
        return file;
    }

    /** The file, for sentences. */
    public String name() {
        return FileErrors.name(file);
    }
}
