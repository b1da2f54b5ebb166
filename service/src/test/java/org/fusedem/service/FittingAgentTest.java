package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.publish.SharedModelException;
import org.fusedem.publish.SharedModelReader;
import org.fusedem.publish.SharedModelWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FittingAgentTest {
    private static final int DIMS = 3;
    private static final int COMPONENTS = 2;
    private static final int WINDOW = 500;
    private static final GaussianMixture TRUTH = Mixtures.of(Covariance.FULL, DIMS, COMPONENTS);
    /** Not the truth, so that there is something to fit. */
    private static final GaussianMixture START = GaussianMixture.of(Covariance.FULL, DIMS, new double[] {0.5, 0.5},
            new double[] {1, 1, 1, 8, 8, 8}, new double[] {4, 0, 4, 0, 0, 4, 4, 0, 4, 0, 0, 4});

    private final RingBuffer ring = Rings.oneToOne(1 << 16);
    private final FittingCounters counters = FittingCounters.inProcess();
    private final SharedModelWriter models = SharedModelWriter.inMemory(Covariance.FULL, COMPONENTS, DIMS);
    private final SharedModelReader reader = models.newReader();
    private final ObservationSender sender = new ObservationSender(ring, DIMS, counters);
    private final Sampler sampler = TRUTH.sampler(5);
    private final List<double[]> sent = new ArrayList<>();

    @AfterEach
    void close() {
        reader.close();
        models.close();
        counters.close();
    }

    private static FittingOptions options() {
        return FittingOptions.startingFrom(START).withWindow(WINDOW).withRefitAfter(WINDOW);
    }

    private FittingAgent agent(FittingOptions options) {
        return new FittingAgent(ring, models, counters, options);
    }

    private void send(int points) {
        for (int n = 0; n < points; n++) {
            double[] point = new double[DIMS];
            sampler.next(point);
            sent.add(point);
            assertTrue(sender.offer(point));
        }
    }

    private static void workUntilIdle(FittingAgent agent) {
        while (agent.doWork() > 0) {
            // On and on.
        }
    }

    private long get(FittingCounter counter) {
        return counters.get(counter);
    }

    private GaussianMixture latest() throws SharedModelException {
        assertTrue(reader.refresh());
        return reader.model();
    }

    @Test
    void publishesWhatABatchFitOfTheWindowFinds() throws SharedModelException {
        FitOptions fit = FitOptions.components(COMPONENTS).withStart(new Start.Given(START)).withRestarts(1);
        FittingAgent agent = agent(FittingOptions.of(fit).withWindow(WINDOW).withRefitAfter(WINDOW));
        send(WINDOW);
        workUntilIdle(agent);
        assertEquals(WINDOW, get(FittingCounter.OBSERVATIONS));
        assertEquals(1, get(FittingCounter.FITS));
        try (Points points = Points.ofRows(sent.toArray(double[][]::new))) {
            GaussianMixture expected = Fitter.fit(points, fit).model();
            GaussianMixture fitted = latest();
            assertArrayEquals(expected.means(), fitted.means(), 1e-6);
            assertArrayEquals(expected.covariances(), fitted.covariances(), 1e-6);
            double logLikelihood = expected.logLikelihood(points);
            assertEquals(logLikelihood, counters.lastLogLikelihood(), 1e-7 * Math.abs(logLikelihood));
        }
        agent.onClose();
    }

    @Test
    void publishesTheStartAtOnce() throws SharedModelException {
        FittingAgent agent = agent(options());
        assertArrayEquals(START.means(), latest().means());
        agent.onClose();
    }

    @Test
    void waitsForAFullWindowAndThenForNewPoints() {
        FittingAgent agent = agent(options().withRefitAfter(20));
        send(WINDOW - 1);
        workUntilIdle(agent);
        assertEquals(0, get(FittingCounter.FITS));
        send(1);
        workUntilIdle(agent);
        assertEquals(1, get(FittingCounter.FITS));
        send(19);
        workUntilIdle(agent);
        assertEquals(1, get(FittingCounter.FITS));
        send(1);
        workUntilIdle(agent);
        assertEquals(2, get(FittingCounter.FITS));
        assertTrue(get(FittingCounter.ITERATIONS) >= 2);
        assertTrue(get(FittingCounter.LAST_FIT_NANOS) > 0);
        assertEquals(WINDOW + 20, get(FittingCounter.OBSERVATIONS));
        agent.onClose();
    }

    @Test
    void followsAStreamThatHasMoved() throws SharedModelException {
        FittingAgent agent = agent(options());
        send(WINDOW);
        workUntilIdle(agent);
        double before = latest().mean(0, 0);
        double[] point = new double[DIMS];
        for (int n = 0; n < WINDOW; n++) {
            sampler.next(point);
            for (int i = 0; i < DIMS; i++) {
                point[i] += 3;
            }
            assertTrue(sender.offer(point));
        }
        workUntilIdle(agent);
        assertEquals(before + 3, latest().mean(0, 0), 0.5);
        agent.onClose();
    }

    @Test
    void doesAPartOfAFitInOneCycleAndReadsBetween() {
        FittingAgent agent = agent(options().withMessagesPerCycle(1));
        send(WINDOW);
        for (int n = 0; n < WINDOW; n++) {
            assertTrue(agent.doWork() > 0);
        }
        assertEquals(0, get(FittingCounter.FITS), "a fit takes more than one cycle");
        send(1);
        agent.doWork();
        assertEquals(WINDOW + 1, get(FittingCounter.OBSERVATIONS), "the ring is read while a fit is under way");
        assertEquals(0, get(FittingCounter.FITS));
        workUntilIdle(agent);
        assertEquals(1, get(FittingCounter.FITS));
        agent.onClose();
    }

    @Test
    void endsAFitByItsDeadlineAndPublishesWhatItHas() throws SharedModelException {
        FittingAgent agent = agent(options().withDeadline(Duration.ofNanos(1)));
        latest();
        send(WINDOW);
        workUntilIdle(agent);
        assertEquals(1, get(FittingCounter.FITS));
        assertEquals(1, get(FittingCounter.DEADLINE_MISSES));
        assertEquals(START.dims(), latest().dims());
        // And the next fit begins as ever.
        send(WINDOW);
        workUntilIdle(agent);
        assertEquals(2, get(FittingCounter.FITS));
        agent.onClose();
    }

    @Test
    void tellsTheListener() {
        List<Double> told = new ArrayList<>();
        FittingAgent agent = agent(options().withListener((nanos, iterations, logLikelihood) -> {
            assertTrue(nanos > 0 && iterations > 0);
            told.add(logLikelihood);
        }));
        send(WINDOW);
        workUntilIdle(agent);
        assertEquals(List.of(counters.lastLogLikelihood()), told);
        agent.onClose();
    }

    @Test
    void countsMalformedMessagesAndSkipsThem() {
        FittingAgent agent = agent(options());
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[1024]);
        int length = (int) ObservationLayout.length(DIMS, 1);
        bytes.putInt(ObservationLayout.DIMS_OFFSET, DIMS);
        bytes.putInt(ObservationLayout.COUNT_OFFSET, 1);
        assertTrue(ring.write(ObservationLayout.TYPE_ID + 1, bytes, 0, length));
        assertTrue(ring.write(ObservationLayout.TYPE_ID, bytes, 0, length - 1));
        assertTrue(ring.write(ObservationLayout.TYPE_ID, bytes, 0, 1000));
        assertTrue(ring.write(ObservationLayout.TYPE_ID, bytes, 0, 0));
        assertTrue(new ObservationSender(ring, DIMS + 1, counters).offer(new double[DIMS + 1]));
        assertTrue(sender.offer(new double[] {1, Double.NaN, 3}));
        assertTrue(sender.offer(new double[] {1, 2, 3, 4, 5, Double.POSITIVE_INFINITY}, 0, 2));
        send(1);
        workUntilIdle(agent);
        assertEquals(7, get(FittingCounter.MALFORMED));
        assertEquals(1, get(FittingCounter.OBSERVATIONS));
        agent.onClose();
    }

    @Test
    void takesMessagesOfManyPoints() {
        FittingAgent agent = agent(options());
        double[] rows = new double[WINDOW * DIMS];
        for (int n = 0; n < WINDOW; n++) {
            sampler.next(sent.isEmpty() ? new double[DIMS] : sent.getFirst());
            for (int i = 0; i < DIMS; i++) {
                rows[n * DIMS + i] = n % 17 + i * (n % 5) + n * 0.01;
            }
        }
        int each = 50;
        for (int n = 0; n < WINDOW; n += each) {
            assertTrue(sender.offer(rows, n * DIMS, each));
        }
        workUntilIdle(agent);
        assertEquals(WINDOW, get(FittingCounter.OBSERVATIONS));
        assertEquals(1, get(FittingCounter.FITS));
        agent.onClose();
    }

    @Test
    void losesNothingFromManyProducers() throws InterruptedException {
        RingBuffer many = Rings.manyToOne(1 << 12);
        FittingAgent agent = new FittingAgent(many, models, counters, options());
        int producers = 3;
        int each = 20_000;
        AgentRunner runner = new AgentRunner(new YieldingIdleStrategy(), e -> {
            throw new AssertionError(e);
        }, null, agent);
        AgentRunner.startOnThread(runner);
        Thread[] threads = new Thread[producers];
        for (int p = 0; p < producers; p++) {
            Sampler own = TRUTH.sampler(p);
            threads[p] = new Thread(() -> {
                ObservationSender mine = new ObservationSender(many, DIMS, counters);
                double[] point = new double[DIMS];
                for (int n = 0; n < each; n++) {
                    own.next(point);
                    while (!mine.offer(point)) {
                        Thread.yield();
                    }
                }
            });
            threads[p].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        while (many.size() > 0) {
            Thread.onSpinWait();
        }
        runner.close();
        assertEquals(producers * each, get(FittingCounter.OBSERVATIONS));
        assertEquals(0, get(FittingCounter.MALFORMED));
        assertTrue(get(FittingCounter.FITS) > 0);
    }

    @Test
    void runsUnderAnInvokerAndReportsErrorsToIt() {
        FittingAgent agent = agent(options());
        List<Throwable> errors = new ArrayList<>();
        AgentInvoker invoker = new AgentInvoker(errors::add, null, agent);
        invoker.start();
        send(10);
        assertEquals(10, invoker.invoke());
        // The caller's own writer, closed too early.
        reader.close();
        models.close();
        send(WINDOW);
        while (errors.isEmpty() && get(FittingCounter.FITS) == 0) {
            invoker.invoke();
        }
        assertEquals(1, errors.size());
        assertTrue(errors.getFirst() instanceof IllegalStateException, errors.toString());
        assertTrue(invoker.isRunning());
        invoker.close();
        assertEquals(1, errors.size());
    }

    @Test
    void closesTwiceAndThenDoesNothing() {
        FittingAgent agent = agent(options());
        send(1);
        agent.onClose();
        agent.onClose();
        assertThrows(IllegalStateException.class, agent::doWork);
        assertEquals("fusedem-fitting", agent.roleName());
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        RingBuffer small = Rings.oneToOne(128);
        assertThrows(IllegalArgumentException.class, () -> new FittingAgent(small, models, counters, options()));
        try (SharedModelWriter other = SharedModelWriter.inMemory(Covariance.FULL, COMPONENTS, DIMS + 1)) {
            assertThrows(IllegalArgumentException.class, () -> new FittingAgent(ring, other, counters, options()));
        }
        FitOptions threaded = FitOptions.components(COMPONENTS).withStart(new Start.Given(START)).withThreads(2);
        assertThrows(IllegalArgumentException.class, () -> agent(FittingOptions.of(threaded)));
        assertThrows(IllegalArgumentException.class, () -> agent(options().withWindow(COMPONENTS - 1)));
        assertThrows(IllegalArgumentException.class, () -> FittingOptions.of(FitOptions.components(COMPONENTS)));
        assertThrows(IllegalArgumentException.class, () -> options().withWindow(0));
        assertThrows(IllegalArgumentException.class, () -> options().withRefitAfter(-1));
        assertThrows(IllegalArgumentException.class, () -> options().withDeadline(Duration.ZERO));
        assertFalse(ring.size() > 0);
    }

    @Test
    void countsTheIterationsOfFitsThatADeadlineEnds() {
        List<Integer> told = new ArrayList<>();
        FittingAgent agent = agent(options().withDeadline(Duration.ofNanos(1)).withTilesPerCycle(8)
                .withListener((nanos, iterations, logLikelihood) -> told.add(iterations)));
        send(WINDOW);
        workUntilIdle(agent);
        assertEquals(1, get(FittingCounter.DEADLINE_MISSES));
        // Four blocks, their sum, an M-step, and a part of the next sweep.
        assertTrue(told.getFirst() > 0, told.toString());
        assertEquals(told.getFirst().longValue(), get(FittingCounter.ITERATIONS));
        agent.onClose();
    }

    @Test
    void refusesToWorkOnceClosedAlsoWhereThereIsNothingToDo() {
        FittingAgent agent = agent(options());
        agent.onClose();
        assertThrows(IllegalStateException.class, agent::doWork);
        send(1);
        assertThrows(IllegalStateException.class, agent::doWork);
        assertTrue(ring.size() > 0, "what cannot be taken in stays in the ring");
    }

    @Test
    void publishesNothingWhereItRefuses() {
        FitOptions threaded = FitOptions.components(COMPONENTS).withStart(new Start.Given(START)).withThreads(2);
        assertThrows(IllegalArgumentException.class, () -> agent(FittingOptions.of(threaded)));
        assertEquals(0, models.version());
    }

    @Test
    void aDeadlineBeyondAllClocksIsNone() {
        FittingAgent agent = agent(options().withDeadline(Duration.ofSeconds(Long.MAX_VALUE)));
        send(WINDOW);
        workUntilIdle(agent);
        assertEquals(1, get(FittingCounter.FITS));
        assertEquals(0, get(FittingCounter.DEADLINE_MISSES));
        agent.onClose();
    }
}
