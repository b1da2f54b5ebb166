package org.fusedem.cli.option;

import java.util.Locale;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.plot.FitPictures;
import org.fusedem.cli.plot.Picture;

/** What a picture of points and a mixture shows. */
public enum PlotKind {
    /** What shows most, for so many columns. */
    AUTO(1, Integer.MAX_VALUE),
    PAIRS(2, FitPictures.MOST_PAIRED),
    DIRECTIONS(2, Integer.MAX_VALUE),
    HISTOGRAMS(1, Integer.MAX_VALUE),
    CERTAINTY(1, Integer.MAX_VALUE);

    private final int fewestColumns;
    private final int mostColumns;

    PlotKind(int fewestColumns, int mostColumns) {
        this.fewestColumns = fewestColumns;
        this.mostColumns = mostColumns;
    }

    /** What users call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public void check(int columns) {
        if (columns < fewestColumns || columns > mostColumns) {
            throw CommandException.wrongUse("--kind " + label() + ": shows from " + fewestColumns
                    + (mostColumns == Integer.MAX_VALUE ? "" : " to " + mostColumns)
                    + " columns, and there are " + columns
                    + (columns > mostColumns ? ": choose some with --show" : ""));
        }
    }

    public Picture of(FitPictures pictures) {
        return switch (this) {
            case AUTO -> pictures.overview();
            case PAIRS -> pictures.pairs();
            case DIRECTIONS -> pictures.directions();
            case HISTOGRAMS -> pictures.histograms();
            case CERTAINTY -> pictures.certainty();
        };
    }
}
