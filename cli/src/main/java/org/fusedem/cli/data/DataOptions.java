package org.fusedem.cli.data;

import java.util.List;
import java.util.Set;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How to read a file of data: the options that all commands with data share. */
public final class DataOptions {
    /** What DATA is, for the help. */
    public static final String FILE = "The data, one point per row: CSV, perhaps gzipped; a column file (fusedem convert);"
            + " .npy or .npz; Arrow (Feather); Parquet. - is standard input.";

    @Option(
            names = "--columns",
            paramLabel = "COLUMNS",
            description = "Use these columns: names, numbers from 1, ranges such as 1-3; between commas. Default: all.")
    private String columns;

    @ArgGroup
    private HeaderOption header;

    @Option(
            names = "--missing",
            description = "Cells that are empty, NA, NaN, nan or ? (NaN or null in files that are not CSV) are missing"
                    + " values: go by the rest of the row."
                    + " Default: an error.")
    private boolean missing;

    /** One of two, or neither. */
    private static final class HeaderOption {
        @Option(names = "--header", description = "The first row holds names. Default: found out.")
        private boolean present;

        @Option(names = "--no-header", description = "The first row holds data.")
        private boolean absent;
    }

    Header.Mode headerMode() {
        if (header == null) {
            return Header.Mode.DETECT;
        }
        return header.present ? Header.Mode.PRESENT : Header.Mode.ABSENT;
    }

    /** Whether cells may be without a number. */
    public boolean missing() {
        return missing;
    }

    public boolean columnsChosen() {
        return columns != null;
    }

    /** The names that the user expects in the header. */
    public Set<String> names() {
        return columns == null ? Set.of() : ColumnSelection.parse("--columns", columns).names();
    }

    /**
     * The columns to use: those asked for; else the model's, if all its names are there; else all that may be features.
     * With a model, as many as it has.
     *
     * @param none columns that are no features
     * @param modelColumns the names of a model's features; empty without a model
     */
    public int[] features(Header header, RowColumns none, List<String> modelColumns) {
        int[] features = chosen(header, none, modelColumns);
        if (!modelColumns.isEmpty() && features.length != modelColumns.size()) {
            throw CommandException.wrongUse(FileErrors.name(header.file()) + ": the model has " + modelColumns.size()
                    + " columns (" + ColumnSelection.list(modelColumns) + "), and the file " + features.length + " ("
                    + ColumnSelection.list(header.names(features)) + "): choose them with --columns");
        }
        return features;
    }

    private int[] chosen(Header header, RowColumns none, List<String> modelColumns) {
        if (columnsChosen()) {
            int[] chosen = ColumnSelection.parse("--columns", columns).resolve(header);
            none.checkNoneOf(chosen, header);
            return chosen;
        }
        if (!modelColumns.isEmpty() && header.named() && header.names().containsAll(modelColumns)) {
            return modelColumns.stream().mapToInt(header::indexOf).toArray();
        }
        return none.others(header);
    }
}
