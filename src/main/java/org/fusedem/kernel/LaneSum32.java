// Made from LaneSum64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Adds up the lanes of vectors that have been written to an array, from the first lane to the last.
 *
 * <p>The vector API leaves the order of its own {@code reduceLanes} open, and it is another one once a method is
 * compiled: the same fit would then not give the same bits.
 */
final class LaneSum32 {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    private LaneSum32() {}

    /** The sum of the lanes of vector {@code vector}, from 0. */
    static float of(float[] lanes, int vector) {
        float sum = 0;
        for (int lane = vector * LANES; lane < (vector + 1) * LANES; lane++) {
            sum += lanes[lane];
        }
        return sum;
    }

    /** The sums of {@code count} vectors from vector {@code from} on. */
    static void run(float[] lanes, int from, int count, float[] sums, int into) {
        for (int v = 0; v < count; v++) {
            sums[into + v] = of(lanes, from + v);
        }
    }
}
