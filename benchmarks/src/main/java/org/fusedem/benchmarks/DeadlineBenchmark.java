package org.fusedem.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Start;
import org.fusedem.kernel.Kernel;
import org.fusedem.model.Sampler;
import org.fusedem.online.RefitReason;
import org.fusedem.online.Refitter;
import org.fusedem.points.ElementType;
import org.fusedem.points.Window;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * How late a refit notices its deadline: {@link #refits} of them, with deadlines drawn at random, none of which leaves
 * time to end. Secondary results, in microseconds: lateness, and for comparison the time of one full tile's three
 * stages, which it should not exceed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class DeadlineBenchmark {
    /** Up to which a deadline is drawn: some M-steps fall in between. */
    private static final double MOST_TILES = 300;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long HIGHEST_NANOS = 60_000_000_000L;

    /** What JMH reports beside the duration of the whole. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Lateness {
        /** Half of the deadlines were noticed within so many microseconds. */
        public double p50;
        /** 99 in 100. */
        public double p99;
        /** All of them. */
        public double max;
        /** One tile's three stages: the median. */
        public double tile;

        /** For JMH. */
        public Lateness() {}
    }

    /** The problem; the points are those of the window. */
    @Param("full:50k:32:32")
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector"})
    public String kernel;

    /** How many refits. */
    @Param("500")
    public int refits;

    private final SplittableRandom random = new SplittableRandom(1);
    private DataSet data;
    private OneTile tile;
    private Window window;
    private Refitter refitter;
    private long tileNanos;

    /** For JMH. */
    public DeadlineBenchmark() {}

    /** Fills the window and warms up. */
    @Setup
    public void open() {
        Kernel chosen = ForcedKernel.use(kernel);
        Shape parsed = Shape.parse(shape);
        data = DataSet.of(parsed.withPoints(OneTile.points(parsed, ElementType.FLOAT64)), ElementType.FLOAT64);
        tile = new OneTile(chosen, data);
        window = Window.of(parsed.dims(), parsed.points());
        Sampler sampler = Mixtures.truth(parsed).sampler(DataSet.SAMPLE_SEED);
        double[] row = new double[parsed.dims()];
        for (long n = 0; n < parsed.points(); n++) {
            sampler.next(row);
            window.append(row);
        }
        refitter = Refitter.of(window, FitOptions.components(parsed.components()).withCovariance(parsed.covariance())
                .withTolerance(0).withMaxIterations(Integer.MAX_VALUE).withStart(new Start.Given(data.start())));
        Warmth.reach(this::timeTile);
        tileNanos = timeTile();
        Warmth.reach(this::lateness);
    }

    /** The median of some. */
    private long timeTile() {
        Histogram times = new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
        for (int n = 0; n < 100; n++) {
            long begin = System.nanoTime();
            tile.logDensities();
            tile.responsibilities();
            tile.moments();
            times.recordValue(Math.min(HIGHEST_NANOS, System.nanoTime() - begin));
        }
        return times.getValueAtPercentile(50);
    }

    /** Frees the memory. */
    @TearDown
    public void close() {
        refitter.close();
        window.close();
        tile.close();
        data.close();
    }

    private long lateness() {
        // From the start, lest EM should come to its end some day.
        refitter.startFrom(data.start());
        long deadline = System.nanoTime() + (long) (random.nextDouble(MOST_TILES) * tileNanos);
        RefitReason reason = refitter.refitUntil(deadline);
        long late = System.nanoTime() - deadline;
        if (reason != RefitReason.DEADLINE) {
            throw new IllegalStateException("the refit ended before its deadline: reason=" + reason);
        }
        return late;
    }

    /** All refits. */
    @Benchmark
    public long refits(Lateness result) {
        Histogram times = new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
        for (int n = 0; n < refits; n++) {
            times.recordValue(Math.min(HIGHEST_NANOS, lateness()));
        }
        result.p50 = times.getValueAtPercentile(50) / 1e3;
        result.p99 = times.getValueAtPercentile(99) / 1e3;
        result.max = times.getMaxValue() / 1e3;
        result.tile = tileNanos / 1e3;
        return times.getTotalCount();
    }
}
