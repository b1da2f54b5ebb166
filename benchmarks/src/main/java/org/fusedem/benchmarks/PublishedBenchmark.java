package org.fusedem.benchmarks;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
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
 * The problems of other people's benchmark pages, by all cores of this machine, once per JVM: {@link #fit} has the
 * 100 iterations of PyCave's and TorchGMM's page, {@link #pass} the single E-step of Flash-GMM's. What they have
 * published stands beside it in the report, with their hardware. Like theirs, the times hold no start and no reading
 * of data; unlike theirs, a cold JVM.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class PublishedBenchmark {
    /** EM iterations of a fit, as published. */
    static final int ITERATIONS = 100;

    /** The problem. */
    @Param({"diagonal:10k:8:4", "diagonal:100k:32:16", "full:10k:8:4", "full:100k:32:16"})
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "auto"})
    public String kernel;

    /** How the points are stored. */
    @Param("FLOAT64")
    public ElementType type;

    private final int threads = Runtime.getRuntime().availableProcessors();
    private DataSet data;
    private ExecutorService helpers;
    private FitOptions options;
    private FusedPass pass;

    /** For JMH. */
    public PublishedBenchmark() {}

    /** Generates the data. */
    @Setup
    public void open() {
        Kernel chosen = ForcedKernel.use(kernel);
        data = DataSet.of(shape, type);
        helpers = Executors.newFixedThreadPool(Math.max(1, threads - 1));
        options = FixedFit.options(data, ITERATIONS).withExecutor(threads, helpers);
        pass = new FusedPass(chosen, data, new Team(threads, helpers));
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        helpers.close();
        pass.close();
        data.close();
    }

    /** A fit of exactly {@value #ITERATIONS} iterations. */
    @Benchmark
    public FitResult fit() {
        return Fitter.fit(data.points(), options);
    }

    /** One E-step. */
    @Benchmark
    public Moments pass() {
        return pass.run();
    }
}
