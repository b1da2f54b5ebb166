package org.fusedem.benchmarks;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.model.PointScorer;
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
 * How long a caller waits when requests arrive on a fixed schedule: the distribution of latency, from the median to
 * the 99.99th percentile, as secondary results in microseconds.
 *
 * <p>Coordinated omission is avoided: a request's clock starts when the schedule says it arrives, not when the
 * previous one is done. So a pause counts for every request that should have been answered meanwhile.
 * {@code serviceP99} and {@code serviceMax} have the time of the work alone, for comparison. Requests come at
 * {@link #rate} per second on one thread, which spins between them; the load they make is part of the result.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
// The warm-up iteration is as long as a measured one, and brings the code to full speed.
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class LatencyBenchmark {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Finer than a thousandth of each value; from a nanosecond to a minute. */
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long HIGHEST_NANOS = 60 * NANOS_PER_SECOND;

    /** What a request asks for. */
    public enum Request {
        /** {@code log p(x)} of one point. */
        SCORE {
            @Override
            double answer(LatencyBenchmark of, double[] point) {
                return of.scorer.logDensity(point);
            }
        },
        /** A fit of all points. */
        FIT {
            @Override
            double answer(LatencyBenchmark of, double[] point) {
                return Fitter.fit(of.data.points(), of.fit).logLikelihood();
            }
        };

        abstract double answer(LatencyBenchmark of, double[] point);
    }

    /** The percentiles, which JMH reports beside the duration of the whole. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Percentiles {
        /** Latency in microseconds that half of the requests stay below. */
        public double p50;
        /** Latency of nine in ten. */
        public double p90;
        /** Latency of 99 in 100. */
        public double p99;
        /** Latency of 999 in 1000. */
        public double p999;
        /** Latency of 9999 in 10000. */
        public double p9999;
        /** The longest latency. */
        public double max;
        /** The time of the work alone that 99 in 100 stay below. */
        public double serviceP99;
        /** The longest time of the work alone. */
        public double serviceMax;

        /** For JMH. */
        public Percentiles() {}

        void read(Histogram latency, Histogram service) {
            p50 = micros(latency, 50);
            p90 = micros(latency, 90);
            p99 = micros(latency, 99);
            p999 = micros(latency, 99.9);
            p9999 = micros(latency, 99.99);
            max = micros(latency, 100);
            serviceP99 = micros(service, 99);
            serviceMax = micros(service, 100);
        }

        private static double micros(Histogram histogram, double percentile) {
            return histogram.getValueAtPercentile(percentile) / 1e3;
        }
    }

    /** What a request asks for. */
    @Param
    public Request request;

    /** Requests per second. */
    @Param("1000")
    public int rate;

    /** How long they come. */
    @Param("10")
    public int seconds;

    /** The problem. */
    @Param("full:1k:4:3")
    public String shape;

    /** What the process does meanwhile on another core: {@code nothing}, or {@code fits}, in place, one after the other. */
    @Param("nothing")
    public String beside;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector", "auto"})
    public String kernel;

    private final Histogram latency = new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    private final Histogram service = new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    private DataSet data;
    private FitOptions fit;
    private PointScorer scorer;
    private double[][] rows;
    private Window window;
    private Refitter refitter;
    private Thread fitting;
    private volatile boolean closing;

    /** Of all answers, so that none can be left out. */
    private double sum;

    /** For JMH. */
    public LatencyBenchmark() {}

    /** Generates the data and warms up. */
    @Setup
    public void open() {
        ForcedKernel.use(kernel);
        data = DataSet.of(shape, ElementType.FLOAT64);
        fit = FixedFit.options(data, FitBenchmark.ITERATIONS);
        scorer = data.start().pointScorer();
        rows = data.rows();
        Warmth.reach(() -> sum += request.answer(this, rows[0]));
        if (beside.equals("fits")) {
            window = Window.of(data.points().dims(), data.points().size());
            for (double[] row : rows) {
                window.append(row);
            }
            refitter = Refitter.of(window, fit);
            Warmth.reach(refitter::refit);
            fitting = Thread.ofPlatform().name("fits").start(this::fitOn);
        }
    }

    private void fitOn() {
        while (!closing) {
            refitter.refit();
        }
    }

    /** Frees the data. */
    @TearDown
    public void close() throws InterruptedException {
        if (fitting != null) {
            closing = true;
            fitting.join();
            refitter.close();
            window.close();
        }
        data.close();
    }

    /** All requests of the schedule. */
    @Benchmark
    public double requests(Percentiles percentiles) {
        latency.reset();
        service.reset();
        long interval = NANOS_PER_SECOND / rate;
        long start = System.nanoTime();
        sum = 0;
        for (long n = 0; n < (long) rate * seconds; n++) {
            long due = start + n * interval;
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            long begin = System.nanoTime();
            sum += request.answer(this, rows[(int) (n % rows.length)]);
            long end = System.nanoTime();
            latency.recordValue(Math.min(HIGHEST_NANOS, end - due));
            service.recordValue(Math.min(HIGHEST_NANOS, end - begin));
        }
        percentiles.read(latency, service);
        return sum;
    }
}
