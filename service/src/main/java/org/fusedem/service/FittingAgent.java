package org.fusedem.service;

import java.util.Objects;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.fusedem.model.GaussianMixture;
import org.fusedem.online.Refitter;
import org.fusedem.online.RefitReason;
import org.fusedem.points.Window;
import org.fusedem.publish.SharedModelWriter;

/**
 * Keeps a mixture up to date with a stream: observations arrive over a ring buffer and go into a window, the window is
 * fitted again and again, and each model is published. A duty cycle reads some messages and does a part of a fit; so
 * neither waits for the other, and neither does the loop that the agent runs in.
 *
 * <pre>{@code
 * RingBuffer ring = new OneToOneRingBuffer(new UnsafeBuffer(
 *         ByteBuffer.allocateDirect((1 << 22) + RingBufferDescriptor.TRAILER_LENGTH)));
 * SharedModelWriter models = SharedModelWriter.inMemory(Covariance.FULL, components, dims);
 * FittingCounters counters = FittingCounters.inProcess();
 * FittingAgent agent = new FittingAgent(ring, models, counters, FittingOptions.startingFrom(model));
 * AgentRunner runner = new AgentRunner(new BackoffIdleStrategy(), errorHandler, null, agent);
 * AgentRunner.startOnThread(runner);
 *
 * ObservationSender sender = new ObservationSender(ring, dims, counters); // on the thread that observes
 * boolean full = !sender.offer(point);
 *
 * SharedModelReader reader = models.newReader(); // on a thread that scores
 * if (reader.refresh()) {
 *     scorer.use(reader.weights(), reader.means(), reader.covariances());
 * }
 * }</pre>
 *
 * <p><strong>Messages</strong> are those of {@link ObservationLayout}, on a {@code OneToOneRingBuffer} or, for several
 * producers, a {@code ManyToOneRingBuffer}. One that is malformed - of another type, of a length that does not go with
 * what it holds, of other dims, or with a value that is not finite or too large - is counted and skipped as a whole.
 * Nothing else is ever skipped: a ring that is full is the producer's to see, see {@link ObservationSender}.
 *
 * <p><strong>Fits</strong> begin once the window is full and enough points are new. Points go on arriving between the
 * steps of a fit; it takes in what it has not passed yet. A fit ends by its number of iterations, by convergence if the
 * stream pauses, or by its deadline, which a duty cycle exceeds by no more than its own length.
 *
 * <p><strong>Running it.</strong> Under an {@code AgentRunner}, an {@code AgentInvoker}, in a composite, or by calling
 * {@link #doWork} in a loop of one's own; any {@code IdleStrategy} will do, as {@code doWork} says whether there was
 * something to do. All calls must come from one thread at a time. In the steady state nothing is allocated, no lock is
 * taken and no thread is started. What goes wrong is thrown, so that it comes to the runner's {@code ErrorHandler}; no
 * message can cause that. {@link #onClose} frees the window and what fits work with; ring, writer and counters are the
 * caller's.
 */
public final class FittingAgent implements Agent {
    private final RingBuffer ring;
    private final SharedModelWriter models;
    private final FittingCounters counters;
    private final FittingOptions options;
    private final Window window;
    private final Refitter refitter;
    private final double largestValue;
    private final double[] point;
    private final double[] weights;
    private final double[] means;
    private final double[] covariances;
    private final MessageHandler handler = this::onMessage;

    private boolean fitting;
    private long beginNanos;
    private long newPoints;

    /**
     * Allocates all that fits will need.
     *
     * @param ring where observations arrive; this agent is its only reader
     * @param models where models are published; this agent is the only one who does. The model of the start is
     *     published here and now
     * @param counters what the agent counts
     * @throws IllegalArgumentException if the models of the writer are of another kind than that of the start, the fit
     *     options ask for what a {@link Refitter} cannot do, the window holds fewer points than there are components,
     *     or the ring cannot take a message of one point
     */
    public FittingAgent(
            RingBuffer ring, SharedModelWriter models, FittingCounters counters, FittingOptions options) {
        this.ring = Objects.requireNonNull(ring);
        this.models = models;
        this.counters = Objects.requireNonNull(counters);
        this.options = options;
        GaussianMixture start = options.model();
        ObservationLayout.checkRing(ring, start.dims());
        if (options.window() < start.components()) {
            throw new IllegalArgumentException("the window must hold as many points as there are components: window="
                    + options.window() + ", components=" + start.components());
        }
        point = new double[start.dims()];
        weights = start.weights();
        means = start.means();
        covariances = start.covariances();
        largestValue = options.type().largestValue();
        window = Window.of(start.dims(), options.window(), options.type());
        try {
            refitter = Refitter.of(window, options.fit(), options.sweep());
        } catch (Throwable e) {
            window.close();
            throw e;
        }
        try {
            // Last: who is refused has published nothing.
            models.publish(start);
        } catch (Throwable e) {
            onClose();
            throw e;
        }
    }

    /**
     * One duty cycle: reads messages, and does a part of a fit if there is one to do.
     *
     * @return the messages read, plus one if there was a part of a fit
     * @throws IllegalStateException if closed; then nothing is taken from the ring
     */
    @Override
    public int doWork() {
        window.slots().checkOpen();
        return ring.read(handler, options.messagesPerCycle()) + fit();
    }

    private void onMessage(int typeId, MutableDirectBuffer buffer, int offset, int length) {
        int count = ObservationLayout.count(typeId, buffer, offset, length, point.length, largestValue);
        if (count == 0) {
            counters.add(FittingCounter.MALFORMED, 1);
            return;
        }
        int at = offset + ObservationLayout.VALUES_OFFSET;
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < point.length; i++, at += Double.BYTES) {
                point[i] = buffer.getDouble(at);
            }
            window.append(point);
        }
        newPoints += count;
        counters.add(FittingCounter.OBSERVATIONS, count);
    }

    private int fit() {
        if (!fitting) {
            if (window.size() < window.capacity() || newPoints < options.refitAfter()) {
                return 0;
            }
            fitting = true;
            newPoints = 0;
            beginNanos = System.nanoTime();
        }
        if (refitter.step(options.tilesPerCycle(), beginNanos + options.deadlineNanos())) {
            fitting = false;
            counters.add(FittingCounter.DEADLINE_MISSES, refitter.reason() == RefitReason.DEADLINE ? 1 : 0);
            publish();
        }
        return 1;
    }

    private void publish() {
        refitter.copyWeights(weights);
        refitter.copyMeans(means);
        refitter.copyCovariances(covariances);
        models.publish(weights, means, covariances);
        long nanos = System.nanoTime() - beginNanos;
        counters.add(FittingCounter.ITERATIONS, refitter.iterations());
        counters.set(FittingCounter.LAST_LOG_LIKELIHOOD, Double.doubleToRawLongBits(refitter.logLikelihood()));
        counters.set(FittingCounter.LAST_FIT_NANOS, nanos);
        // Last, so that who sees this fit counted sees the rest of it.
        counters.add(FittingCounter.FITS, 1);
        options.listener().onFit(nanos, refitter.iterations(), refitter.logLikelihood());
    }

    /** Frees the window and what fits work with. A second call does nothing. */
    @Override
    public void onClose() {
        refitter.close();
        window.close();
    }

    @Override
    public String roleName() {
        return "fusedem-fitting";
    }
}
