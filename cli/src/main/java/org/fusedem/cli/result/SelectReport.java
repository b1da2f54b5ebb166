package org.fusedem.cli.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.fusedem.select.Cell;
import org.fusedem.select.Criterion;

/** A selection for people: a row per cell, the best one marked. */
public final class SelectReport {
    private final SelectSummary summary;
    private final Appendable out;
    /** Lines of cells, names first; the last cell of a line is its remark, which no column is as wide as. */
    private final List<List<String>> rows = new ArrayList<>();

    private SelectReport(SelectSummary summary, Appendable out) {
        this.summary = summary;
        this.out = out;
        rows.add(columns());
        for (Cell cell : summary.selection().cells()) {
            rows.add(row(cell));
        }
    }

    public static void write(SelectSummary summary, Appendable out) throws IOException {
        SelectReport report = new SelectReport(summary, out);
        report.title();
        report.table();
        report.best();
        report.warnings();
    }

    /** The names of the columns, then a row per cell; those of a cell that failed are fewer. */
    static List<List<String>> rows(SelectSummary summary) {
        return new SelectReport(summary, new StringBuilder()).rows;
    }

    private void title() throws IOException {
        String weight = summary.points().weighted() ? " of total weight " + summary.best().result().totalWeight() : "";
        line("%s: %s%s in %s%s; the best of %s by %s is marked", summary.file(),
                FitReport.count(summary.points().size(), "point"), weight,
                FitReport.count(summary.columns().size(), "column"), FitReport.missing(summary.points()),
                FitReport.count(summary.selection().cells().size(), "fit"), summary.criterion());
        line("");
    }

    private boolean validated() {
        return summary.options().folds() > 0;
    }

    private List<String> columns() {
        List<String> names = new ArrayList<>(List.of("", "components", "covariance", "log-likelihood", "parameters",
                "BIC", "AIC", "ICL"));
        if (validated()) {
            names.add("held out");
        }
        names.addAll(List.of("iterations", "seconds", ""));
        return names;
    }

    private List<String> row(Cell cell) {
        List<String> row = new ArrayList<>();
        row.add(cell == summary.best() ? "*" : "");
        row.add(String.valueOf(cell.components()));
        row.add(cell.covariance().label());
        switch (cell) {
            case Cell.Fitted fitted -> addNumbers(fitted, row);
            case Cell.Failed failed -> row.add("failed: " + failed.reason());
        }
        return row;
    }

    private void addNumbers(Cell.Fitted cell, List<String> row) {
        row.add(format("%.3f", cell.logLikelihood()));
        row.add(String.valueOf(cell.parameterCount()));
        row.add(format("%.3f", cell.bic()));
        row.add(format("%.3f", cell.aic()));
        row.add(format("%.3f", cell.icl()));
        if (validated()) {
            row.add(format("%.4f ± %.4f", cell.heldOut().meanLogLikelihood(), cell.heldOut().standardError()));
        }
        row.add(String.valueOf(cell.result().iterations()));
        row.add(format("%.3f", cell.seconds()));
        row.add(remark(cell));
    }

    private String remark(Cell.Fitted cell) {
        List<String> remarks = new ArrayList<>();
        if (cell.degenerate()) {
            remarks.add("degenerate");
        }
        if (!summary.converged(cell)) {
            remarks.add("not converged");
        }
        return String.join(", ", remarks);
    }

    private void table() throws IOException {
        int[] widths = IntStream.range(0, columns().size() - 1)
                .map(i -> rows.stream().filter(row -> row.size() == columns().size())
                        .mapToInt(row -> row.get(i).length()).max().orElseThrow())
                .toArray();
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                boolean last = i == row.size() - 1;
                // Words begin, and numbers end, below each other.
                String format = last ? "%s" : i == 2 ? "%-" + widths[i] + "s" : "%" + Math.max(1, widths[i]) + "s";
                text.append(i == 0 ? "" : "  ").append(format(format, row.get(i)));
            }
            line("%s", text.toString().stripTrailing());
        }
        line("");
    }

    private void best() throws IOException {
        Cell.Fitted best = summary.best();
        line("best   %s with %s covariance, found from %s", FitReport.count(best.components(), "component"),
                best.covariance().label(), best.origin().phrase());
        line("by     %s; %s is better; seed %d", summary.criterion(),
                summary.options().criterion() == Criterion.CROSS_VALIDATION ? "larger" : "smaller",
                summary.options().fit().seed());
        line("time   %.3f s, %s", summary.seconds(),
                FitReport.count(summary.options().fit().threads(), "thread"));
    }

    private void warnings() throws IOException {
        for (String warning : summary.warnings()) {
            line("warning: %s", warning);
        }
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void line(String format, Object... values) throws IOException {
        out.append(format(format, values)).append('\n');
    }
}
