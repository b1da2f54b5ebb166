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
        List<Result> stages = results.of("stages");
        List<Result> functions = results.of("elementary");
        if (stages.isEmpty() && functions.isEmpty()) {
            return;
        }
        page.heading("Parts of a pass");
        if (!stages.isEmpty()) {
            page.paragraph("""
                    Each stage alone, over one tile in cache, in nanoseconds per point and component. The second stage works
                    in place: the time to restore its input is measured alone and subtracted.""");
            page.table(List.of("problem", "kernel", "densities", "log-sum-exp", "moments"), stageRows(stages));
        }
        if (!functions.isEmpty()) {
            page.paragraph("""
                    Over values in the nearest cache: `MATH` is the JDK's `Math`, `VECTOR` its vector API, and `KERNEL` ours,
                    which works on a copy, and whose exponentials are of differences and are summed, as in a pass.""");
            page.table(List.of("function", "by", "ns per value"), functions.stream()
                    .map(result -> List.of(result.benchmark().substring(result.benchmark().indexOf('.') + 1),
                            result.parameters().get("by"), Text.number(result.seconds() * 1e9)))
                    .toList());
        }
    }

    private static List<List<String>> stageRows(List<Result> stages) {
        List<List<String>> rows = new ArrayList<>();
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
        return rows;
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
