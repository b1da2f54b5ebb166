package org.fusedem.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code exp} of a vector of floats, within 1.1 ulp: {@link Exponential64} with a shorter polynomial, whose own error
 * is 1.1e-8.
 */
final class Exponential32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Below this the result counts as zero: a subnormal would cost a hundred times the time of a number. */
    static final float LEAST = -87;
    /** Above this the power of two no longer fits. */
    static final float LARGEST = 88;

    /** Adding this to a small number rounds it to whole, and leaves it in the lowest bits. */
    private static final float ROUNDER = 0x1.8p23f;
    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6931472f;
    private static final float LN2_LOW = -1.9046542e-09f;
    private static final int FRACTION_BITS = 23;

    private Exponential32() {}

    /** {@code exp(x)} for {@code least <= x <= LARGEST}, and 0 for x below {@code least}, itself at least LEAST. */
    static FloatVector exp(FloatVector x, float least) {
        FloatVector rounded = x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
        FloatVector n = rounded.sub(ROUNDER);
        FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(SPECIES, 0.0013926184f);
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.008363179f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.041666556f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.16666576f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1));
        IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, FRACTION_BITS);
        FloatVector scaled = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
        return scaled.blend(0, x.lt(least));
    }
}
