package org.fusedem.kernel;

import jdk.incubator.vector.DoubleVector;

/**
 * Adds up the lanes of vectors that have been written to an array, from the first lane to the last.
 *
 * <p>The vector API leaves the order of its own {@code reduceLanes} open, and it is another one once a method is
 * compiled: the same fit would then not give the same bits.
 */
final class LaneSum64 {
    private static final int LANES = DoubleVector.SPECIES_PREFERRED.length();

    private LaneSum64() {}

    /** The sum of the lanes of vector {@code vector}, from 0. */
    static double of(double[] lanes, int vector) {
        double sum = 0;
        for (int lane = vector * LANES; lane < (vector + 1) * LANES; lane++) {
            sum += lanes[lane];
        }
        return sum;
    }

    /** The sums of {@code count} vectors from vector {@code from} on. */
    static void run(double[] lanes, int from, int count, double[] sums, int into) {
        for (int v = 0; v < count; v++) {
            sums[into + v] = of(lanes, from + v);
        }
    }
}
