package org.fusedem.kernel;

import jdk.incubator.vector.DoubleVector;

/**
 * Adds up the lanes of vectors that have been written to an array, in a fixed order.
 *
 * <p>The vector API leaves the order of its own {@code reduceLanes} open, and it is another one once a method is
 * compiled: the same fit would then not give the same bits.
 */
final class LaneSum64 {
    private static final int LANES = DoubleVector.SPECIES_PREFERRED.length();

    private LaneSum64() {}

    /** The sum of the lanes of vector {@code vector}, from 0; written out, as a loop of so few would cost more. */
    static double of(double[] lanes, int vector) {
        int at = vector * LANES;
        if (LANES == 2) {
            return lanes[at] + lanes[at + 1];
        }
        double sum = four(lanes, at);
        if (LANES > 4) {
            sum += four(lanes, at + 4);
        }
        if (LANES > 8) {
            sum += four(lanes, at + 8) + four(lanes, at + 12);
        }
        return sum;
    }

    private static double four(double[] lanes, int at) {
        return lanes[at] + lanes[at + 1] + (lanes[at + 2] + lanes[at + 3]);
    }

    /** The sums of {@code count} vectors from vector {@code from} on. */
    static void run(double[] lanes, int from, int count, double[] sums, int into) {
        for (int v = 0; v < count; v++) {
            sums[into + v] = of(lanes, from + v);
        }
    }
}
