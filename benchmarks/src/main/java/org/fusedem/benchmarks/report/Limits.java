package org.fusedem.benchmarks.report;

import java.io.IOException;
import org.fusedem.points.ElementType;

/**
 * What the machine allowed in the same run.
 *
 * @param gflops64 in double, one core
 * @param gflops32 in float, one core
 * @param memory GB/s from memory, one core
 * @param cache GB/s from the second-level cache, one core
 */
record Limits(double gflops64, double gflops32, double memory, double cache) {
    /** A block beyond this is read from memory. */
    private static final long CACHE_BYTES = 1 << 24;

    static Limits of(Results results, String suite) throws IOException {
        return new Limits(
                results.score(suite, r -> r.benchmark().equals("PeakBenchmark.fma64")),
                results.score(suite, r -> r.benchmark().equals("PeakBenchmark.fma32")),
                results.score(suite, r -> r.parameters().containsKey("blockBytes") && blockBytes(r) > CACHE_BYTES),
                results.score(suite, r -> r.parameters().containsKey("blockBytes") && blockBytes(r) <= CACHE_BYTES));
    }

    private static long blockBytes(Result result) {
        return Long.parseLong(result.parameters().get("blockBytes"));
    }

    double gflops(ElementType type) {
        return type == ElementType.FLOAT64 ? gflops64 : gflops32;
    }
}
