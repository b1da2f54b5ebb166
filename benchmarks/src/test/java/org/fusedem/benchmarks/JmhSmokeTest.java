package org.fusedem.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH finds the benchmarks and runs one in a fork of its own, as benchmarks/run does. */
class JmhSmokeTest {
    @Test
    void runsAPass() throws RunnerException {
        var results = new Runner(new OptionsBuilder()
                .include("PassBenchmark")
                .param("shape", "full:1k:4:3")
                .param("kernel", "scalar")
                .forks(1)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(50))
                .verbosity(VerboseMode.SILENT)
                .build()).run();
        assertEquals(1, results.size());
        double peak = results.iterator().next().getSecondaryResults().get("fmaGflops").getScore();
        assertTrue(peak > 0 && peak < 1000, "GFLOP/s: " + peak);
    }
}
