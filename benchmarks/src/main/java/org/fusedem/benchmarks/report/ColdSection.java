package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;

/** What a cold JVM costs, and how it warms up. */
final class ColdSection implements Section {
    /** Full speed is reached when fits take no more than this times what they take in the end. */
    private static final double NEARLY = 1.25;

    /** Fits whose median counts as one point of the curve: a single one may meet a pause. */
    private static final int WINDOW = 25;

    @Override
    public void write(Results results, Page page) throws IOException {
        List<Result> fits = results.of("cold-fits");
        if (fits.isEmpty()) {
            return;
        }
        page.heading("Cold start");
        page.paragraph("""
                A fit of 1000 x 4 points, K=3, full, 10 iterations, again and again from the first call of a fresh JVM.
                Full speed begins with the first 25 fits whose median is within 25 % of that of the last tenth of all; the
                seconds to it are those of the fits before, without the start of the JVM. `auto` is what runs unless a kernel
                is asked for. A process is a whole JVM, from its start to its end, that generates data and fits once.""");
        List<List<String>> rows = new ArrayList<>();
        XYChart chart = Charts.logLog("From a cold JVM to full speed", "fits so far", "milliseconds per fit");
        for (Result result : fits) {
            String kernel = result.parameters().get("kernel");
            double[] millis = medianOfForks(result.values());
            double last = Median.of(Arrays.copyOfRange(millis, millis.length * 9 / 10, millis.length));
            double process = results.score("cold-process", r -> r.has("kernel", kernel)) / 1e3;
            int full = firstWithin(millis, NEARLY * last);
            rows.add(List.of(kernel, Text.time(process), Text.time(millis[0] / 1e3), Text.time(last / 1e3),
                    String.valueOf(full), Text.time(Arrays.stream(millis, 0, full).sum() / 1e3)));
            addCurve(chart, kernel, millis);
        }
        page.table(List.of("kernel", "process", "first fit", "last fits", "fits to full speed", "seconds to full speed"),
                rows);
        page.chart("cold", chart);
    }

    /** The first fit of a JVM. */
    static double firstMillis(Result result) {
        return medianOfForks(result.values())[0];
    }

    /** For each place in the order, the median over the JVMs. */
    private static double[] medianOfForks(double[][] forks) {
        double[] medians = new double[forks[0].length];
        for (int i = 0; i < medians.length; i++) {
            int place = i;
            medians[i] = Median.of(Arrays.stream(forks).mapToDouble(fork -> fork[place]).toArray());
        }
        return medians;
    }

    /** The first fit whose window has a median within the limit. */
    private static int firstWithin(double[] millis, double limit) {
        int last = Math.max(0, millis.length - WINDOW);
        int first = 0;
        while (first < last && Median.of(Arrays.copyOfRange(millis, first, first + WINDOW)) > limit) {
            first++;
        }
        return first;
    }

    /** Medians of windows that grow with the logarithm, so that the curve is as smooth at its end as at its start. */
    private static void addCurve(XYChart chart, String name, double[] millis) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int from = 0; from < millis.length;) {
            int to = Math.min(millis.length, Math.max(from + 1, (int) (from * 1.15)));
            x.add((from + 1 + to) / 2.0);
            y.add(Median.of(Arrays.copyOfRange(millis, from, to)));
            from = to;
        }
        chart.addSeries(name, x, y);
    }
}
