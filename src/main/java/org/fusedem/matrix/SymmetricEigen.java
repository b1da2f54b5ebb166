package org.fusedem.matrix;

import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder reduction to a tridiagonal one, then QL steps with
 * implicit shifts (Golub and Van Loan, Matrix Computations, 4th edition, 8.3; Bowdler, Martin, Reinsch and Wilkinson
 * 1968). Costs about {@code 9 n^3} operations; errors are a few roundings of the largest eigenvalue.
 *
 * <p>Allocated once for a size; not thread-safe.
 */
public final class SymmetricEigen {
    /** Two QL steps per eigenvalue are usual. */
    private static final int MOST_STEPS = 60;

    private final int n;
    /** The matrix, of which each reduction leaves its Householder vector below the diagonal. */
    private final double[][] a;
    /** Row i is eigenvector i, in the end; before, the transpose of what has been multiplied up. */
    private final double[][] vectors;
    private final double[] diagonal;
    /** Element i stands beside diagonal elements i and i + 1. */
    private final double[] beside;
    private final double[] scratch;

    /** Room for an {@code n x n} matrix. */
    public SymmetricEigen(int n) {
        this.n = n;
        a = new double[n][n];
        vectors = new double[n][n];
        diagonal = new double[n];
        beside = new double[n];
        scratch = new double[n];
    }

    /** Decomposes the matrix whose packed lower triangle starts at {@code offset}; the source is only read. */
    public void decompose(double[] packed, int offset) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] = a[j][i] = packed[offset + LowerTriangle.index(i, j)];
                vectors[i][j] = vectors[j][i] = i == j ? 1 : 0;
            }
        }
        for (int k = 0; k < n; k++) {
            if (k < n - 2) {
                reduce(k);
            } else if (k == n - 2) {
                beside[k] = a[k + 1][k];
            }
            diagonal[k] = a[k][k];
        }
        for (int k = 0; k < n; k++) {
            separate(k);
        }
    }

    /** Eigenvalue i, in no particular order. */
    public double value(int i) {
        return diagonal[i];
    }

    /** Row {@code row} of eigenvector i, which has length one. */
    public double vector(int row, int i) {
        return vectors[i][row];
    }

    /**
     * Makes all of column k below the element beside the diagonal zero, by a reflection {@code I - beta v v^T} from
     * both sides; and multiplies it into the vectors.
     */
    private void reduce(int k) {
        double[] v = a[k];
        double largest = 0;
        for (int i = k + 1; i < n; i++) {
            largest = Math.max(largest, Math.abs(v[i]));
        }
        double below = 0;
        for (int i = k + 1; i < n; i++) {
            // Scaled, so that no square underflows or overflows; the reflection does not mind.
            v[i] = largest == 0 ? 0 : v[i] / largest;
            below += i == k + 1 ? 0 : v[i] * v[i];
        }
        if (below == 0) {
            beside[k] = v[k + 1] * largest;
            return;
        }
        double alpha = -Math.copySign(Math.sqrt(below + v[k + 1] * v[k + 1]), v[k + 1]);
        beside[k] = alpha * largest;
        v[k + 1] -= alpha;
        double beta = -1 / (alpha * v[k + 1]);
        reflectBothSides(k + 1, v, beta);
        reflectVectors(k + 1, v, beta);
    }

    /** {@code A - v w^T - w v^T} with {@code w = p - (beta / 2)(p^T v) v}, {@code p = beta A v}. */
    private void reflectBothSides(int from, double[] v, double beta) {
        double[] w = scratch;
        double product = 0;
        for (int i = from; i < n; i++) {
            w[i] = beta * dot(a[i], v, from);
            product += w[i] * v[i];
        }
        for (int i = from; i < n; i++) {
            w[i] -= beta / 2 * product * v[i];
        }
        for (int i = from; i < n; i++) {
            for (int j = from; j < n; j++) {
                a[i][j] -= v[i] * w[j] + w[i] * v[j];
            }
        }
    }

    /** {@code V - beta v (v^T V)} for the matrix V of vectors. */
    private void reflectVectors(int from, double[] v, double beta) {
        double[] sums = scratch;
        Arrays.fill(sums, 0);
        for (int i = from; i < n; i++) {
            add(v[i], vectors[i], sums);
        }
        for (int i = from; i < n; i++) {
            add(-beta * v[i], sums, vectors[i]);
        }
    }

    private void add(double factor, double[] row, double[] sums) {
        for (int j = 0; j < n; j++) {
            sums[j] += factor * row[j];
        }
    }

    private double dot(double[] x, double[] y, int from) {
        double sum = 0;
        for (int j = from; j < n; j++) {
            sum += x[j] * y[j];
        }
        return sum;
    }

    /** QL steps until what stands beside diagonal element k is below the rounding of its neighbours. */
    private void separate(int k) {
        for (int step = 0; step < MOST_STEPS; step++) {
            int end = blockEnd(k);
            if (end == k) {
                return;
            }
            step(k, end);
        }
    }

    /** The last of the diagonal elements that hang together with element k. */
    private int blockEnd(int k) {
        int end = k;
        while (end < n - 1) {
            double neighbours = Math.abs(diagonal[end]) + Math.abs(diagonal[end + 1]);
            if (Math.abs(beside[end]) <= Math.ulp(1.0) * neighbours || Math.abs(beside[end]) < Double.MIN_NORMAL) {
                return end;
            }
            end++;
        }
        return end;
    }

    /** One QL step on the block from k to end, with Wilkinson's shift. */
    private void step(int k, int end) {
        double half = (diagonal[k + 1] - diagonal[k]) / (2 * beside[k]);
        double g = diagonal[end] - diagonal[k] + beside[k] / (half + Math.copySign(Math.hypot(half, 1), half));
        double sine = 1;
        double cosine = 1;
        double moved = 0;
        for (int i = end - 1; i >= k; i--) {
            double f = sine * beside[i];
            double b = cosine * beside[i];
            double r = Math.hypot(f, g);
            beside[i + 1] = r;
            if (r == 0) {
                // The block has come apart.
                diagonal[i + 1] -= moved;
                beside[end] = 0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = diagonal[i + 1] - moved;
            double t = (diagonal[i] - g) * sine + 2 * cosine * b;
            moved = sine * t;
            diagonal[i + 1] = g + moved;
            g = cosine * t - b;
            rotate(i, sine, cosine);
        }
        diagonal[k] -= moved;
        beside[k] = g;
        beside[end] = 0;
    }

    /** Turns eigenvectors i and i + 1 in their plane. */
    private void rotate(int i, double sine, double cosine) {
        double[] first = vectors[i];
        double[] second = vectors[i + 1];
        for (int j = 0; j < n; j++) {
            double x = second[j];
            second[j] = sine * first[j] + cosine * x;
            first[j] = cosine * first[j] - sine * x;
        }
    }
}
