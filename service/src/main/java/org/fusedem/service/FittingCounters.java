package org.fusedem.service;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of one {@link FittingAgent}, see {@link FittingCounter}, in a {@link CountersManager} of the caller's:
 * one in a {@link CountersFile}, or one the process has anyway.
 *
 * <p>{@link #get} is for any thread. Only the agent writes, but for {@link #dropped}, which any producer may call.
 */
public final class FittingCounters implements AutoCloseable {
    private final AtomicCounter[] counters = new AtomicCounter[FittingCounter.values().length];

    /**
     * Allocates the counters, all zero.
     *
     * @throws IllegalStateException if the manager has not so many left; then it is as it was
     */
    public FittingCounters(CountersManager manager) {
        if (manager.available() < counters.length) {
            throw new IllegalStateException("the manager has not enough counters left: needed=" + counters.length
                    + ", available=" + manager.available());
        }
        for (FittingCounter counter : FittingCounter.values()) {
            counters[counter.ordinal()] = manager.newCounter(counter.label(), counter.typeId());
        }
    }

    /** Counters for this process alone. */
    public static FittingCounters inProcess() {
        int counters = FittingCounter.values().length;
        return new FittingCounters(new CountersManager(
                new UnsafeBuffer(ByteBuffer.allocateDirect(counters * CountersReader.METADATA_LENGTH)),
                new UnsafeBuffer(ByteBuffer.allocateDirect(counters * CountersReader.COUNTER_LENGTH))));
    }

    /** The value of a counter now. */
    public long get(FittingCounter counter) {
        return counters[counter.ordinal()].get();
    }

    /** {@link FittingCounter#LAST_LOG_LIKELIHOOD} as a number; 0 before the first fit. */
    public double lastLogLikelihood() {
        return Double.longBitsToDouble(get(FittingCounter.LAST_LOG_LIKELIHOOD));
    }

    /** Adds to a counter of one writer: no locked instruction. */
    void add(FittingCounter counter, long increment) {
        counters[counter.ordinal()].getAndAddRelease(increment);
    }

    /** Sets a counter of one writer. */
    void set(FittingCounter counter, long value) {
        counters[counter.ordinal()].setRelease(value);
    }

    void dropped(int count) {
        counters[FittingCounter.DROPPED.ordinal()].getAndAdd(count);
    }

    /** Gives the counters back to their manager. */
    @Override
    public void close() {
        for (AtomicCounter counter : counters) {
            counter.close();
        }
    }
}
