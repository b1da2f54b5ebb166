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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How the time of one EM iteration grows with the points, the dims and the components: fits of a few iterations, the
 * time divided by their number.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class GrowthBenchmark {
    /** Enough for what surrounds them, two light passes and the quartiles, to matter only where there is little to do. */
    static final int ITERATIONS = 5;

    /** The problems: along n, along D, along K, all through one common point. */
    @Param({
        "full:1k:8:8", "full:10k:8:8", "full:100k:8:8", "full:1M:8:8",
        "full:10k:1:8", "full:10k:2:8", "full:10k:4:8", "full:10k:16:8", "full:10k:32:8", "full:10k:64:8",
        "full:10k:128:8", "full:10k:256:8",
        "full:10k:8:1", "full:10k:8:4", "full:10k:8:16", "full:10k:8:64", "full:10k:8:256", "full:10k:8:1024"
    })
    public String shape;

    /** Who does the arithmetic. */
    @Param("vector")
    public String kernel;

    private DataSet data;
    private FitOptions options;

    /** For JMH. */
    public GrowthBenchmark() {}

    /** Generates the data and warms up. */
    @Setup
    public void open() {
        ForcedKernel.use(kernel);
        data = DataSet.of(shape, ElementType.FLOAT64);
        options = FixedFit.options(data, ITERATIONS);
        Warmth.reach(this::iteration);
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        data.close();
    }

    /** One iteration, as one part of a short fit. */
    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public FitResult iteration() {
        return Fitter.fit(data.points(), options);
    }
}
