package org.fusedem.maximization;

/** Finds the value that would stand at a rank if values were sorted, without sorting them. */
final class OrderStatistic {
    /** Of Knuth's MMIX: see {@link #place}. */
    private static final long MULTIPLIER = 6364136223846793005L;

    private static final long INCREMENT = 1442695040888963407L;

    private OrderStatistic() {}

    /**
     * The value of this rank (Hoare, Algorithm 65: Find, 1961). Costs {@code O(to - from)} on average, whatever the
     * values' order, and allocates nothing.
     *
     * @param values if any is NaN, nothing is promised but an end; reordered between {@code from} and {@code to},
     *     so that afterwards none before {@code rank} is larger, and none behind it smaller
     * @param rank where the value would stand, from {@code from} to {@code to - 1}
     */
    static double select(double[] values, int from, int to, int rank) {
        int first = from;
        int end = to;
        long random = 0;
        while (true) {
            random = random * MULTIPLIER + INCREMENT;
            double pivot = median(values[place(random, first, end)], values[(first + end) >>> 1],
                    values[place(random << Integer.SIZE, first, end)]);
            int less = partition(values, first, end, pivot);
            if (rank < less) {
                end = less;
            } else if (less > first) {
                first = less;
            } else {
                // The pivot is the smallest, so its equals come first. (Of infinity there is no next, and none of NaN.)
                first = partition(values, first, end, Math.nextUp(pivot));
                if (rank < first || first == less) {
                    return pivot;
                }
            }
        }
    }

    /** A random place: no order of the values makes for bad pivots again and again. */
    private static int place(long random, int first, int end) {
        return first + (int) Math.unsignedMultiplyHigh(random, end - first);
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** Brings the values below the bound to the front; where the others begin. No branch depends on a value. */
    private static int partition(double[] values, int first, int end, double bound) {
        int others = first;
        for (int i = first; i < end; i++) {
            double value = values[i];
            values[i] = values[others];
            values[others] = value;
            others += value < bound ? 1 : 0;
        }
        return others;
    }
}
