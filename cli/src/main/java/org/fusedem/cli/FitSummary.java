package org.fusedem.cli;

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
 */
record FitSummary(String file, Points points, FitOptions options, FitResult result, GaussianMixture model) {
    /** Why the iterations ended, in words. */
    String whyStopped() {
        return result.converged() ? options.convergence().sentence() : result.stopReason().sentence();
    }
}
