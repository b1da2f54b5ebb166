package org.fusedem.cli.result;

import java.io.IOException;
import java.util.Locale;
import org.fusedem.fit.FitResult;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/** A fit for people. */
public final class FitReport {
    private final FitSummary fit;
    private final FitResult result;
    private final Appendable out;

    private FitReport(FitSummary fit, Appendable out) {
        this.fit = fit;
        this.result = fit.result();
        this.out = out;
    }

    public static void write(FitSummary fit, Appendable out) throws IOException {
        FitReport report = new FitReport(fit, out);
        report.title();
        MixtureTable.write(fit.model(), out);
        report.numbers();
        report.warnings();
    }

    private void title() throws IOException {
        GaussianMixture model = fit.model();
        String weight = fit.points().weighted() ? " of total weight " + result.totalWeight() : "";
        line("%s: %s%s in %s%s, %s with %s covariance; mean ± standard deviation", fit.file(),
                count(fit.points().size(), "point"), weight, count(model.dims(), "column"),
                missing(fit.points()),
                count(model.components(), "component"), model.covariance().label());
        line("");
    }

    private void numbers() throws IOException {
        line("log-likelihood  %.6f (%.6f per point)", result.logLikelihood(), result.meanLogLikelihood());
        line("BIC, AIC        %.3f, %.3f (smaller is better; %s)", result.bic(), result.aic(),
                count(result.freeParameters(), "parameter"));
        line("%-15s %s", result.iterations() == 1 ? "iteration" : "iterations", fit.iterations());
        line("starts          %d, the best was number %d; seed %d", result.restartLogLikelihoods().length,
                result.bestRestart() + 1, fit.options().seed());
        line("time            %.3f s for starts, %.3f s for iterations; %s kernel, %s", result.secondsStart(),
                result.secondsIterations(), result.kernel(), count(fit.options().threads(), "thread"));
    }

    private void warnings() throws IOException {
        for (String warning : fit.warnings()) {
            line("warning: %s", warning);
        }
    }

    /** How many values are missing, if any. */
    static String missing(Points points) {
        return points.missingValues() == 0 ? "" : " (" + count(points.missingValues(), "value") + " missing)";
    }

    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void line(String format, Object... values) throws IOException {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
