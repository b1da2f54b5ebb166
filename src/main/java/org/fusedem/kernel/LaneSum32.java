// Made from LaneSum64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Adds up the lanes of vectors that have been written to an array, in a fixed order and in float.
 *
 * <p>The vector API leaves the order of its own {@code reduceLanes} open, and it is another one once a method is
 * compiled: the same fit would then not give the same bits.
 */
final class LaneSum32 {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    private LaneSum32() {}

    /** The sum of the lanes of vector {@code vector}, from 0; written out, as a loop of so few would cost more. */
    static double of( // in double
            float[] lanes, int vector) {
        int at = vector * LANES;
        if (LANES == 2) {
            return two(lanes, at);
        }
        double sum = two(lanes, at) + two(lanes, at + 2); // in double
        if (LANES > 4) {
            sum += two(lanes, at + 4) + two(lanes, at + 6);
        }
        if (LANES > 8) {
            sum += two(lanes, at + 8) + two(lanes, at + 10) + (two(lanes, at + 12) + two(lanes, at + 14));
        }
        return sum;
    }

    private static double two( // in double
            float[] lanes, int at) {
        double sum = lanes[at]; // in double
        sum += lanes[at + 1];
        return sum;
    }

    /** The sums of {@code count} vectors from vector {@code from} on. */
    static void run(float[] lanes, int from, int count, float[] sums, int into) {
        for (int v = 0; v < count; v++) {
            sums[into + v] = Element32.of(of(lanes, from + v));
        }
    }
}
