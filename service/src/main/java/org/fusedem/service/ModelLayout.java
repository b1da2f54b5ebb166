package org.fusedem.service;

import org.fusedem.moments.Covariance;

/**
 * How a mixture stands in a buffer: a header, then the weights (K), the means (K rows of D) and the covariances, packed
 * as {@link Covariance} says. All little-endian, doubles in IEEE 754, no padding; what starts on an 8-byte boundary has
 * its doubles on such.
 *
 * <table>
 * <caption>The header</caption>
 * <tr><th>offset</th><th>type</th><th>what</th></tr>
 * <tr><td>0</td><td>int</td><td>{@link #MAGIC}</td></tr>
 * <tr><td>4</td><td>int</td><td>{@link #VERSION}</td></tr>
 * <tr><td>8</td><td>int</td><td>bytes in all, header included</td></tr>
 * <tr><td>12</td><td>int</td><td>CRC-32C of all bytes from offset 16</td></tr>
 * <tr><td>16</td><td>int</td><td>the shape: 0 spherical, 1 diagonal, 2 tied, 3 full</td></tr>
 * <tr><td>20</td><td>int</td><td>D, the number of features</td></tr>
 * <tr><td>24</td><td>int</td><td>K, the number of components</td></tr>
 * <tr><td>28</td><td>int</td><td>zero</td></tr>
 * </table>
 */
public final class ModelLayout {
    /** The letters fmix, the first at the lowest address. */
    public static final int MAGIC = 0x78_69_6d_66;

    /** Of this layout. */
    public static final int VERSION = 1;

    /** Where {@link #MAGIC} stands. */
    public static final int MAGIC_OFFSET = 0;

    /** Where {@link #VERSION} stands. */
    public static final int VERSION_OFFSET = MAGIC_OFFSET + Integer.BYTES;

    /** Where the length stands. */
    public static final int LENGTH_OFFSET = VERSION_OFFSET + Integer.BYTES;

    /** Where the checksum stands. */
    public static final int CHECKSUM_OFFSET = LENGTH_OFFSET + Integer.BYTES;

    /** Where the shape stands, and what the checksum covers starts. */
    public static final int SHAPE_OFFSET = CHECKSUM_OFFSET + Integer.BYTES;

    /** Where D stands. */
    public static final int DIMS_OFFSET = SHAPE_OFFSET + Integer.BYTES;

    /** Where K stands. */
    public static final int COMPONENTS_OFFSET = DIMS_OFFSET + Integer.BYTES;

    /** Where four bytes of zero stand. */
    public static final int RESERVED_OFFSET = COMPONENTS_OFFSET + Integer.BYTES;

    /** Where the weights start: the length of the header. */
    public static final int WEIGHTS_OFFSET = RESERVED_OFFSET + Integer.BYTES;

    /** The shapes by their code. */
    private static final Covariance[] SHAPES = {
        Covariance.SPHERICAL, Covariance.DIAGONAL, Covariance.TIED, Covariance.FULL,
    };

    private ModelLayout() {}

    /**
     * The bytes of a mixture in a buffer.
     *
     * @throws IllegalArgumentException if dims or components are not positive, or there are more than a buffer can hold
     */
    public static int length(Covariance covariance, int dims, int components) {
        if (dims <= 0 || components <= 0) {
            throw new IllegalArgumentException(
                    "dims and components must be positive: dims=" + dims + ", components=" + components);
        }
        // In double, since hostile numbers overflow a long; exact up to far beyond what fits.
        double block = switch (covariance) {
            case SPHERICAL -> 1;
            case DIAGONAL -> dims;
            case TIED, FULL -> 0.5 * dims * (dims + 1.0);
        };
        double numbers = components + (double) components * dims + covariance.blocks(components) * block;
        double bytes = WEIGHTS_OFFSET + numbers * Double.BYTES;
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the model does not fit one buffer: dims=" + dims + ", components=" + components);
        }
        return (int) bytes;
    }

    static int shapeCode(Covariance covariance) {
        for (int code = 0; code < SHAPES.length; code++) {
            if (SHAPES[code] == covariance) {
                return code;
            }
        }
        throw new AssertionError(covariance);
    }

    /** The shape with this code, or null. */
    static Covariance shape(int code) {
        return code >= 0 && code < SHAPES.length ? SHAPES[code] : null;
    }
}
