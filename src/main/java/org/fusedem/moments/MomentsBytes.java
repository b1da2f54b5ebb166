package org.fusedem.moments;

import java.nio.ByteBuffer;

/**
 * Moments as bytes, big-endian, every double to the bit:
 *
 * <pre>
 * int    magic            int    covariance        int  components     int  dims     byte  whether shifts are common
 * long   points           double total weight      double log-likelihood
 * double shifts           D of them if common, else K x D
 * double weights          K                        double first  K x D               double second  packed
 * </pre>
 */
final class MomentsBytes {
    /** "fem" and the version of this layout. */
    private static final int MAGIC = 'f' << 24 | 'e' << 16 | 'm' << 8 | 1;

    private static final int HEADER_BYTES = 4 * Integer.BYTES + 1 + Long.BYTES + 2 * Double.BYTES;

    private MomentsBytes() {}

    static byte[] write(Moments moments) {
        int shifts = moments.shiftCommon() ? moments.dims() : moments.shifts().length;
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length(moments.covariance(), moments.components(),
                moments.dims(), moments.shiftCommon())));
        bytes.putInt(MAGIC).putInt(moments.covariance().ordinal()).putInt(moments.components()).putInt(moments.dims());
        bytes.put((byte) (moments.shiftCommon() ? 1 : 0));
        bytes.putLong(moments.points()).putDouble(moments.totalWeight()).putDouble(moments.logLikelihood());
        put(bytes, moments.shifts(), shifts);
        put(bytes, moments.weights(), moments.weights().length);
        put(bytes, moments.first(), moments.first().length);
        put(bytes, moments.second(), moments.second().length);
        return bytes.array();
    }

    /** In doubles, which hold any length that ints can ask for, if not each exactly. */
    private static double doubles(Covariance covariance, double components, double dims, boolean shiftCommon) {
        double block = switch (covariance) {
            case SPHERICAL -> 1;
            case DIAGONAL -> dims;
            case TIED, FULL -> dims * (dims + 1) / 2;
        };
        double blocks = covariance == Covariance.TIED ? 1 : components;
        return (shiftCommon ? dims : components * dims) + components + components * dims + blocks * block;
    }

    private static long length(Covariance covariance, int components, int dims, boolean shiftCommon) {
        return HEADER_BYTES + (long) (Double.BYTES * doubles(covariance, components, dims, shiftCommon));
    }

    private static void put(ByteBuffer bytes, double[] values, int count) {
        bytes.asDoubleBuffer().put(values, 0, count);
        bytes.position(bytes.position() + count * Double.BYTES);
    }

    static Moments read(byte[] array) {
        ByteBuffer bytes = ByteBuffer.wrap(array);
        if (array.length < HEADER_BYTES || bytes.getInt() != MAGIC) {
            throw new IllegalArgumentException("these bytes are no moments of this version: bytes=" + array.length);
        }
        int shape = bytes.getInt();
        int components = bytes.getInt();
        int dims = bytes.getInt();
        byte common = bytes.get();
        boolean known = shape >= 0 && shape < Covariance.values().length && components > 0 && dims > 0
                && (common == 0 || common == 1);
        // Before there is room for them: the header alone says how much that would be.
        if (!known || length(Covariance.values()[shape], components, dims, common == 1) != array.length) {
            throw new IllegalArgumentException("these bytes are no moments, or not all of them: bytes=" + array.length
                    + ", shape=" + shape + ", components=" + components + ", dims=" + dims);
        }
        Moments moments = new Moments(Covariance.values()[shape], components, dims);
        long points = bytes.getLong();
        double totalWeight = bytes.getDouble();
        double logLikelihood = bytes.getDouble();
        moments.reset(shifts(bytes, components, dims, common == 1));
        get(bytes, moments.weights());
        get(bytes, moments.first());
        get(bytes, moments.second());
        moments.count(points, totalWeight, logLikelihood);
        return moments;
    }

    private static double[] shifts(ByteBuffer bytes, int components, int dims, boolean common) {
        double[] shifts = new double[components * dims];
        if (!common) {
            get(bytes, shifts);
            return shifts;
        }
        double[] one = new double[dims];
        get(bytes, one);
        for (int k = 0; k < components; k++) {
            System.arraycopy(one, 0, shifts, k * dims, dims);
        }
        return shifts;
    }

    private static void get(ByteBuffer bytes, double[] into) {
        bytes.asDoubleBuffer().get(into);
        bytes.position(bytes.position() + into.length * Double.BYTES);
    }
}
