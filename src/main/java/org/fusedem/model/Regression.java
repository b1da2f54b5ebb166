package org.fusedem.model;

import org.fusedem.kernel.Parameters;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;

/**
 * The part of a conditional mixture that does not depend on what is given. From the Cholesky factor of a covariance
 * whose first a columns are given and whose last b are predicted,
 *
 * <pre>
 * Sigma = L L^T,   L = (L_aa  0  )      coefficients B = L_ba L_aa^-1     = Sigma_ba Sigma_aa^-1
 *                      (L_ba L_bb)      covariance   S = L_bb L_bb^T      = Sigma_bb - Sigma_ba Sigma_aa^-1 Sigma_ab
 * </pre>
 *
 * (Bishop, Pattern Recognition and Machine Learning, 2.81 and 2.82). Nothing is subtracted, so S is positive definite
 * even when the given columns say nearly everything. One B and S per block of the covariances; features of spherical
 * and diagonal shapes say nothing of each other, so those have no B.
 */
final class Regression {
    private final int given;
    private final int predicted;
    private final Covariance shape;
    /** {@code blocks x b x a}. */
    private final double[] coefficients;

    /**
     * Writes S into {@code conditional}, for all components.
     *
     * @param joint over given and predicted columns, in this order
     */
    Regression(Parameters joint, Parameters conditional) {
        shape = joint.covariance();
        predicted = conditional.dims();
        given = joint.dims() - predicted;
        boolean matrices = shape == Covariance.TIED || shape == Covariance.FULL;
        int blocks = shape.blocks(joint.components());
        coefficients = new double[matrices ? Math.multiplyExact(blocks, predicted * given) : 0];
        double[] factor = new double[shape.blockLength(joint.dims())];
        for (int block = 0; block < blocks; block++) {
            int from = block * factor.length;
            int into = block * shape.blockLength(predicted);
            switch (shape) {
                case SPHERICAL -> conditional.covariances()[into] = joint.covariances()[from];
                case DIAGONAL ->
                    System.arraycopy(joint.covariances(), from + given, conditional.covariances(), into, predicted);
                case TIED, FULL -> {
                    // It is positive definite: the joint mixture could be made.
                    LowerTriangle.cholesky(joint.covariances(), from, factor, 0, joint.dims());
                    square(factor, conditional.covariances(), into);
                    LowerTriangle.invert(factor, 0, given);
                    divide(factor, block * predicted * given);
                }
            }
        }
    }

    /** {@code S = L_bb L_bb^T}. */
    private void square(double[] l, double[] covariances, int into) {
        for (int i = 0; i < predicted; i++) {
            for (int j = 0; j <= i; j++) {
                int rowI = LowerTriangle.index(given + i, given);
                int rowJ = LowerTriangle.index(given + j, given);
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += l[rowI + k] * l[rowJ + k];
                }
                covariances[into + LowerTriangle.index(i, j)] = sum;
            }
        }
    }

    /** {@code B = L_ba L_aa^-1}, of a factor whose first rows have been inverted. */
    private void divide(double[] l, int into) {
        for (int i = 0; i < predicted; i++) {
            int row = LowerTriangle.index(given + i, 0);
            for (int j = 0; j < given; j++) {
                double sum = 0;
                for (int k = j; k < given; k++) {
                    sum += l[row + k] * l[LowerTriangle.index(k, j)];
                }
                coefficients[into + i * given + j] = sum;
            }
        }
    }

    /** {@code (B_k u)_i}: how far coordinate i of the predicted mean moves when the given ones are u from theirs. */
    double shift(int k, int i, double[] u) {
        if (coefficients.length == 0) {
            return 0;
        }
        int row = ((shape == Covariance.TIED ? 0 : k) * predicted + i) * given;
        double sum = 0;
        for (int j = 0; j < given; j++) {
            sum += coefficients[row + j] * u[j];
        }
        return sum;
    }
}
