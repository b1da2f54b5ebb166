package org.fusedem.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.fusedem.fit.FitOptions;
import org.fusedem.online.Refitter;
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
 * What the events of a fit cost: ten EM iterations over a small window, in place, with the recorder off, with a
 * recording that does not ask for them, and with one that does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(10)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class EventsBenchmark {
    private static final List<String> EVENTS = List.of("org.fusedem.Fit", "org.fusedem.Iteration", "org.fusedem.Kernel");

    /** What records. */
    public enum Recorder {
        /** Nothing. */
        OFF,
        /** A recording of other events only. */
        OTHERS,
        /** A recording of this library's events. */
        ON
    }

    /** What records. */
    @Param
    public Recorder recorder;

    /** The problem; the points are those of the window. */
    @Param("full:1k:4:3")
    public String shape;

    /** Who does the arithmetic. */
    @Param("vector")
    public String kernel;

    private Window window;
    private Refitter refitter;
    private Recording recording;

    /** For JMH. */
    public EventsBenchmark() {}

    /** Fills the window, starts the recorder and warms up. */
    @Setup
    public void open() {
        ForcedKernel.use(kernel);
        Shape parsed = Shape.parse(shape);
        window = Window.of(parsed.dims(), parsed.points());
        try (DataSet data = DataSet.of(parsed, ElementType.FLOAT64)) {
            for (double[] row : data.rows()) {
                window.append(row);
            }
            FitOptions options = FixedFit.options(data, FitBenchmark.ITERATIONS);
            refitter = Refitter.of(window, options);
        }
        if (recorder != Recorder.OFF) {
            recording = new Recording();
            if (recorder == Recorder.ON) {
                EVENTS.forEach(recording::enable);
            } else {
                recording.enable("jdk.GarbageCollection");
            }
            recording.start();
        }
        Warmth.reach(this::refit);
    }

    /** Frees the memory, and throws the recording away. */
    @TearDown
    public void close() {
        if (recording != null) {
            recording.close();
        }
        refitter.close();
        window.close();
    }

    /** A refit. */
    @Benchmark
    public Refitter refit() {
        refitter.refit();
        return refitter;
    }
}
