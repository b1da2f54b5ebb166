package org.fusedem.cli.result;

import java.util.ArrayList;
import java.util.List;
import org.fusedem.em.StopReason;
import org.fusedem.fit.FitEvent;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/**
 * Everything about a fit that is worth telling.
 *
 * @param file the data's name
 * @param points the data
 * @param options what was asked for
 * @param result what was found
 * @param model what was found, with the data's column names
 * @param stopped whether somebody stopped it before its end
 */
public record FitSummary(
        String file, Points points, FitOptions options, FitResult result, GaussianMixture model,
        boolean stopped) {
    /** What may be wrong with it, a sentence each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (stopped) {
            warnings.add("stopped before its end, so this is the best so far");
        }
        if (result.stopReason() == StopReason.MAX_ITERATIONS && options.tolerance() > 0) {
            warnings.add("not converged, so more iterations would do better: raise --max-iterations");
        }
        result.events().stream().map(FitEvent::sentence).forEach(warnings::add);
        return warnings;
    }

    /** How many iterations there were, and why they ended, in words. */
    String iterations() {
        return result.iterations() + (options.hasShortRuns() ? " after the short runs" : "") + ", until " + whyStopped();
    }

    /** Why the iterations ended, in words. */
    String whyStopped() {
        return result.converged() ? options.convergence().sentence() : result.stopReason().sentence();
    }
}
