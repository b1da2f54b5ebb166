package org.fusedem.benchmarks;

import java.util.Arrays;

/**
 * From which call on a sequence of calls was as fast as at its end: the first window of calls whose p99, like that of
 * nearly all windows after it, is within twice the final one.
 *
 * @param firstCall the first call of that window, from 0
 * @param p99 the final p99: the median over the windows of the last quarter
 */
record SteadyState(int firstCall, int p99) {
    /** Enough for a p99 of ten calls above it. */
    static final int WINDOW = 1000;

    /** A busy machine disturbs a window now and then; so many in a row it does not. */
    private static final int WINDOWS = 20;

    /**
     * Of durations in the order of the calls.
     *
     * @throws IllegalArgumentException if there are too few
     */
    static SteadyState of(int[] nanos) {
        int windows = nanos.length / WINDOW;
        if (windows < 4 * WINDOWS) {
            throw new IllegalArgumentException("too few calls: calls=" + nanos.length);
        }
        int[] p99s = new int[windows];
        for (int w = 0; w < windows; w++) {
            int[] sorted = Arrays.copyOfRange(nanos, w * WINDOW, (w + 1) * WINDOW);
            Arrays.sort(sorted);
            p99s[w] = sorted[WINDOW * 99 / 100];
        }
        int[] last = Arrays.copyOfRange(p99s, windows - windows / 4, windows);
        Arrays.sort(last);
        int p99 = last[last.length / 2];
        for (int w = 0; w <= windows - WINDOWS; w++) {
            if (p99s[w] <= 2 * p99 && disturbed(p99s, w, 2 * p99) <= WINDOWS / 10) {
                return new SteadyState(w * WINDOW, p99);
            }
        }
        return new SteadyState(nanos.length, p99);
    }

    /** How many of the windows from here on are slower. */
    private static int disturbed(int[] p99s, int from, int limit) {
        return (int) Arrays.stream(p99s, from, from + WINDOWS).filter(p99 -> p99 > limit).count();
    }
}
