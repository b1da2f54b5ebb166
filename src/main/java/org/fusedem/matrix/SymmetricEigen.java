package org.fusedem.matrix;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix
 * Computations, 4th edition, 8.5): slow, {@code O(n^3)} a sweep and some ten sweeps, but accurate to the last
 * bits even for graded matrices. Used only when a covariance has degenerated.
 *
 * <p>Allocated once for a size; not thread-safe.
 */
public final class SymmetricEigen {
    /** Jacobi converges quadratically; more sweeps than this have never been seen to help. */
    private static final int MAX_SWEEPS = 50;

    private final int n;
    private final double[][] a;
    private final double[][] vectors;

    /** Room for an {@code n x n} matrix. */
    public SymmetricEigen(int n) {
        this.n = n;
        a = new double[n][n];
        vectors = new double[n][n];
    }

    /** Decomposes the matrix whose packed lower triangle starts at {@code offset}; the source is only read. */
    public void decompose(double[] packed, int offset) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] = a[j][i] = packed[offset + LowerTriangle.index(i, j)];
                vectors[i][j] = vectors[j][i] = i == j ? 1 : 0;
            }
        }
        for (int sweep = 0; sweep < MAX_SWEEPS && !diagonal(); sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(p, q);
                }
            }
        }
    }

    /** Eigenvalue i, in no particular order. */
    public double value(int i) {
        return a[i][i];
    }

    /** Row {@code row} of eigenvector i, which has length one. */
    public double vector(int row, int i) {
        return vectors[row][i];
    }

    /** Whether what is left beside the diagonal is below the rounding of the diagonal. */
    private boolean diagonal() {
        double unit = Math.ulp(1.0);
        for (int p = 0; p < n; p++) {
            for (int q = p + 1; q < n; q++) {
                if (Math.abs(a[p][q]) > unit * Math.sqrt(Math.abs(a[p][p])) * Math.sqrt(Math.abs(a[q][q]))
                        && Math.abs(a[p][q]) > Double.MIN_NORMAL) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The rotation in the plane (p, q) that makes a[p][q] zero. */
    private void rotate(int p, int q) {
        double apq = a[p][q];
        if (apq == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * apq);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
        double c = 1 / Math.hypot(t, 1);
        double s = t * c;
        for (int i = 0; i < n; i++) {
            double aip = a[i][p];
            double aiq = a[i][q];
            a[i][p] = c * aip - s * aiq;
            a[i][q] = s * aip + c * aiq;
            double vip = vectors[i][p];
            double viq = vectors[i][q];
            vectors[i][p] = c * vip - s * viq;
            vectors[i][q] = s * vip + c * viq;
        }
        for (int i = 0; i < n; i++) {
            double api = a[p][i];
            double aqi = a[q][i];
            a[p][i] = c * api - s * aqi;
            a[q][i] = s * api + c * aqi;
        }
        a[p][q] = a[q][p] = 0;
    }
}
