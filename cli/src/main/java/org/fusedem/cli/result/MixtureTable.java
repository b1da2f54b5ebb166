package org.fusedem.cli.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * A mixture as a table: a column per component, a row per feature with mean and standard deviation, then the
 * correlations if they are few. What is wider than a screen is folded.
 */
final class MixtureTable {
    private static final int SCREEN_WIDTH = 100;
    private static final int LABEL_WIDTH = 32;
    /** Up to so many features, 15 pairs, correlations are worth reading. */
    private static final int CORRELATED_FEATURES = 6;
    /** Digits after the point beyond which a number is easier to read with an exponent. */
    private static final int MOST_DECIMALS = 6;

    private static final double LARGEST_PLAIN = 1e9;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final GaussianMixture model;
    private final double[][] deviations;
    private final List<Row> rows = new ArrayList<>();

    /** What stands before a value, and between it and its deviation. */
    private static final int GAPS = "   ".length() + " ± ".length();

    /** A row: its label, and per component a value and perhaps, behind a plus-minus sign, a deviation. */
    record Row(String label, List<String> values, List<String> deviations) {
        Row(String label, List<String> values) {
            this(label, values, values.stream().map(value -> "").toList());
        }

        /** What a component's cell says. */
        String cell(int component) {
            String deviation = deviations.get(component);
            return values.get(component) + (deviation.isEmpty() ? "" : " ± " + deviation);
        }
    }

    private MixtureTable(GaussianMixture model) {
        this.model = model;
        deviations = new double[model.components()][model.dims()];
        addWeights();
        for (int k = 0; k < model.components(); k++) {
            for (int i = 0; i < model.dims(); i++) {
                deviations[k][i] = Math.sqrt(model.covariance(k, i, i));
            }
        }
        for (int i = 0; i < model.dims(); i++) {
            addFeature(i);
        }
        boolean correlated = model.covariance() == Covariance.FULL || model.covariance() == Covariance.TIED;
        if (correlated && model.dims() <= CORRELATED_FEATURES) {
            addCorrelations();
        }
    }

    /** The rows as they are, the first the components' numbers. */
    static List<Row> rows(GaussianMixture model) {
        return new MixtureTable(model).rows;
    }

    static void write(GaussianMixture model, Appendable out) throws IOException {
        new MixtureTable(model).write(out);
    }

    private void addWeights() {
        rows.add(new Row("component", IntStream.rangeClosed(1, model.components()).mapToObj(String::valueOf).toList()));
        rows.add(new Row("weight", DoubleStream.of(model.weights()).mapToObj(w -> format("%.4f", w)).toList()));
    }

    private void addFeature(int feature) {
        String format = format(feature);
        List<String> means = new ArrayList<>();
        List<String> spreads = new ArrayList<>();
        for (int k = 0; k < model.components(); k++) {
            means.add(format(format, model.mean(k, feature)));
            spreads.add(format(format, deviations[k][feature]));
        }
        rows.add(new Row(shortened(model.columns().get(feature)), means, spreads));
    }

    /** As many decimals as show the smallest deviation with three digits; an exponent for very small and very large. */
    private String format(int feature) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int k = 0; k < model.components(); k++) {
            smallest = Math.min(smallest, deviations[k][feature]);
            largest = Math.max(largest, Math.max(Math.abs(model.mean(k, feature)), deviations[k][feature]));
        }
        int decimals = Math.max(0, SIGNIFICANT_DIGITS - 1 - (int) Math.floor(Math.log10(smallest)));
        return decimals > MOST_DECIMALS || largest >= LARGEST_PLAIN ? "%.4e" : "%." + decimals + "f";
    }

    private void addCorrelations() {
        for (int i = 0; i < model.dims(); i++) {
            for (int j = 0; j < i; j++) {
                List<String> values = new ArrayList<>();
                for (int k = 0; k < model.components(); k++) {
                    values.add(format("%.3f", correlation(k, i, j)));
                }
                rows.add(new Row("correlation of " + shortened(model.columns().get(j)) + ", "
                        + shortened(model.columns().get(i)), values));
            }
        }
    }

    private double correlation(int component, int i, int j) {
        double correlation =
                model.covariance(component, i, j) / (deviations[component][i] * deviations[component][j]);
        // What rounds to nothing is shown without a sign.
        return Math.abs(correlation) < 0.0005 ? 0 : correlation;
    }

    private void write(Appendable out) throws IOException {
        int[] valueWidths = widths(Row::values);
        int[] deviationWidths = widths(Row::deviations);
        int labelWidth = rows.stream().mapToInt(row -> row.label.length()).max().orElseThrow();
        int from = 0;
        while (from < model.components()) {
            int to = from + 1;
            int width = labelWidth + GAPS + valueWidths[from] + deviationWidths[from];
            while (to < model.components()
                    && width + GAPS + valueWidths[to] + deviationWidths[to] <= SCREEN_WIDTH) {
                width += GAPS + valueWidths[to] + deviationWidths[to];
                to++;
            }
            for (Row row : rows) {
                StringBuilder line = new StringBuilder(format("%-" + labelWidth + "s", row.label));
                for (int k = from; k < to; k++) {
                    String deviation = row.deviations.get(k);
                    line.append(format("   %" + valueWidths[k] + "s", row.values.get(k)))
                            .append(format(" %s %" + deviationWidths[k] + "s", deviation.isEmpty() ? " " : "±", deviation));
                }
                out.append(line.toString().stripTrailing()).append('\n');
            }
            out.append('\n');
            from = to;
        }
    }

    /** The width of each component's column. */
    private int[] widths(Function<Row, List<String>> cells) {
        int[] widths = new int[model.components()];
        for (Row row : rows) {
            for (int k = 0; k < widths.length; k++) {
                widths[k] = Math.max(widths[k], cells.apply(row).get(k).length());
            }
        }
        return widths;
    }

    private static String shortened(String name) {
        return name.length() <= LABEL_WIDTH ? name : name.substring(0, LABEL_WIDTH - 3) + "...";
    }

    private static String format(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String format(String format, Object first, Object second) {
        return String.format(Locale.ROOT, format, first, second);
    }
}
