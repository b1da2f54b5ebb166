package org.fusedem.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.fusedem.fit.Start;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * All points of a CSV file, and the names of their columns.
 *
 * @param points to be closed
 * @param columns one name per feature
 * @param labels for each point its component from 0, or {@link Start.Labels#UNKNOWN}; empty without a column of labels
 */
record CsvPoints(Points points, List<String> columns, int[] labels) implements AutoCloseable {
    /**
     * Reads a whole file.
     *
     * @param modelColumns the names that a model to start from has for the features; empty if there is none
     */
    static CsvPoints read(
            Path file, DataOptions data, RowOptions options, ElementType type, List<String> modelColumns) {
        Set<String> expected = new HashSet<>(data.names());
        expected.addAll(modelColumns);
        expected.addAll(options.names());
        try (CsvRows rows = CsvRows.open(file, data, expected, type)) {
            Header header = rows.header();
            RowColumns others = options.in(header);
            int[] features = data.features(header, others, modelColumns);
            List<String> names = names(header, features);
            rows.select(features, others);
            IntStream.Builder labels = IntStream.builder();
            try (PointsBuilder builder = Points.builder(features.length, type)) {
                if (data.missing()) {
                    builder.allowMissing();
                }
                Points points = points(rows, others, builder, labels);
                for (int i = 0; i < features.length; i++) {
                    if (!hasValue(points, i)) {
                        points.close();
                        throw CommandException.wrongUse(FileErrors.name(file) + ": " + header.column(features[i])
                                + " has no value in any row: choose others with --columns");
                    }
                }
                return new CsvPoints(points, names, labels.build().toArray());
            }
        }
    }

    private static Points points(CsvRows rows, RowColumns others, PointsBuilder builder, IntStream.Builder labels) {
        boolean anyLabel = false;
        while (rows.next()) {
            if (others.labels() != null) {
                labels.accept(rows.label());
                anyLabel |= rows.label() != Start.Labels.UNKNOWN;
            }
            if (others.weights() != null) {
                builder.addWeighted(rows.weight(), rows.point());
            } else {
                builder.add(rows.point());
            }
        }
        if (builder.size() == 0) {
            throw CommandException.wrongUse(
                    FileErrors.name(rows.header().file()) + ": there is a header, but no data below it");
        }
        if (others.labels() != null && !anyLabel) {
            throw CommandException.wrongUse(FileErrors.name(rows.header().file()) + ": "
                    + rows.header().column(others.labels().index()) + " has no label in any row (--labels)");
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
