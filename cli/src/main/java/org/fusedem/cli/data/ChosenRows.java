package org.fusedem.cli.data;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.points.ElementType;

/**
 * The rows of a file, columns chosen.
 *
 * @param rows to be closed
 * @param features the columns of a point, in their order
 * @param others the columns of weights and labels, if there are any
 * @param names one per feature, all different
 */
public record ChosenRows(DataRows rows, int[] features, RowColumns others, List<String> names) implements AutoCloseable {
    /** What becomes of bytes that are no text. */
    private static final char UNREADABLE = '\uFFFD';

    /**
     * Opens a file.
     *
     * @param type what the numbers must fit
     * @param modelColumns the names that a model to start from has for the features; empty if there is none
     */
    public static ChosenRows open(
            Path file, DataOptions data, RowOptions options, ElementType type, List<String> modelColumns) {
        Set<String> expected = new HashSet<>(data.names());
        expected.addAll(modelColumns);
        expected.addAll(options.names());
        DataRows rows = DataRows.open(file, data, expected, type);
        try {
            Header header = rows.header();
            RowColumns others = options.in(header);
            int[] features = data.features(header, others, modelColumns);
            List<String> names = names(rows, features);
            rows.select(features, others);
            return new ChosenRows(rows, features, others, names);
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    /** The names of the features, all different: else the model could not find its columns in other files. */
    private static List<String> names(DataRows rows, int[] features) {
        Header header = rows.header();
        String file = FileErrors.name(header.file());
        List<String> names = header.names(features);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (rows instanceof CsvRows && name.indexOf(UNREADABLE) >= 0) {
                throw CommandException.wrongUse(file + ": the name " + Cell.shown(name)
                        + " is not UTF-8: iconv -f LATIN1 -t UTF-8 " + file + " makes it so");
            }
            if (!seen.add(name)) {
                throw CommandException.wrongUse(file + ": two columns are called "
                        + Cell.shown(name) + ": take one of them with --columns, or rename one");
            }
        }
        return names;
    }

    @Override
    public void close() {
        rows.close();
    }
}
