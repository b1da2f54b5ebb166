package org.fusedem.cli;

import java.util.List;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;
import org.fusedem.select.Cell;
import org.fusedem.select.SelectOptions;
import org.fusedem.select.Selection;

/**
 * Everything about a selection that is worth telling.
 *
 * @param file the data's name
 * @param points the data
 * @param columns the names of their columns
 * @param options what was asked for
 * @param selection what was found, a best cell among it
 * @param seconds wall time
 */
record SelectSummary(
        String file, Points points, List<String> columns, SelectOptions options, Selection selection, double seconds) {
    Cell.Fitted best() {
        return selection.best().orElseThrow();
    }

    /** The best model, with the data's column names. */
    GaussianMixture model() {
        return best().result().model().withColumns(columns);
    }
}
