package org.fusedem.matrix;

/**
 * Lower triangles packed by rows, {@code a11, a21, a22, a31, ...}, starting anywhere in an array.
 *
 * <p>Static, allocation-free. Formulas: Golub and Van Loan, Matrix Computations, 4th edition, 4.2 and 3.1.
 */
public final class LowerTriangle {
    private LowerTriangle() {}

    /** Where element (row, column), {@code column <= row}, both from 0, stands in a packed triangle. */
    public static int index(int row, int column) {
        // The product may need all 32 bits.
        return (row * (row + 1) >>> 1) + column;
    }

    /**
     * The Cholesky factor L of a symmetric matrix {@code A = L L^T}. Source and target may be the same place.
     * Costs {@code n^3 / 3} operations.
     *
     * @return whether A is numerically positive definite; if not, the target holds nothing of use
     */
    public static boolean cholesky(double[] a, int aOffset, double[] l, int lOffset, int n) {
        for (int i = 0; i < n; i++) {
            int row = lOffset + index(i, 0);
            for (int j = 0; j <= i; j++) {
                int other = lOffset + index(j, 0);
                double sum = a[aOffset + index(i, j)];
                for (int k = 0; k < j; k++) {
                    sum -= l[row + k] * l[other + k];
                }
                if (j < i) {
                    l[row + j] = sum / l[other + j];
                } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
                    l[row + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Replaces a symmetric matrix, known to be positive definite, by its Cholesky factor. A pivot that rounding has
     * brought near or below zero is raised to {@code (n + 1) 2^-53 a_ii}: so the factor always exists, and is that of a
     * matrix as near to A as the factor without that would be (Higham, Accuracy and Stability of Numerical Algorithms,
     * 2nd edition, Theorem 10.3). Costs {@code n^3 / 3} operations.
     */
    public static void choleskyOfDefinite(double[] a, int offset, int n) {
        double rounding = (n + 1) * 0x1p-53;
        for (int i = 0; i < n; i++) {
            int row = offset + index(i, 0);
            for (int j = 0; j <= i; j++) {
                int other = offset + index(j, 0);
                double element = a[row + j];
                double sum = element;
                for (int k = 0; k < j; k++) {
                    sum -= a[row + k] * a[other + k];
                }
                a[row + j] = j < i ? sum / a[other + j] : Math.sqrt(Math.max(sum, rounding * element));
            }
        }
    }

    /** Replaces L by its inverse, again lower triangular. Costs {@code n^3 / 3} operations. */
    public static void invert(double[] l, int offset, int n) {
        for (int i = 0; i < n; i++) {
            int row = offset + index(i, 0);
            double inverse = 1 / l[row + i];
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum += l[row + k] * l[offset + index(k, j)];
                }
                l[row + j] = -sum * inverse;
            }
            l[row + i] = inverse;
        }
    }

    /** {@code sum_i log l_ii}: half the log-determinant of {@code L L^T}. */
    public static double logDiagonal(double[] l, int offset, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(l[offset + index(i, i)]);
        }
        return sum;
    }
}
