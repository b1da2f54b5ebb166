package org.fusedem.service.example;

import java.util.concurrent.locks.LockSupport;
import org.fusedem.service.ObservationSender;

/**
 * Streams points at a rate: all to the fitting agent, one in {@value #SCORED_EVERY} to the scorer too. A full ring
 * makes it wait and try again, so nothing is lost; it then catches up.
 */
final class Producer implements Runnable {
    /** One in so many is scored. */
    static final int SCORED_EVERY = 8;

    /** Short beside the time a ring takes to fill. */
    private static final long PAUSE_NANOS = 20_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final DriftingMixture points = new DriftingMixture(1);
    private final double[] point = new double[DriftingMixture.DIMS];
    private final ObservationSender toFit;
    private final ObservationSender toScore;
    private final int rate;
    private volatile boolean stopped;
    private volatile boolean aborted;
    private volatile long sent;
    private volatile long sentToScore;

    Producer(ObservationSender toFit, ObservationSender toScore, int rate) {
        this.toFit = toFit;
        this.toScore = toScore;
        this.rate = rate;
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        long count = 0;
        while (!stopped) {
            long due = (long) ((System.nanoTime() - start) / NANOS_PER_SECOND * rate);
            if (count >= due) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            for (; count < due && !aborted; count++) {
                points.next(point);
                send(toFit);
                if (count % SCORED_EVERY == 0) {
                    send(toScore);
                    sentToScore = count / SCORED_EVERY + 1;
                }
            }
            sent = count;
        }
    }

    private void send(ObservationSender sender) {
        while (!sender.offer(point) && !aborted) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Ends after the points that are due. */
    void stop() {
        stopped = true;
    }

    /** Ends at once, also if nobody reads the rings any more. */
    void abort() {
        stopped = true;
        aborted = true;
    }

    /** The points sent to be fitted. */
    long sent() {
        return sent;
    }

    /** The points sent to be scored. */
    long sentToScore() {
        return sentToScore;
    }
}
