package org.fusedem.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
 * What a cold JVM costs, in single shots. {@link #process} starts a JVM of its own, which fits once and ends.
 * {@link #fit} is repeated in a fresh fork from its first call on: its iterations, in order, show how long it takes
 * to reach full speed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
public class ColdBenchmark {
    /** The problem: a small one, as a service meets it. */
    @Param("full:1k:4:3")
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector", "auto"})
    public String kernel;

    private DataSet data;
    private FitOptions options;

    /** For JMH. */
    public ColdBenchmark() {}

    /** Generates the data. */
    @Setup
    public void open() {
        ForcedKernel.use(kernel);
        data = DataSet.of(shape, ElementType.FLOAT64);
        options = FixedFit.options(data, FitBenchmark.ITERATIONS);
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        data.close();
    }

    /** From the start of a JVM to its end, with the generation of the data and one fit between. */
    @Benchmark
    @Fork(1)
    @Measurement(iterations = 20)
    public int process() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath(), FirstFit.class.getName()));
        command.addAll(List.of(shape, kernel));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("the process has failed: status=" + status + ", output:\n" + output);
        }
        return status;
    }

    /** A fit; the first of a fork is the first of its JVM. */
    @Benchmark
    @Fork(5)
    @Measurement(iterations = 1000)
    public FitResult fit() {
        return Fitter.fit(data.points(), options);
    }
}
