package org.fusedem.benchmarks;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Team;
import org.fusedem.moments.Moments;
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
 * The same pass by more and more threads. The result has the same bits each time; the time should fall in proportion
 * to the threads, as long as there are cores for them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(5)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class ThreadsBenchmark {
    /** The problem. */
    @Param({"diagonal:100k:16:16", "full:100k:16:16"})
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector"})
    public String kernel;

    /** The threads that share the pass, the caller included. */
    @Param({"1", "2"})
    public int threads;

    private DataSet data;
    private ExecutorService helpers;
    private FusedPass pass;

    /** For JMH. */
    public ThreadsBenchmark() {}

    /** Generates the data, starts the helpers and warms up. */
    @Setup
    public void open() {
        Kernel chosen = ForcedKernel.use(kernel);
        data = DataSet.of(shape, ElementType.FLOAT64);
        helpers = Executors.newFixedThreadPool(Math.max(1, threads - 1));
        pass = new FusedPass(chosen, data, new Team(threads, helpers));
        Warmth.reach(pass::run);
    }

    /** Ends the helpers and frees the data. */
    @TearDown
    public void close() {
        helpers.close();
        pass.close();
        data.close();
    }

    /** The pass. */
    @Benchmark
    public Moments pass() {
        return pass.run();
    }
}
