package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fusedem.points.ElementType;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;

/** Passes beside what the machine allows. */
final class RooflineSection implements Section {
    private static final double GIGA = 1e9;

    @Override
    public void write(Results results, Page page) throws IOException {
        if (!results.hasAny("limits-one-core", "passes-vector", "passes-float", "passes-scalar")) {
            return;
        }
        Limits one = Limits.of(results, "limits-one-core");
        Limits all = Limits.of(results, "limits-all-cores");
        page.heading("Passes, and what the machine allows");
        page.paragraph("""
                One pass is one E-step over all points by one thread: densities, responsibilities, moments. GFLOP/s count
                8 D operations per point and component for diagonal covariances and 2 D (D + 1) + 4 D for full ones,
                whatever the code executes; exponentials and logarithms are not counted. The limits were measured in the
                same run: FMA in registers, and summing a block of memory. What a shared machine allows changes from second
                to second, so the FMA peak is measured anew before and after each iteration of a pass, too: the share is
                the median of the iterations' own, with the least and the largest. The last column compares with the scalar
                kernel in double, whatever the type.""");
        page.table(List.of("limit", "one core", "all cores"), List.of(
                List.of("FMA double, GFLOP/s", Text.number(one.gflops64()), Text.number(all.gflops64())),
                List.of("FMA float, GFLOP/s", Text.number(one.gflops32()), Text.number(all.gflops32())),
                List.of("reading memory, GB/s", Text.number(one.memory()), Text.number(all.memory())),
                List.of("reading L2, GB/s", Text.number(one.cache()), Text.number(all.cache()))));

        List<Result> vector = results.of("passes-vector");
        List<Result> scalar = results.of("passes-scalar");
        List<Result> narrow = results.of("passes-float");
        page.table(List.of("pass", "kernel", "time", "GFLOP/s", "of FMA peak", "of memory bandwidth", "times scalar"),
                rows(List.of(vector, narrow, scalar), scalar, one));
        page.paragraph("""
                No pass can reach the whole peak: exponentials and their sums count nothing here, but at D=8 keep the vector
                units as busy as the densities do, and at D=2 several times as busy; the columns come from the third-level
                cache; and the sums of each component begin and end once per tile. `benchmarks/NOTES.md` takes a pass apart
                and says what was tried.""");
        if (!vector.isEmpty()) {
            page.chart("peak", peakChart(vector, scalar));
        }
        if (!vector.isEmpty() || !scalar.isEmpty()) {
            page.chart("roofline", rooflineChart(vector, scalar, one));
        }
    }

    private static List<List<String>> rows(List<List<Result>> groups, List<Result> scalar, Limits limits) {
        List<List<String>> rows = new ArrayList<>();
        for (List<Result> group : groups) {
            for (Result result : group) {
                double reference = scalar.stream().filter(r -> r.has("shape", result.parameters().get("shape")))
                        .mapToDouble(Result::seconds).findFirst().orElse(Double.NaN);
                rows.add(List.of(result.shape().label(), kernel(result), Text.time(result), Text.number(gflops(result)),
                        shares(result), Text.percent(bandwidth(result) / limits.memory()),
                        Text.times(reference / result.seconds())));
            }
        }
        return rows;
    }

    private static String kernel(Result result) {
        return result.parameters().get("kernel") + (type(result) == ElementType.FLOAT32 ? ", float" : "");
    }

    private static ElementType type(Result result) {
        return ElementType.valueOf(result.parameters().get("type"));
    }

    static double gflops(Result result) {
        return result.shape().passFlops() / result.seconds() / GIGA;
    }

    private static double bandwidth(Result result) {
        return result.shape().passBytes(type(result).bytes()) / result.seconds() / GIGA;
    }

    private static String shares(Result result) {
        double[] shares = result.sharesOfPeak();
        return shares.length == 0 ? Text.percent(Double.NaN) : Text.percent(Median.of(shares)) + " ("
                + Text.percent(shares[0]) + " to " + Text.percent(shares[shares.length - 1]) + ")";
    }

    private static CategoryChart peakChart(List<Result> vector, List<Result> scalar) {
        CategoryChart chart = Charts.bars("Share of the FMA peak of one core, double", "percent of peak");
        chart.getStyler().setXAxisLabelRotation(30);
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setYAxisMin(0.0);
        Map<String, List<Result>> kernels = new LinkedHashMap<>();
        kernels.put("vector", vector);
        kernels.put("scalar", scalar);
        kernels.forEach((name, results) -> {
            if (!results.isEmpty()) {
                chart.addSeries(name, results.stream().map(r -> r.shape().label()).toList(),
                        results.stream().map(r -> Math.round(1000 * Median.of(r.sharesOfPeak())) / 10.0).toList());
            }
        });
        return chart;
    }

    private static XYChart rooflineChart(List<Result> vector, List<Result> scalar, Limits limits) {
        XYChart chart = Charts.logLog("Roofline of one core, double", "operations per byte of points", "GFLOP/s");
        double ridge = limits.gflops64() / limits.memory();
        List<Double> heights = new ArrayList<>();
        vector.forEach(result -> heights.add(gflops(result)));
        scalar.forEach(result -> heights.add(gflops(result)));
        double[] ends = {0.5, ridge, 2000};
        double[] roof = {0.5 * limits.memory(), limits.gflops64(), limits.gflops64()};
        if (Double.isFinite(ridge)) {
            Charts.line(chart, "memory and FMA", ends, roof);
            heights.add(limits.gflops64());
        }
        chart.getStyler().setYAxisMin(Charts.decadeBelow(heights)).setYAxisMax(Charts.decadeAbove(heights));
        addPoints(chart, "vector, diagonal", vector, "diagonal");
        addPoints(chart, "vector, full", vector, "full");
        addPoints(chart, "scalar, diagonal", scalar, "diagonal");
        addPoints(chart, "scalar, full", scalar, "full");
        return chart;
    }

    private static void addPoints(XYChart chart, String name, List<Result> results, String covariance) {
        List<Result> some = results.stream().filter(r -> r.shape().covariance().label().equals(covariance)).toList();
        if (!some.isEmpty()) {
            Charts.points(chart, name,
                    some.stream().mapToDouble(r -> r.shape().passFlops() / r.shape().passBytes(Double.BYTES)).toArray(),
                    some.stream().mapToDouble(RooflineSection::gflops).toArray());
        }
    }
}
