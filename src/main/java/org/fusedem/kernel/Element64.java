package org.fusedem.kernel;

import java.lang.foreign.ValueLayout;

/** What kernels that compute in doubles need to know of doubles. */
final class Element64 {
    static final int BYTES = Double.BYTES;
    static final ValueLayout.OfDouble LAYOUT = ValueLayout.JAVA_DOUBLE;
    static final double FLOOR = Kernel.LOG_DENSITY_FLOOR;
    /** A product below two to this power, times one more sum, is far from the largest number. */
    static final int PRODUCT_BITS = 1000;
    /**
     * {@code -64 log 2}: a share below 2^-64 counts as zero. No sum of fewer than 2^10 shares can tell the difference.
     */
    static final double NEGLIGIBLE = -44.3614195558365;

    /**
     * Beyond this offset, of a mean some 1450 deviations from the centre, a rounding of it is more than 2^-43 of a
     * distance, and the component is taken around its own mean.
     */
    static final double FAR = 1024;

    private Element64() {}

    /** A number in this type. */
    static double of(double value) {
        return value;
    }
}
