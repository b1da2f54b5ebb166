package org.fusedem.kernel;

import org.fusedem.points.ElementType;

/** How far rounding alone may move a log-likelihood. */
public final class Rounding {
    /** Roundings that each point's log-density passes through on its way into the sum, and then some. */
    private static final double ROUNDINGS = 64;

    private Rounding() {}

    /**
     * {@code 64 eps magnitude}, where the magnitude of a log-likelihood is {@code |logLikelihood| + D n}: each of n
     * points contributes a log-density, whose terms, about one per feature, and whose place in the sum of its tile and
     * range each bring a few roundings of relative size eps; that is 2^-53, or 2^-24 for points stored in 32 bits.
     */
    public static double bound(ElementType type, double magnitude) {
        return ROUNDINGS * (type == ElementType.FLOAT32 ? 0x1p-24 : 0x1p-53) * magnitude;
    }
}
