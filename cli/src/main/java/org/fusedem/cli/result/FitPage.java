package org.fusedem.cli.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.fusedem.cli.option.ReportOption;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.plot.FitPictures;
import org.fusedem.cli.report.Page;
import org.fusedem.fit.FitResult;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/** A fit as a page with pictures. */
public final class FitPage {
    /** Up to so many starts, each can be told from the next. */
    private static final int MOST_STARTS = 1000;
    /** Fewer make no curve. */
    private static final int FEWEST_ITERATIONS = 3;

    private FitPage() {}

    public static String of(FitSummary fit, ReportOption.Typed typed) {
        Page page = new Page("Gaussian mixture of " + shortName(fit.file()));
        fit.warnings().forEach(warning -> page.warning("Warning: " + warning));
        page.facts(facts(fit));
        addMixture(page, fit.file(), fit.points(), fit.model());
        addTrace(page, "How the fit went", fit.result());
        page.section("Options").command(typed.command()).facts(typed.options());
        return page.finished(footer());
    }

    private static Map<String, String> facts(FitSummary fit) {
        FitResult result = fit.result();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("file", fit.file());
        facts.put("points", format("%,d", fit.points().size()) + FitReport.missing(fit.points())
                + (fit.points().weighted() ? ", of total weight " + result.totalWeight() : ""));
        facts.put("columns", String.join(", ", fit.model().columns()));
        facts.put("components", FitReport.count(fit.model().components(), "component") + " with " + fit.model().covariance().label()
                + " covariance");
        facts.put("log-likelihood", format("%.6f (%.6f per point)", result.logLikelihood(), result.meanLogLikelihood()));
        facts.put("BIC, AIC", format("%.3f, %.3f (smaller is better; %s)", result.bic(), result.aic(),
                FitReport.count(result.freeParameters(), "parameter")));
        facts.put("iterations", fit.iterations());
        facts.put("starts", format("%d, the best was number %d", result.restartLogLikelihoods().length,
                result.bestRestart() + 1));
        facts.put("seed", String.valueOf(fit.options().seed()));
        facts.put("time", format("%.3f s for starts, %.3f s for iterations; %s kernel, %s", result.secondsStart(),
                result.secondsIterations(), result.kernel(), FitReport.count(fit.options().threads(), "thread")));
        return facts;
    }

    /** Pictures of a mixture and its points, and its parameters. */
    static void addMixture(Page page, String file, Points points, GaussianMixture model) {
        FitPictures pictures =
                new FitPictures(shortName(file), points, points.missingValues() > 0 ? model.withMissingValues() : model);
        page.section("Points and components").picture(pictures.overview());
        if (model.dims() > 1) {
            if (model.dims() > 2 && model.dims() <= FitPictures.MOST_PAIRED) {
                page.picture(pictures.directions());
            }
            if (model.dims() == 2 || model.dims() > FitPictures.MOST_PAIRED) {
                page.picture(pictures.histograms());
            }
        }
        page.picture(pictures.certainty());
        page.section("Parameters").paragraph("Mean ± standard deviation of each column in each component.");
        List<MixtureTable.Row> rows = MixtureTable.rows(model);
        page.table(cells(rows.getFirst(), model), rows.stream().skip(1).map(row -> cells(row, model)).toList(), -1);
    }

    private static List<String> cells(MixtureTable.Row row, GaussianMixture model) {
        List<String> cells = new ArrayList<>(List.of(row.label()));
        IntStream.range(0, model.components()).mapToObj(row::cell).forEach(cells::add);
        return cells;
    }

    /** A section of what there is to see of the run, if there is anything. */
    static void addTrace(Page page, String title, FitResult result) {
        boolean trace = result.iterations() >= FEWEST_ITERATIONS;
        double[] starts = result.restartLogLikelihoods();
        boolean several = starts.length > 1 && starts.length <= MOST_STARTS;
        if (trace || several) {
            page.section(title);
        }
        if (trace) {
            page.picture(FitPictures.trace(result.trace()));
        }
        if (several) {
            page.picture(FitPictures.starts(starts, result.bestRestart()));
        }
    }

    /** Without its folders. */
    public static String shortName(String file) {
        Path name = Path.of(file).getFileName();
        return name == null ? file : name.toString();
    }

    static String footer() {
        return "Made by fusedem " + Version.text() + " on Java " + Runtime.version() + ".";
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
