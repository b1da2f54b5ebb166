package org.fusedem.kernel;

import java.lang.foreign.ValueLayout;

/** What kernels that compute in floats need to know of floats. */
final class Element32 {
    static final int BYTES = Float.BYTES;
    static final ValueLayout.OfFloat LAYOUT = ValueLayout.JAVA_FLOAT;
    /** Its square is still a number, so neither a lower density nor a sum of many such overflows. */
    static final float FLOOR = -1e30f;
    /** A product below two to this power, times one more sum, is far from the largest number. */
    static final int PRODUCT_BITS = 100;
    /**
     * {@code -32 log 2}: a share below 2^-32 counts as zero. No sum of fewer than 2^7 shares can tell the difference.
     */
    static final float NEGLIGIBLE = -22.18071f;

    /**
     * Beyond this offset, of a mean some 90 deviations from the centre, a rounding of it is more than 2^-18 of a
     * distance, and the component is taken around its own mean.
     */
    static final double FAR = 64;

    private Element32() {}

    /** A number in this type. */
    static float of(double value) {
        return (float) value;
    }
}
