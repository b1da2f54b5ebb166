package org.fusedem.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.fusedem.fit.ComputeKernel;
import org.fusedem.model.PointScorer;
import org.fusedem.points.ElementType;
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
 * How long a fresh JVM takes until its scores come as fast as they ever will: one point after the other from the first
 * call on, with and without {@link ComputeKernel#warmUp} before. The primary result is the time of the warm-up itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ScoreColdBenchmark {
    private static final Duration MOST_WARM_UP = Duration.ofMinutes(1);
    private static final int SINGLES = 1024;

    /** What a JVM's first scores took. In its last table JMH shows the sums over forks; each fork's own stand before. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Times {
        /** Microseconds of the first score. */
        public double firstMicros;
        /** Microseconds from the first score until p99 stays within twice its final value. */
        public double toP99Micros;
        /** That final value: nanoseconds that 99 in 100 of the last scores stay below. */
        public double finalP99Nanos;

        /** For JMH. */
        public Times() {}
    }

    /** Whether the process warms up before its first score. */
    @Param({"false", "true"})
    public boolean warmedUp;

    /** Scores to time, one by one. */
    @Param("1000000")
    public int scores;

    /** The problem. */
    @Param("full:1k:4:3")
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector"})
    public String kernel;

    private DataSet data;
    private double[][] singles;

    /** Of all scores, so that none can be left out. */
    private double sum;

    /** For JMH. */
    public ScoreColdBenchmark() {}

    /** Generates the data. */
    @Setup
    public void open() {
        ForcedKernel.use(kernel);
        data = DataSet.of(Shape.parse(shape).withPoints(SINGLES), ElementType.FLOAT64);
        singles = data.rows();
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        data.close();
    }

    /** The warm-up, if there is one, and all scores. */
    @Benchmark
    public double start(Times times) {
        if (warmedUp && !ComputeKernel.warmUp(data.start().covariance(), ElementType.FLOAT64, data.shape().dims(),
                data.shape().components(), MOST_WARM_UP)) {
            throw new IllegalStateException("not warm after " + MOST_WARM_UP);
        }
        PointScorer scorer = data.start().pointScorer();
        long[] ends = new long[scores];
        int[] nanos = new int[scores];
        long start = System.nanoTime();
        long before = start;
        for (int n = 0; n < scores; n++) {
            sum += scorer.logDensity(singles[n % SINGLES]);
            long now = System.nanoTime();
            ends[n] = now - start;
            nanos[n] = (int) Math.min(Integer.MAX_VALUE, now - before);
            before = now;
        }
        SteadyState steady = SteadyState.of(nanos);
        times.firstMicros = nanos[0] * 1e-3;
        times.toP99Micros = steady.firstCall() == 0 ? 0 : ends[steady.firstCall() - 1] * 1e-3;
        times.finalP99Nanos = steady.p99();
        return sum;
    }
}
