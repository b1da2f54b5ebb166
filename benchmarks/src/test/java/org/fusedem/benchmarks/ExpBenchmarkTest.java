package org.fusedem.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** A fast wrong answer is no benchmark: what is timed is checked here. */
class ExpBenchmarkTest {
    @Test
    void writesTheExponentialOfEveryValue() {
        ExpBenchmark benchmark = new ExpBenchmark();
        benchmark.open();
        MemorySegment results = benchmark.scalar();
        for (int i = 0; i < ExpBenchmark.VALUES; i++) {
            double exact = StrictMath.exp(-40.0 * i / (ExpBenchmark.VALUES - 1));
            // Math.exp and StrictMath.exp may each be one ulp away from the truth.
            assertEquals(exact, results.getAtIndex(ValueLayout.JAVA_DOUBLE, i), 2 * Math.ulp(exact));
        }
        benchmark.close();
    }
}
