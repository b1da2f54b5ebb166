package org.fusedem.service.example;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How long something takes: recorded by one thread without garbage, looked at by another, for the last interval and
 * over all of them.
 */
final class Latencies {
    /** Ten seconds in nanoseconds; what takes longer counts as that. */
    private static final long LARGEST = 10_000_000_000L;
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(LARGEST, DIGITS);
    private final Histogram interval = new Histogram(LARGEST, DIGITS);
    private final Histogram all = new Histogram(LARGEST, DIGITS);

    /** Records one, in nanoseconds. */
    void record(long nanos) {
        recorder.recordValue(Math.min(nanos, LARGEST));
    }

    /** Ends the interval that {@link #interval} shows. */
    void endInterval() {
        recorder.getIntervalHistogramInto(interval);
        all.add(interval);
    }

    /** Forgets all intervals so far. */
    void reset() {
        all.reset();
    }

    /** A percentile of the last interval, in nanoseconds. */
    long interval(double percentile) {
        return interval.getValueAtPercentile(percentile);
    }

    /** A percentile over all intervals, in nanoseconds. */
    long all(double percentile) {
        return all.getValueAtPercentile(percentile);
    }
}
