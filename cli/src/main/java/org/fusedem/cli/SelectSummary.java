package org.fusedem.cli;

import java.util.ArrayList;
import java.util.List;
import org.fusedem.em.StopReason;
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
 */
record SelectSummary(
        String file, Points points, List<String> columns, SelectOptions options, Selection selection, double seconds) {
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
        return cell.result().stopReason() != StopReason.MAX_ITERATIONS || options.fit().tolerance() == 0;
    }

    /** What may be wrong with the best one, a sentence each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!converged(best())) {
            warnings.add("the best did not converge, so more iterations would do better: raise --max-iterations");
        }
        best().result().events().stream().map(FitEvent::sentence).forEach(warnings::add);
        return warnings;
    }

    /** The best model, with the data's column names. */
    GaussianMixture model() {
        return best().result().model().withColumns(columns);
    }
}
