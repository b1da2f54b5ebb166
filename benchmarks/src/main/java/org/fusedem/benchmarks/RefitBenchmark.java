package org.fusedem.benchmarks;

import java.util.concurrent.TimeUnit;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Start;
import org.fusedem.online.Refitter;
import org.fusedem.online.Sweep;
import org.fusedem.points.ElementType;
import org.fusedem.points.Window;
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
 * A full window takes in {@value #NEW_POINTS} new points and is refitted, in place, from the model of the last refit:
 * the distribution of the time both take together. With {@code -prof gc}: nothing is allocated.
 *
 * <p>In batch sweeps k iterations are k passes over all points, and one over the new ones' blocks; in incremental ones k
 * - 1 passes, and that one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(5)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class RefitBenchmark {
    /** Points that arrive between two refits. */
    static final int NEW_POINTS = 10;

    /** Points to arrive, over and over: so many windows full of them. */
    private static final int ROUNDS = 20;

    /** The problem; the points are those of the window. */
    @Param("full:1k:4:3")
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector"})
    public String kernel;

    /** In which order E-steps and M-steps take turns. */
    @Param
    public Sweep sweep;

    /** The M-steps over all points. */
    @Param({"1", "10"})
    public int iterations;

    private Window window;
    private Refitter refitter;
    private double[][] rows;
    private int next;

    /** For JMH. */
    public RefitBenchmark() {}

    /** Fills the window and warms up. */
    @Setup
    public void open() {
        ForcedKernel.use(kernel);
        Shape parsed = Shape.parse(shape);
        try (DataSet data = DataSet.of(parsed.withPoints(ROUNDS * parsed.points()), ElementType.FLOAT64)) {
            rows = data.rows();
            window = Window.of(parsed.dims(), parsed.points());
            FitOptions options = FitOptions.components(parsed.components()).withCovariance(parsed.covariance())
                    .withStart(new Start.Given(data.start())).withTolerance(0).withMaxIterations(iterations);
            refitter = Refitter.of(window, options, sweep);
        }
        for (long n = 0; n < parsed.points(); n++) {
            append();
        }
        Warmth.reach(this::refit);
    }

    private void append() {
        window.append(rows[next]);
        next = next + 1 == rows.length ? 0 : next + 1;
    }

    /** Frees the memory. */
    @TearDown
    public void close() {
        refitter.close();
        window.close();
    }

    /** New points, and a refit. */
    @Benchmark
    public Refitter refit() {
        for (int n = 0; n < NEW_POINTS; n++) {
            append();
        }
        refitter.refit();
        return refitter;
    }
}
