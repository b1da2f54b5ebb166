package org.fusedem.model;

import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;

/** Single elements of matrices that are packed as {@link Covariance} says: covariances, and their factors. */
final class Packed {
    private Packed() {}

    /** Element (row, column), {@code column <= row}, of a component's matrix. */
    static double element(Covariance shape, double[] packed, int component, int dims, int row, int column) {
        int block = shape.blockOffset(component, dims);
        return switch (shape) {
            case SPHERICAL -> row == column ? packed[block] : 0;
            case DIAGONAL -> row == column ? packed[block + row] : 0;
            case TIED, FULL -> packed[block + LowerTriangle.index(row, column)];
        };
    }

    /** The Cholesky factors of covariances, packed like them; plain standard deviations for the simple shapes. */
    static double[] choleskyFactors(Covariance shape, double[] covariances, int dims) {
        double[] factors = covariances.clone();
        if (shape == Covariance.TIED || shape == Covariance.FULL) {
            int length = shape.blockLength(dims);
            for (int offset = 0; offset < factors.length; offset += length) {
                LowerTriangle.cholesky(factors, offset, factors, offset, dims);
            }
        } else {
            for (int i = 0; i < factors.length; i++) {
                factors[i] = Math.sqrt(factors[i]);
            }
        }
        return factors;
    }
}
