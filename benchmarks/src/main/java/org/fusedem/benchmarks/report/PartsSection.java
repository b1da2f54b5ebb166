package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fusedem.benchmarks.Shape;
import org.fusedem.benchmarks.StageBenchmark;
import org.fusedem.points.ElementType;

/** The stages of a pass, and the elementary functions they need. */
final class PartsSection implements Section {
    @Override
    public void write(Results results, Page page) throws IOException {
        page.heading("Parts of a pass");
        page.paragraph("""
                Each stage alone, over one tile in cache, in nanoseconds per point and component. The second stage works
                in place: the time to restore its input is measured alone and subtracted.""");
        List<List<String>> rows = new ArrayList<>();
        List<Result> stages = results.of("stages");
        for (Result densities : stages) {
            if (densities.benchmark().equals("StageBenchmark.densities")) {
                rows.add(List.of(densities.shape().covariance().label() + ", D=" + densities.shape().dims() + ", K="
                                + densities.shape().components(),
                        densities.parameters().get("kernel"),
                        Text.number(nanos(densities)),
                        Text.number(nanos(same(stages, densities, "responsibilities"))
                                - nanos(same(stages, densities, "restore"))),
                        Text.number(nanos(same(stages, densities, "moments")))));
            }
        }
        page.table(List.of("problem", "kernel", "densities", "log-sum-exp", "moments"), rows);

        List<List<String>> functions = new ArrayList<>();
        for (Result result : results.of("elementary")) {
            functions.add(List.of(result.benchmark().substring(result.benchmark().indexOf('.') + 1),
                    result.parameters().get("by"), Text.number(result.seconds() * 1e9)));
        }
        page.table(List.of("function", "by", "ns per value"), functions);
    }

    private static Result same(List<Result> stages, Result as, String method) {
        return stages.stream()
                .filter(r -> r.benchmark().equals("StageBenchmark." + method) && r.parameters().equals(as.parameters()))
                .findFirst().orElse(null);
    }

    /** Per point and component. */
    private static double nanos(Result result) {
        if (result == null) {
            return Double.NaN;
        }
        Shape shape = result.shape();
        int points = StageBenchmark.tilePoints(shape, ElementType.valueOf(result.parameters().get("type")));
        return result.seconds() * 1e9 / ((double) points * shape.components());
    }
}
