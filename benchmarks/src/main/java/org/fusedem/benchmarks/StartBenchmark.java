package org.fusedem.benchmarks;

import java.util.concurrent.TimeUnit;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
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
 * The price of a start: each kind of start, followed by one EM iteration. {@code GIVEN} is that iteration alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(5)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class StartBenchmark {
    /** The kinds of start. */
    public enum Kind {
        /** A mixture that is there already. */
        GIVEN,
        /** Greedy k-means++ on a sample. */
        K_MEANS_PLUS_PLUS,
        /** K different points. */
        RANDOM_POINTS,
        /** Random responsibilities. */
        RANDOM_RESPONSIBILITIES
    }

    /** The problem. */
    @Param("full:100k:8:8")
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector"})
    public String kernel;

    /** The start. */
    @Param
    public Kind start;

    private DataSet data;
    private FitOptions options;

    /** For JMH. */
    public StartBenchmark() {}

    /** Generates the data and warms up. */
    @Setup
    public void open() {
        ForcedKernel.use(kernel);
        data = DataSet.of(shape, ElementType.FLOAT64);
        options = FixedFit.options(data, 1).withRestarts(1).withStart(switch (start) {
            case GIVEN -> new Start.Given(data.start());
            case K_MEANS_PLUS_PLUS -> new Start.KMeansPlusPlus();
            case RANDOM_POINTS -> new Start.RandomPoints();
            case RANDOM_RESPONSIBILITIES -> new Start.RandomResponsibilities();
        });
        Warmth.reach(this::start);
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        data.close();
    }

    /** The start and one iteration. */
    @Benchmark
    public FitResult start() {
        return Fitter.fit(data.points(), options);
    }
}
