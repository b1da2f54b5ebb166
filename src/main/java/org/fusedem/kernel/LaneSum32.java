// Made from LaneSum64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Adds up the lanes of vectors that have been written to an array, in a fixed order.
 *
 * <p>The vector API leaves the order of its own {@code reduceLanes} open, and it is another one once a method is
 * compiled: the same fit would then not give the same bits.
 */
final class LaneSum32 {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    private LaneSum32() {}

    /** The sum of the lanes of vector {@code vector}, from 0; written out, as a loop of so few would cost more. */
    static float of(float[] lanes, int vector) {
        int at = vector * LANES;
        if (LANES == 2) {
            return lanes[at] + lanes[at + 1];
        }
        float sum = four(lanes, at);
        if (LANES > 4) {
            sum += four(lanes, at + 4);
        }
        if (LANES > 8) {
            sum += four(lanes, at + 8) + four(lanes, at + 12);
        }
        return sum;
    }

    private static float four(float[] lanes, int at) {
        return lanes[at] + lanes[at + 1] + (lanes[at + 2] + lanes[at + 3]);
    }

    /** The sums of {@code count} vectors from vector {@code from} on. */
    static void run(float[] lanes, int from, int count, float[] sums, int into) {
        for (int v = 0; v < count; v++) {
            sums[into + v] = of(lanes, from + v);
        }
    }
}
