package org.fusedem.benchmarks;

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
 * The same pass with vectors of 128, 256 and 512 bits, each in JVMs that are told to use no more. A width that the
 * machine lacks gives the time of the widest it has.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class WidthBenchmark {
    private static final int FORKS = 5;

    /** The problem. */
    @Param({"diagonal:100k:16:16", "full:100k:16:16"})
    public String shape;

    /** How the points are stored. */
    @Param("FLOAT64")
    public ElementType type;

    private DataSet data;
    private FusedPass pass;

    /** For JMH. */
    public WidthBenchmark() {}

    /** Generates the data and warms up. */
    @Setup
    public void open() {
        Kernel kernel = ForcedKernel.use("vector");
        data = DataSet.of(shape, type);
        pass = new FusedPass(kernel, data, Team.CALLER);
        Warmth.reach(pass::run);
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        pass.close();
        data.close();
    }

    /** The pass, two doubles at a time. */
    @Benchmark
    @Fork(value = FORKS, jvmArgsAppend = "-XX:MaxVectorSize=16")
    public Moments bits128() {
        return pass.run();
    }

    /** The pass, four doubles at a time. */
    @Benchmark
    @Fork(value = FORKS, jvmArgsAppend = "-XX:MaxVectorSize=32")
    public Moments bits256() {
        return pass.run();
    }

    /** The pass, eight doubles at a time. */
    @Benchmark
    @Fork(value = FORKS, jvmArgsAppend = "-XX:MaxVectorSize=64")
    public Moments bits512() {
        return pass.run();
    }
}
