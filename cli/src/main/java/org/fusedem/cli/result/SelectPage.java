package org.fusedem.cli.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.fusedem.cli.option.ReportOption;
import org.fusedem.cli.plot.Curve;
import org.fusedem.cli.plot.FitPictures;
import org.fusedem.cli.report.Page;
import org.fusedem.moments.Covariance;
import org.fusedem.select.Cell;
import org.fusedem.select.Criterion;

/** A selection as a page with pictures. */
public final class SelectPage {
    /** Differences of criteria are to be seen from here on. */
    private static final double LEAST_NATS = 0.1;
    private static final double LEAST_NATS_PER_POINT = 1e-4;

    private final SelectSummary summary;

    private SelectPage(SelectSummary summary) {
        this.summary = summary;
    }

    public static String of(SelectSummary summary, ReportOption.Typed typed) {
        return new SelectPage(summary).page(typed);
    }

    private String page(ReportOption.Typed typed) {
        Page page = new Page("Number of components and shape for " + FitPage.shortName(summary.file()));
        summary.warnings().forEach(warning -> page.warning("Warning: " + warning));
        page.facts(facts());
        page.section("Criteria");
        page.picture(FitPictures.criterion("BIC", curves(Criterion.BIC, Cell.Fitted::bic), LEAST_NATS));
        page.picture(FitPictures.criterion("ICL", curves(Criterion.ICL, Cell.Fitted::icl), LEAST_NATS));
        if (summary.options().folds() > 0) {
            page.picture(FitPictures.criterion("held-out log-likelihood",
                    curves(Criterion.CROSS_VALIDATION, cell -> cell.heldOut().meanLogLikelihood()), LEAST_NATS_PER_POINT));
        }
        List<List<String>> rows = SelectReport.rows(summary);
        int width = rows.getFirst().size();
        page.table(rows.getFirst(), rows.stream().skip(1).map(row -> filled(row, width)).toList(),
                summary.selection().cells().indexOf(summary.best()));
        FitPage.addMixture(page, summary.file(), summary.points(), summary.model());
        FitPage.addTrace(page, "How the best fit went", summary.best().result());
        page.section("Options").command(typed.command()).facts(typed.options());
        return page.finished(FitPage.footer());
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("file", summary.file());
        facts.put("points", String.format(Locale.ROOT, "%,d", summary.points().size())
                + FitReport.missing(summary.points()));
        facts.put("columns", String.join(", ", summary.columns()));
        facts.put("best", FitReport.count(summary.best().components(), "component") + " with "
                + summary.best().covariance().label()
                + " covariance, found from " + summary.best().origin().phrase());
        facts.put("by", summary.criterion());
        facts.put("seed", String.valueOf(summary.options().fit().seed()));
        facts.put("time", String.format(Locale.ROOT, "%.3f s, %s",
                summary.seconds(), FitReport.count(summary.options().fit().threads(), "thread")));
        return facts;
    }

    /** One per shape; ringed is what is best by this criterion, which need not be the one that was asked for. */
    private List<Curve> curves(Criterion criterion, ToDoubleFunction<Cell.Fitted> value) {
        Cell.Fitted best = summary.selection().bestBy(criterion).orElse(null);
        List<Curve> curves = new ArrayList<>();
        for (Covariance shape : summary.options().covariances()) {
            List<Curve.Dot> dots = new ArrayList<>();
            for (Cell cell : summary.selection().cells()) {
                if (cell.covariance() == shape && cell instanceof Cell.Fitted fitted) {
                    dots.add(new Curve.Dot(cell.components(), value.applyAsDouble(fitted), fitted.degenerate(),
                            fitted == best));
                }
            }
            dots.sort(Comparator.comparingLong(Curve.Dot::x));
            curves.add(new Curve(shape.label(), dots));
        }
        return curves;
    }

    private static List<String> filled(List<String> row, int width) {
        List<String> filled = new ArrayList<>(row);
        filled.addAll(Collections.nCopies(width - row.size(), ""));
        return filled;
    }
}
