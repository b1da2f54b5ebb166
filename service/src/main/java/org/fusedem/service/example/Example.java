package org.fusedem.service.example;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.fusedem.fit.ComputeKernel;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.ElementType;
import org.fusedem.publish.SharedModelWriter;
import org.fusedem.service.CountersFile;
import org.fusedem.service.FittingAgent;
import org.fusedem.service.FittingCounter;
import org.fusedem.service.FittingCounters;
import org.fusedem.service.FittingOptions;
import org.fusedem.service.ObservationSender;

/**
 * Three threads and what is between them: a producer, an agent that fits, one that scores. The caller's thread only
 * looks on.
 */
final class Example implements AutoCloseable {
    /** Room for some 50 ms of a million points per second, far more than a fit takes. */
    private static final int RING_BYTES = 1 << 22;

    private static final int WINDOW = 1000;
    private static final int REFIT_AFTER = 1000;
    private static final Duration FIT_DEADLINE = Duration.ofMillis(2);

    /**
     * The JIT is done with what runs here once nothing has been allocated for so many seconds, some turns of the
     * drift: what is not compiled yet, or compiled anew, makes garbage.
     */
    private static final int QUIET_SECONDS = 15;

    /** A point of the model itself is that unlikely once in a million. */
    private static final double ANOMALY_PROBABILITY = 1e-6;
    private static final int THRESHOLD_SAMPLE = 1_000_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** For threads to end and rings to be empty; both take a millisecond. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ExampleOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final Latencies fitLatencies = new Latencies();
    private final Latencies scoreLatencies = new Latencies();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final FittingCounters counters;
    private final SharedModelWriter models;
    private final ScoringAgent scorer;
    private final Producer producer;
    private final AgentRunner fitting;
    private final AgentRunner scoring;
    private Allocation allocation;

    Example(ExampleOptions options, PrintStream out, PrintStream err) throws IOException {
        this.options = options;
        this.out = out;
        this.err = err;
        GaussianMixture start = DriftingMixture.atTheStart();
        counters = options.counters() == null ? FittingCounters.inProcess()
                : new FittingCounters(CountersFile.create(options.counters(), FittingCounter.values().length));
        models = SharedModelWriter.inMemory(start.covariance(), start.components(), start.dims());
        OneToOneRingBuffer toFit = ring();
        OneToOneRingBuffer toScore = ring();
        FittingAgent fitter = new FittingAgent(toFit, models, counters, FittingOptions.startingFrom(start)
                .withWindow(WINDOW).withRefitAfter(REFIT_AFTER).withDeadline(FIT_DEADLINE)
                .withListener((nanos, iterations, logLikelihood) -> fitLatencies.record(nanos)));
        double threshold = start.logDensityQuantile(ANOMALY_PROBABILITY, THRESHOLD_SAMPLE, 1).value();
        scorer = new ScoringAgent(toScore, models.newReader(), start, threshold, scoreLatencies);
        producer = new Producer(new ObservationSender(toFit, start.dims(), counters),
                new ObservationSender(toScore, start.dims(), counters), options.rate());
        fitting = runner(fitter);
        scoring = runner(scorer);
    }

    private static OneToOneRingBuffer ring() {
        return new OneToOneRingBuffer(
                new UnsafeBuffer(ByteBuffer.allocateDirect(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    private AgentRunner runner(Agent agent) {
        return new AgentRunner(new BackoffIdleStrategy(), e -> failure.compareAndSet(null, e), null, agent);
    }

    /** Runs for the seconds asked for; whether all went well. */
    boolean run() throws InterruptedException {
        GaussianMixture start = DriftingMixture.atTheStart();
        out.println("warming up until the JIT has compiled all that runs");
        ComputeKernel.warmUp(start.covariance(), ElementType.FLOAT64, start.dims(), start.components(),
                Duration.ofSeconds(options.warmUpSeconds()));
        Thread producing = new Thread(producer, "producer");
        producing.setUncaughtExceptionHandler((thread, e) -> failure.compareAndSet(null, e));
        producing.start();
        allocation = new Allocation(AgentRunner.startOnThread(fitting), AgentRunner.startOnThread(scoring));
        warmUp();
        fitLatencies.reset();
        scoreLatencies.reset();
        Snapshot first = snapshot();
        allocation.reset();
        Snapshot last = first;
        for (int second = 1; second <= options.seconds(); second++) {
            last = watchUntil(first, second, last, "");
        }
        long allocated = allocation.bytes();

        producer.stop();
        if (!producing.join(PATIENCE)) {
            producer.abort();
        }
        awaitDrained();
        fitting.close();
        scoring.close();
        Report report = report(first, last, allocated);
        if (options.json()) {
            out.println(report.json());
        }
        if (failure.get() != null) {
            err.println("example: " + failure.get());
        } else if (report.lost() != 0) {
            err.println("example: observations were lost: lost=" + report.lost());
        }
        return failure.get() == null && report.lost() == 0;
    }

    private void warmUp() throws InterruptedException {
        Snapshot first = snapshot();
        Snapshot last = first;
        for (int second = 1, quiet = 0; second <= options.warmUpSeconds() && quiet < QUIET_SECONDS; second++) {
            allocation.reset();
            last = watchUntil(first, second, last, "warm-up ");
            quiet = allocation.bytes() == 0 ? quiet + 1 : 0;
        }
    }

    /** Waits until so many seconds after the first snapshot, and prints a line on what there was since the last one. */
    private Snapshot watchUntil(Snapshot first, int second, Snapshot last, String label) throws InterruptedException {
        long wait = first.nanos() + second * NANOS_PER_SECOND - System.nanoTime();
        Thread.sleep(Duration.ofNanos(Math.max(0, wait)));
        Snapshot now = snapshot();
        fitLatencies.endInterval();
        scoreLatencies.endInterval();
        out.println(label + Line.of(second, last, now, fitLatencies, scoreLatencies, allocation.bytes()));
        return now;
    }

    private Snapshot snapshot() {
        return new Snapshot(System.nanoTime(), counters.get(FittingCounter.OBSERVATIONS),
                counters.get(FittingCounter.MALFORMED), counters.get(FittingCounter.FITS),
                counters.get(FittingCounter.DEADLINE_MISSES), scorer.scored(), scorer.anomalies());
    }

    private void awaitDrained() throws InterruptedException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (lost() > 0 && failure.get() == null && System.nanoTime() < limit) {
            Thread.sleep(1);
        }
    }

    /** What was sent and has not arrived. */
    private long lost() {
        return Math.abs(producer.sent() - counters.get(FittingCounter.OBSERVATIONS))
                + Math.abs(producer.sentToScore() - scorer.scored());
    }

    private Report report(Snapshot first, Snapshot last, long allocated) {
        return new Report(last.observations() - first.observations(), lost(), last.malformed() - first.malformed(),
                last.fits() - first.fits(), last.deadlineMisses() - first.deadlineMisses(), allocated, fitLatencies,
                scoreLatencies);
    }

    @Override
    public void close() {
        producer.abort();
        fitting.close();
        scoring.close();
        models.close();
        // The counters stay allocated: their file shows them after the end, too.
    }
}
