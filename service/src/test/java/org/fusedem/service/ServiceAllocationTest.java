package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.fusedem.fit.ComputeKernel;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Start;
import org.fusedem.model.BatchScorer;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.PointScorer;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.publish.SharedModelReader;
import org.fusedem.publish.SharedModelWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The steady state makes no garbage: what a thread sends, fits, publishes, reads and scores is counted by the JVM. This
 * runs with the scalar kernel, which needs no JIT for that.
 */
class ServiceAllocationTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    /** On a busy machine the compiler may take its time. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private static final int DIMS = 3;
    private static final int COMPONENTS = 2;
    private static final int POINTS = 2000;
    private static final GaussianMixture MODEL = Mixtures.of(Covariance.FULL, DIMS, COMPONENTS);

    /** A part of the work, that may throw. */
    private interface Work {
        void run() throws IOException;
    }

    /**
     * Again and again until a whole round allocates nothing: what is linked or looked up once, or boxed until the JIT has
     * compiled it, is not the steady state.
     */
    private static void assertNoGarbage(Work work) throws IOException {
        long fewest = Long.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (fewest > 0 && System.nanoTime() < end) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, fewest);
    }

    @BeforeAll
    static void runInPlainLoops() {
        assertEquals("scalar", ComputeKernel.name());
    }

    @Test
    void fittingMakesNoGarbage() throws IOException {
        RingBuffer ring = Rings.oneToOne(1 << 14);
        FittingCounters counters = FittingCounters.inProcess();
        ObservationSender sender = new ObservationSender(ring, DIMS, counters);
        FitOptions fit = FitOptions.components(COMPONENTS).withStart(new Start.Given(MODEL)).withMaxIterations(3);
        UnsafeBuffer malformed = new UnsafeBuffer(new byte[64]);
        double[] point = new double[DIMS];
        double[] rows = new double[POINTS * DIMS];
        Sampler sampler = MODEL.sampler(1);
        for (int n = 0; n < POINTS; n++) {
            sampler.next(point);
            System.arraycopy(point, 0, rows, n * DIMS, DIMS);
        }
        try (SharedModelWriter models = SharedModelWriter.inMemory(Covariance.FULL, COMPONENTS, DIMS);
                SharedModelReader reader = models.newReader()) {
            FittingAgent agent = new FittingAgent(
                    ring, models, counters, FittingOptions.of(fit).withWindow(500).withRefitAfter(50));
            PointScorer scorer = MODEL.pointScorer();
            assertNoGarbage(() -> {
                for (int n = 0; n < POINTS; n++) {
                    while (!sender.offer(rows, n * DIMS, 1) || !ring.write(99, malformed, 0, 64)) {
                        agent.doWork();
                    }
                    agent.doWork();
                    if (reader.refresh()) {
                        scorer.use(reader.weights(), reader.means(), reader.covariances());
                    }
                    if (scorer.isAnomaly(point, -100)) {
                        sender.drop(1);
                    }
                }
            });
            agent.onClose();
        }
        assertTrue(counters.get(FittingCounter.FITS) > 10);
        assertTrue(counters.get(FittingCounter.OBSERVATIONS) > POINTS);
        assertTrue(counters.get(FittingCounter.MALFORMED) > POINTS);
        counters.close();
    }

    @Test
    void scoringBuffersMakesNoGarbage() throws IOException {
        UnsafeBuffer points = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
        UnsafeBuffer scores = new UnsafeBuffer(new byte[512]);
        int few = 4;
        try (BatchScorer batches = MODEL.batchScorer(few)) {
            BufferScorer scorer = new BufferScorer(batches, DIMS);
            assertNoGarbage(() -> {
                for (int n = 0; n < 200; n++) {
                    scorer.score(points, n * Double.BYTES, ElementType.FLOAT64, few, scores, n);
                }
            });
        }
    }
}
