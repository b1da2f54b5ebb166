package org.fusedem.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * All points of a CSV file, and the names of their columns.
 *
 * @param points to be closed
 * @param columns one name per feature
 */
record CsvPoints(Points points, List<String> columns) implements AutoCloseable {
    /**
     * Reads a whole file.
     *
     * @param modelColumns the names that a model to start from has for the features; empty if there is none
     */
    static CsvPoints read(Path file, DataOptions data, String weights, ElementType type, List<String> modelColumns) {
        ColumnSelection weightsColumn = weights == null ? null : ColumnSelection.parse("--weights", weights);
        Set<String> expected = new HashSet<>(data.names());
        expected.addAll(modelColumns);
        if (weightsColumn != null) {
            expected.addAll(weightsColumn.names());
        }
        try (CsvRows rows = CsvRows.open(file, data, expected, type)) {
            Header header = rows.header();
            int weightsIndex = weightsColumn == null ? -1 : single(weightsColumn, header);
            int[] features = data.features(header, weightsIndex, modelColumns);
            List<String> names = names(header, features);
            rows.select(features, weightsIndex);
            try (PointsBuilder builder = Points.builder(features.length, type)) {
                if (data.missing()) {
                    builder.allowMissing();
                }
                Points points = points(rows, weightsIndex >= 0, builder);
                for (int i = 0; i < features.length; i++) {
                    if (!hasValue(points, i)) {
                        points.close();
                        throw CommandException.wrongUse(FileErrors.name(file) + ": " + header.column(features[i])
                                + " has no value in any row: choose others with --columns");
                    }
                }
                return new CsvPoints(points, names);
            }
        }
    }

    private static int single(ColumnSelection selection, Header header) {
        int[] indexes = selection.resolve(header);
        if (indexes.length != 1) {
            throw CommandException.wrongUse(selection.option() + ": one column is needed, not " + indexes.length);
        }
        return indexes[0];
    }

    private static Points points(CsvRows rows, boolean weighted, PointsBuilder builder) {
        while (rows.next()) {
            if (weighted) {
                builder.addWeighted(rows.weight(), rows.point());
            } else {
                builder.add(rows.point());
            }
        }
        if (builder.size() == 0) {
            throw CommandException.wrongUse(
                    FileErrors.name(rows.header().file()) + ": there is a header, but no data below it");
        }
        return builder.build();
    }

    private static boolean hasValue(Points points, int column) {
        for (long n = 0; n < points.size(); n++) {
            if (!Double.isNaN(points.get(n, column))) {
                return true;
            }
        }
        return false;
    }

    /** The names of the features, all different: else the model could not find its columns in other files. */
    private static List<String> names(Header header, int[] features) {
        List<String> names = Arrays.stream(features).mapToObj(i -> header.names().get(i)).toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw CommandException.wrongUse(FileErrors.name(header.file()) + ": two columns are called "
                        + Cell.shown(name) + ": take one of them with --columns, or rename one");
            }
        }
        return names;
    }

    @Override
    public void close() {
        points.close();
    }
}
