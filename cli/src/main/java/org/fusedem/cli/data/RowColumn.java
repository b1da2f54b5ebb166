package org.fusedem.cli.data;

import org.fusedem.cli.failure.CommandException;

/**
 * A column of a file that is no feature but says something else of each row.
 *
 * @param option the option that asks for it, for sentences
 * @param index its place from 0
 */
record RowColumn(String option, int index) {
    /** The column that an option names, by name or number; null if it names none. */
    static RowColumn of(ColumnSelection selection, Header header) {
        if (selection == null) {
            return null;
        }
        int[] indexes = selection.resolve(header);
        if (indexes.length != 1) {
            throw CommandException.wrongUse(selection.option() + ": one column is needed, not " + indexes.length);
        }
        return new RowColumn(selection.option(), indexes[0]);
    }
}
