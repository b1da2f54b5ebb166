package org.fusedem.cli.result;

import java.util.ArrayList;
import java.util.List;
import org.fusedem.fit.FitEvent;
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
 * @param stopped whether somebody stopped it before its end
 */
public record SelectSummary(
        String file, Points points, List<String> columns, SelectOptions options, Selection selection, double seconds,
        boolean stopped) {
    Cell.Fitted best() {
        return selection.best().orElseThrow();
    }

    /** What the best is best by, in words. */
    String criterion() {
        return switch (options.criterion()) {
            case BIC -> "BIC";
            case AIC -> "AIC";
            case ICL -> "ICL";
            case CROSS_VALIDATION -> "the log-likelihood per point held out in " + options.folds() + " folds";
        };
    }

    boolean converged(Cell.Fitted cell) {
        return switch (cell.result().stopReason()) {
            case CONVERGED, STALLED -> true;
            case MAX_ITERATIONS -> options.fit().tolerance() == 0;
            case STOPPED -> false;
        };
    }

    /** What may be wrong with the best one, a sentence each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (stopped) {
            warnings.add("stopped before its end: what was not done by then has had next to no iterations");
        }
        if (!converged(best())) {
            warnings.add("the best did not converge, so more iterations would do better: raise --max-iterations");
        }
        best().result().events().stream().map(FitEvent::sentence).forEach(warnings::add);
        return warnings;
    }

    /** The best model, with the data's column names. */
    public GaussianMixture model() {
        return best().result().model().withColumns(columns);
    }
}
