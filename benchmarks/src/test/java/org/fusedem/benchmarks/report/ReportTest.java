package org.fusedem.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
                "shape" : "full:100k:8:8", "kernel" : "vector", "type" : "FLOAT64\"""", "[4, 5], [2, 4]", """
                "fmaGflops" : {"rawData" : [[100, 100], [88, 80]]}""", "ms/op"));
        write("limits-one-core", row("PeakBenchmark.fma64", "", "[100]", "", "ops/ns"));
        Page page = new Page(folder);
        new RooflineSection().write(new Results(folder), page);
        // 100k points, 8 components, 2 D (D + 1) + 4 D = 176 operations in 4 ms: 35.2 GFLOP/s. The iterations' shares:
        // 35.2 of 100, 28.16 of 100, 70.4 of 88, 35.2 of 80.
        assertTrue(page.markdown().contains("| full, 100k x 8, K=8 | vector | 4.00 ms (2.00 ms to 5.00 ms) | 35.2 | 40 % (28 % to 80 %) |"),
                page.markdown());
        assertTrue(Files.size(folder.resolve("peak.png")) > 0);
        assertTrue(page.markdown("results/x").contains("](results/x/peak.png)"));
    }

    @Test
    void losesToWhoeverWasFaster() throws IOException {
        write("peers-full", String.join(",", peer("FUSEDEM", 5), peer("FUSEDEM_SCALAR", 120), peer("ELKI", 110),
                peer("SMILE", 300)));
        write("latency-scores", String.join(",", latency("scalar", 0.2, 40), latency("vector", 0.3, 4)));
        Page page = new Page(folder);
        new LossesSection().write(new Results(folder), page);
        assertEquals("""
                ## Where we lose

                - ELKI 0.8.0 is faster than our plain loops, which small fits run in without `ComputeKernel.warmUp`: full, \
                10k x 8, K=8, 110 ms against 120 ms.
                - Requests to score wait longer for the vector kernel than for the scalar one: full, 1k x 4, K=3, p50 300 ns \
                against 200 ns.
                """, page.markdown());
    }

    @Test
    void whatWasNotRunIsNotThere() throws IOException {
        Page page = new Page(folder);
        Contents.write(Machine.here(folder, "benchmarks/report"), new Results(folder), page);
        assertFalse(page.markdown().contains("## "), page.markdown());
    }

    @Test
    void theMiddleOfAnyValues() {
        assertEquals(4, Median.of(new double[] {5, 4, 1}));
        assertEquals(3, Median.of(new double[] {5, 4, 1, 2}));
        assertEquals(Double.NaN, Median.of(new double[0]));
    }

    private static String peer(String peer, int millis) {
        return row("peers.PeerBenchmark.fit", """
                "shape" : "full:10k:8:8", "peer" : "%s\"""".formatted(peer), "[" + millis + "]", "", "ms/op");
    }

    private static String latency(String kernel, double p50, double p99) {
        return row("LatencyBenchmark.requests", """
                "shape" : "full:1k:4:3", "request" : "SCORE", "kernel" : "%s\"""".formatted(kernel), "[5000]", """
                "p50" : {"rawData" : [[%s]]}, "p99" : {"rawData" : [[%s]]}""".formatted(p50, p99), "ms/op");
    }

    private void write(String suite, String row) throws IOException {
        Files.writeString(folder.resolve(suite + ".json"), "[" + row + "]");
    }

    private static String row(String benchmark, String parameters, String values, String secondary, String unit) {
        return """
                {"benchmark" : "org.fusedem.benchmarks.%s", "params" : {%s}, "primaryMetric" : {
                 "score" : 3.75, "scoreError" : "NaN", "scoreUnit" : "%s", "rawData" : [%s]}, "secondaryMetrics" : {%s}}
                """.formatted(benchmark, parameters, unit, values, secondary);
    }
}
