package org.fusedem.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.fusedem.benchmarks.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void suitesHaveNamesAndShapesOfTheirOwn(Scale scale) {
        Set<String> names = new HashSet<>();
        for (Suite suite : Suites.of(scale)) {
            assertTrue(names.add(suite.name()), suite.name());
            for (String shape : suite.parameters().getOrDefault("shape", new String[0])) {
                assertEquals(shape, Shape.parse(shape).toString(), suite.name());
            }
        }
    }

    @Test
    void turnsRawResultsIntoAPage() throws IOException {
        write("passes-vector", row("PassBenchmark.pass", """
                "shape" : "full:100k:8:8", "kernel" : "vector", "type" : "FLOAT64\"""", 4, "ms/op"));
        write("limits-one-core", row("PeakBenchmark.fma64", "", 100, "ops/ns"));
        Page page = new Page(folder);
        new RooflineSection().write(new Results(folder), page);
        // 100k points, 8 components, 2 D (D + 1) + 4 D = 176 operations in 4 ms: 35.2 GFLOP/s of 100.
        assertTrue(page.markdown().contains("| full, 100k x 8, K=8 | vector | 4.00 ms | 35.2 | 35 % |"), page.markdown());
        assertTrue(Files.size(folder.resolve("peak.png")) > 0);
        assertTrue(page.markdown("results/x").contains("](results/x/peak.png)"));
    }

    private void write(String suite, String row) throws IOException {
        Files.writeString(folder.resolve(suite + ".json"), "[" + row + "]");
    }

    private static String row(String benchmark, String parameters, double score, String unit) {
        return """
                {"benchmark" : "org.fusedem.benchmarks.%s", "params" : {%s}, "primaryMetric" : {
                 "score" : %s, "scoreError" : "NaN", "scoreUnit" : "%s", "rawData" : [[%s]]}, "secondaryMetrics" : {}}
                """.formatted(benchmark, parameters, score, unit, score);
    }
}
