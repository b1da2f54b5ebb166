package org.fusedem.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.fit.Start;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * All points of a data file, and the names of their columns. Where the file's columns stand as points want them they are
 * borrowed, and nothing is copied.
 *
 * @param points to be closed
 * @param columns one name per feature
 * @param labels for each point its component from 0, or {@link Start.Labels#UNKNOWN}; empty without a column of labels
 * @param lender what the points are borrowed from; null if they are a copy
 */
public record DataPoints(Points points, List<String> columns, int[] labels, ChosenRows lender) implements AutoCloseable {
    /**
     * Reads a whole file.
     *
     * @param type how to store the numbers; null for 64 bits, or 32 where the file has so many
     * @param modelColumns the names that a model to start from has for the features; empty if there is none
     */
    public static DataPoints read(
            Path file, DataOptions data, RowOptions options, ElementType type, List<String> modelColumns) {
        ChosenRows chosen =
                ChosenRows.open(file, data, options, type == null ? ElementType.FLOAT64 : type, modelColumns);
        Points points = null;
        boolean lent = false;
        try {
            IntStream.Builder labels = IntStream.builder();
            points = borrowed(chosen, type);
            lent = points != null;
            points = lent ? points : copy(chosen, stored(chosen, type), data.missing(), labels);
            checkValues(points, chosen);
            return new DataPoints(points, chosen.names(), labels.build().toArray(), lent ? chosen : null);
        } catch (RuntimeException e) {
            lent = false;
            if (points != null) {
                points.close();
            }
            throw e;
        } finally {
            if (!lent) {
                chosen.close();
            }
        }
    }

    /** Null if they must be copied. */
    private static Points borrowed(ChosenRows chosen, ElementType type) {
        return chosen.rows() instanceof TableRows table && chosen.others().labels() == null && table.size() > 0
                ? table.borrow(type) : null;
    }

    private static ElementType stored(ChosenRows chosen, ElementType type) {
        return type != null ? type
                : chosen.rows() instanceof TableRows table && table.isFloat32() ? ElementType.FLOAT32 : ElementType.FLOAT64;
    }

    private static Points copy(ChosenRows chosen, ElementType type, boolean missing, IntStream.Builder labels) {
        try (PointsBuilder builder = Points.builder(chosen.features().length, type)) {
            if (missing) {
                builder.allowMissing();
            }
            return points(chosen.rows(), chosen.others(), builder, labels);
        } catch (IllegalArgumentException e) {
            // A number of 32 bits may be larger than is good for fits in so many.
            throw CommandException.wrongUse(FileErrors.name(chosen.rows().header().file()) + ": " + e.getMessage(), e);
        }
    }

    /** Refuses a column of which nothing is known. */
    private static void checkValues(Points points, ChosenRows chosen) {
        for (int i = 0; points.missingValues() > 0 && i < points.dims(); i++) {
            if (!hasValue(points, i)) {
                Header header = chosen.rows().header();
                throw CommandException.wrongUse(FileErrors.name(header.file()) + ": "
                        + header.column(chosen.features()[i]) + " has no value in any row: choose others with --columns");
            }
        }
    }

    private static Points points(DataRows rows, RowColumns others, PointsBuilder builder, IntStream.Builder labels) {
        boolean anyLabel = false;
        while (rows.next()) {
            if (others.labels() != null) {
                labels.accept(rows.label());
                anyLabel |= rows.label() != Start.Labels.UNKNOWN;
            }
            if (rows.weighted()) {
                builder.addWeighted(rows.weight(), rows.point());
            } else {
                builder.add(rows.point());
            }
        }
        if (builder.size() == 0) {
            throw CommandException.wrongUse(
                    FileErrors.name(rows.header().file())
                    + (rows instanceof CsvRows ? ": there is a header, but no data below it" : ": there is no row in it"));
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

    @Override
    public void close() {
        points.close();
        if (lender != null) {
            lender.close();
        }
    }
}
