package org.fusedem.cli.option;

import org.fusedem.cli.data.DataPoints;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.fit.Start;
import picocli.CommandLine.Option;

/** To start from labels: of some rows the component is known. */
public final class StartLabels {
    @Option(
            names = "--labels",
            paramLabel = "COLUMN",
            description = "Start from labels: this column, by name or number, holds a row's component from 1 to K, or"
                    + " nothing where it is not known; it is then no feature. Label 0 is the result's component 1.")
    private String column;

    @Option(
            names = "--fix-labels",
            description = "Rows with a label stay in their component. Default: labels are only the start.")
    private boolean fixed;

    /** Refuses what means nothing without labels, and another start beside them. */
    public void check(Start start) {
        if (column == null && fixed) {
            throw CommandException.wrongUse("--fix-labels: there are no labels to fix, say --labels COLUMN");
        }
        if (column != null && !(start instanceof Start.KMeansPlusPlus)) {
            throw CommandException.wrongUse("--labels: is a start of its own, leave out --start");
        }
    }

    /** Null without labels. */
    public String column() {
        return column;
    }

    /** Where the fit begins: at the labels of the points, if there are any; else as given. */
    public Start start(DataPoints points, Start otherwise) {
        return column == null ? otherwise : new Start.Labels(points.labels(), fixed);
    }
}
