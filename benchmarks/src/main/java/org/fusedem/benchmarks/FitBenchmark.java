package org.fusedem.benchmarks;

import java.util.concurrent.TimeUnit;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.points.ElementType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole fit: {@value #ITERATIONS} EM iterations from a given start, never stopped early. Beside the passes this
 * holds the allocation of all scratch, the scales of the features, and the last log-likelihood.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(5)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class FitBenchmark {
    /** EM iterations of each fit. */
    static final int ITERATIONS = 10;

    /** The problem. The first is small enough for what surrounds the passes to show. */
    @Param({"full:1k:4:3", "diagonal:100k:8:8", "full:100k:8:8"})
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector", "auto"})
    public String kernel;

    private DataSet data;
    private FitOptions options;

    /** For JMH. */
    public FitBenchmark() {}

    /** Generates the data and warms up. */
    @Setup
    public void open() {
        ForcedKernel.use(kernel);
        data = DataSet.of(shape, ElementType.FLOAT64);
        options = FixedFit.options(data, ITERATIONS);
        Warmth.reach(this::fit);
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        data.close();
    }

    /** The fit. */
    @Benchmark
    public FitResult fit() {
        return Fitter.fit(data.points(), options);
    }
}
