package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.fusedem.benchmarks.Shape;
import org.knowm.xchart.XYChart;

/** How the time of an iteration grows along each size, and the exponents of the power laws through it. */
final class GrowthSection implements Section {
    /** Where the three lines of problems cross. */
    private static final int DIMS = 8;
    private static final int COMPONENTS = 8;

    @Override
    public void write(Results results, Page page) throws IOException {
        List<Result> all = results.of("growth");
        if (all.isEmpty()) {
            return;
        }
        page.heading("Growth");
        page.paragraph("""
                The time of one EM iteration, full covariances, one thread, along one size at a time: that of a fit of five,
                divided by five. So it holds a share of what surrounds them and of a sixth E-step, which the last
                log-likelihood takes. The exponent is that of the power law through the upper half of the measured sizes;
                below, fixed costs show.""");
        long points = all.stream().map(Result::shape).filter(shape -> shape.dims() != DIMS).findFirst()
                .map(Shape::points).orElse(0L);
        List<List<String>> exponents = new ArrayList<>();
        axis(page, exponents, all, "points", "n", r -> r.shape().dims() == DIMS && r.shape().components() == COMPONENTS,
                Shape::points);
        axis(page, exponents, all, "dims", "D", r -> r.shape().points() == points && r.shape().components() == COMPONENTS,
                Shape::dims);
        axis(page, exponents, all, "components", "K", r -> r.shape().points() == points && r.shape().dims() == DIMS,
                Shape::components);
        page.table(List.of("along", "from", "to", "exponent"), exponents);
    }

    private static void axis(Page page, List<List<String>> exponents, List<Result> all, String name, String symbol,
            Predicate<Result> which, ToDoubleFunction<Shape> size) throws IOException {
        List<Result> line = all.stream().filter(which)
                .sorted(Comparator.comparingDouble(r -> size.applyAsDouble(r.shape()))).toList();
        if (line.size() < 2) {
            return;
        }
        double[] x = line.stream().mapToDouble(r -> size.applyAsDouble(r.shape())).toArray();
        double[] y = line.stream().mapToDouble(r -> 1e3 * r.seconds()).toArray();
        int from = Math.min(x.length / 2, x.length - 2);
        PowerLaw law = PowerLaw.through(x, y, from);
        exponents.add(List.of(name, count(x[from]), count(x[x.length - 1]),
                String.format(Locale.ROOT, "%.2f", law.exponent())));

        XYChart chart = Charts.logLog("One EM iteration against " + name, symbol, "milliseconds");
        Charts.points(chart, "measured", x, y);
        double[] ends = {x[from], x[x.length - 1]};
        Charts.line(chart, String.format(Locale.ROOT, "%s^%.2f", symbol, law.exponent()), ends,
                new double[] {law.at(ends[0]), law.at(ends[1])});
        page.chart("growth-" + name, chart);
    }

    private static String count(double whole) {
        return String.format(Locale.ROOT, "%,.0f", whole);
    }
}
