package org.fusedem.service.example;

import java.io.IOException;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.PointScorer;
import org.fusedem.publish.SharedModelReader;
import org.fusedem.service.ObservationLayout;

/**
 * Scores each point that arrives with the latest model, and counts those less likely than a threshold. No garbage.
 */
final class ScoringAgent implements Agent {
    /** What one duty cycle takes before it looks for a newer model. */
    private static final int MESSAGES_PER_CYCLE = 64;

    private final RingBuffer ring;
    private final SharedModelReader models;
    private final PointScorer scorer;
    private final double threshold;
    private final Latencies latencies;
    private final double[] point;
    private final MessageHandler handler = this::onMessage;
    private volatile long scored;
    private volatile long anomalies;

    /**
     * Watches a ring.
     *
     * @param first the model before the first one is published
     * @param latencies what one point takes, a look at the clock included
     */
    ScoringAgent(RingBuffer ring, SharedModelReader models, GaussianMixture first, double threshold,
            Latencies latencies) {
        this.ring = ring;
        this.models = models;
        scorer = first.pointScorer();
        this.threshold = threshold;
        this.latencies = latencies;
        point = new double[first.dims()];
    }

    @Override
    public int doWork() throws IOException {
        if (models.refresh()) {
            scorer.use(models.weights(), models.means(), models.covariances());
        }
        return ring.read(handler, MESSAGES_PER_CYCLE);
    }

    private void onMessage(int typeId, MutableDirectBuffer buffer, int offset, int length) {
        // The producer is ours, so every message is one point.
        long start = System.nanoTime();
        for (int i = 0; i < point.length; i++) {
            point[i] = buffer.getDouble(offset + ObservationLayout.VALUES_OFFSET + i * Double.BYTES);
        }
        if (scorer.isAnomaly(point, threshold)) {
            anomalies++;
        }
        scored++;
        latencies.record(System.nanoTime() - start);
    }

    /** The points scored so far. */
    long scored() {
        return scored;
    }

    /** Those flagged. */
    long anomalies() {
        return anomalies;
    }

    @Override
    public String roleName() {
        return "scorer";
    }
}
