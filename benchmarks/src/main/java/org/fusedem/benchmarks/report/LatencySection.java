package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;

/** How long a caller waits. */
final class LatencySection implements Section {
    private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p999", "p9999");

    /** One in so many requests waits longer. */
    private static final double[] ONE_IN = {2, 10, 100, 1_000, 10_000};

    @Override
    public void write(Results results, Page page) throws IOException {
        List<Result> all = new ArrayList<>(results.of("latency-scores"));
        all.addAll(results.of("latency-beside"));
        all.addAll(results.of("latency-fits"));
        if (all.isEmpty()) {
            return;
        }
        page.heading("Latency");
        page.paragraph("""
                Requests arrive on a fixed schedule at one thread, and each one's clock starts when the schedule says it
                arrives, so that a pause counts for all that wait meanwhile (no coordinated omission). In microseconds, from
                an HdrHistogram; the mean of the JVMs' percentiles. `work` is the time of the work alone. A percentile
                beyond the number of requests is the longest of them. "Beside fits": the other core fits without a pause.""");
        List<List<String>> rows = new ArrayList<>();
        XYChart chart = Charts.logLog("Latency of requests on a fixed schedule", "percentile, from p50", "microseconds");
        chart.getStyler().setXAxisTickLabelsFormattingFunction(LatencySection::percentile);
        chart.getStyler().setXAxisLogarithmicDecadeOnly(true);
        for (Result result : all) {
            String name = result.parameters().get("request").toLowerCase(Locale.ROOT) + ", "
                    + result.parameters().get("kernel") + (result.has("beside", "fits") ? ", beside fits" : "");
            List<String> row = new ArrayList<>(List.of(name, result.parameters().get("rate"),
                    result.parameters().get("seconds")));
            for (String percentile : PERCENTILES) {
                row.add(Text.number(result.mean(percentile)));
            }
            row.add(Text.number(result.mean("max")));
            row.add(Text.number(result.mean("serviceP99")));
            row.add(Text.number(result.mean("serviceMax")));
            rows.add(row);
            chart.addSeries(name, ONE_IN,
                    PERCENTILES.stream().mapToDouble(percentile -> result.mean(percentile)).toArray());
        }
        page.table(List.of("request", "per second", "seconds", "p50", "p90", "p99", "p99.9", "p99.99", "max", "work p99",
                "work max"), rows);
        page.chart("latency", chart);
    }

    /** The tick of one in so many: 10 is p90, 1000 is p99.9. */
    private static String percentile(double oneIn) {
        String percent = BigDecimal.valueOf(100 - 100 / oneIn)
                .setScale(4, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
        return "p" + percent;
    }
}
