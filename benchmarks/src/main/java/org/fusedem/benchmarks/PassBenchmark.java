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
 * One whole fused pass (densities, responsibilities, moments) over a data set, by one thread: the E-step, which is
 * nearly all of a fit. {@code -prof gc} must show that it allocates nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(5)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class PassBenchmark {
    /** What else this process has run before, when it is not alone: other shapes and the other element type. */
    private static final String[] COMPANY = {
        "diagonal:2000:3:5", "full:2000:3:5", "spherical:2000:7:2", "tied:2000:7:2", "diagonal:2000:17:20", "full:2000:17:6"
    };

    private static final int COMPANY_PASSES = 300;

    /** The problem. */
    @Param({
        "diagonal:100k:2:3", "diagonal:100k:8:8", "diagonal:100k:16:16", "diagonal:50k:32:32", "diagonal:20k:64:64",
        "full:100k:2:3", "full:100k:8:8", "full:100k:16:16", "full:50k:32:32", "full:20k:64:64"
    })
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector"})
    public String kernel;

    /** How the points are stored. */
    @Param("FLOAT64")
    public ElementType type;

    /** {@code alone}, or {@code crowd}: after many passes of other kinds, which spoil the JIT's profiles. */
    @Param("alone")
    public String company;

    private DataSet data;
    private FusedPass pass;

    /** For JMH. */
    public PassBenchmark() {}

    /** Generates the data; {@link NearbyPeak} warms up. */
    @Setup
    public void open() {
        Kernel chosen = ForcedKernel.use(kernel);
        if (company.equals("crowd")) {
            runOthers(chosen);
        }
        data = DataSet.of(shape, type);
        pass = new FusedPass(chosen, data, Team.CALLER);
    }

    private static void runOthers(Kernel kernel) {
        for (String other : COMPANY) {
            for (ElementType type : ElementType.values()) {
                try (DataSet data = DataSet.of(other, type); FusedPass pass = new FusedPass(kernel, data, Team.CALLER)) {
                    for (int i = 0; i < COMPANY_PASSES; i++) {
                        pass.run();
                    }
                }
            }
        }
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        pass.close();
        data.close();
    }

    /**
     * The pass.
     *
     * @param peak is measured around each iteration, and has warmed both up
     * @return what the M-step would read
     */
    @Benchmark
    public Moments pass(NearbyPeak peak) {
        return pass.run();
    }
}
