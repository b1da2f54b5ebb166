package org.fusedem.cli.data;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;

/**
 * The columns of a file that are no features.
 *
 * @param weights that of the points' weights, or null
 * @param labels that of the points' labels, or null
 * @param components a label is below
 */
public record RowColumns(RowColumn weights, RowColumn labels, int components) {
    public static final RowColumns NONE = new RowColumns(null, null, 0);

    /** Refuses one column for both. */
    public RowColumns {
        if (weights != null && labels != null && weights.index() == labels.index()) {
            throw CommandException.wrongUse(labels.option() + ": the same column as " + weights.option());
        }
    }

    /** The places of these columns. */
    int[] indexes() {
        return all().mapToInt(RowColumn::index).toArray();
    }

    private Stream<RowColumn> all() {
        return Stream.of(weights, labels).filter(Objects::nonNull);
    }

    /** Refuses chosen features among which is one of these. */
    void checkNoneOf(int[] features, Header header) {
        all().filter(column -> IntStream.of(features).anyMatch(i -> i == column.index())).forEach(column -> {
            throw CommandException.wrongUse(
                    column.option() + ": " + header.column(column.index()) + " is also in --columns");
        });
    }

    /** All other columns, at least one. */
    int[] others(Header header) {
        int[] others = IntStream.range(0, header.size())
                .filter(i -> all().noneMatch(column -> column.index() == i)).toArray();
        if (others.length == 0) {
            throw CommandException.wrongUse(all().map(RowColumn::option).collect(Collectors.joining(", ")) + ": "
                    + FileErrors.name(header.file()) + " has no column beside "
                    + all().map(column -> header.column(column.index())).collect(Collectors.joining(" and ")));
        }
        return others;
    }
}
