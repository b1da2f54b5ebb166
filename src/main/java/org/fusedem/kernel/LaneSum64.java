package org.fusedem.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of a vector's lanes in a fixed order, as a tree. {@code reduceLanes(ADD)} leaves the order open, and the
 * interpreter and the compilers take different ones: the same fit would have other bits once its code is compiled.
 */
final class LaneSum64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VectorShuffle<Double> BY_8 = rotation(8);
    private static final VectorShuffle<Double> BY_4 = rotation(4);
    private static final VectorShuffle<Double> BY_2 = rotation(2);
    private static final VectorShuffle<Double> BY_1 = rotation(1);

    private LaneSum64() {}

    /** Lane i gets what was in lane i + distance. */
    private static VectorShuffle<Double> rotation(int distance) {
        return VectorShuffle.iota(SPECIES, distance, 1, true);
    }

    static double of(DoubleVector v) {
        DoubleVector sum = v;
        if (LANES > 8) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (LANES > 4) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        if (LANES > 2) {
            sum = sum.add(sum.rearrange(BY_2));
        }
        return sum.add(sum.rearrange(BY_1)).lane(0);
    }
}
