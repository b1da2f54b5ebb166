package org.fusedem.publish;

/**
 * A checksum of 64-bit words: {@code sum = rotateLeft(sum ^ word, 29) * 0x9e3779b97f4a7c15}, from the same number as
 * start. Each step can be undone, so that no change of a single word goes unnoticed, whatever the word; others do once
 * in 2^64 times. Against damage, not against malice.
 */
final class Checksum {
    static final long START = 0x9e3779b97f4a7c15L;

    private static final int ROTATION = 29;

    private Checksum() {}

    static long add(long sum, long word) {
        return Long.rotateLeft(sum ^ word, ROTATION) * START;
    }

    static long add(long sum, double[] numbers) {
        long all = sum;
        for (double number : numbers) {
            all = add(all, Double.doubleToRawLongBits(number));
        }
        return all;
    }

    /** Of a model and its version. */
    static long of(long version, double[] weights, double[] means, double[] covariances) {
        return add(add(add(add(START, version), weights), means), covariances);
    }
}
