package org.fusedem.benchmarks.report;

import java.util.Arrays;

/** The median: on a shared machine one pause would spoil a mean. */
final class Median {
    private Median() {}

    /** Of an even number of values, the mean of the two in the middle; NaN if there are none. */
    static double of(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
