package org.fusedem.cli.data;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a fit asks of each row beside its point.
 *
 * @param weights the column of the points' weights as the option says it, or null
 * @param labels the column of the points' labels as the option says it, or null
 * @param components a label is below
 */
public record RowOptions(String weights, String labels, int components) {
    private static final String WEIGHTS = "--weights";

    private static final String LABELS = "--labels";

    /** The names that the user expects in the header. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        Stream.of(selection(WEIGHTS, weights), selection(LABELS, labels)).filter(Objects::nonNull)
                .forEach(selection -> names.addAll(selection.names()));
        return names;
    }

    /** Where these columns are. */
    RowColumns in(Header header) {
        return new RowColumns(RowColumn.of(selection(WEIGHTS, weights), header),
                RowColumn.of(selection(LABELS, labels), header), components);
    }

    private static ColumnSelection selection(String option, String column) {
        return column == null ? null : ColumnSelection.parse(option, column);
    }
}
