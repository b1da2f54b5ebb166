package org.fusedem.cli.plot;

/** As much linear algebra as two directions take. Matrices are square, and symmetric where that is said. */
final class Matrices {
    /** Enough to turn the start by a thousandth at eigenvalues one in a hundred apart. */
    private static final int ITERATIONS = 1000;

    private Matrices() {}

    /** L, lower triangular, of the symmetric positive definite {@code A = L L^T}. */
    static double[][] cholesky(double[][] a) {
        int n = a.length;
        double[][] root = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= root[i][k] * root[j][k];
                }
                // Rounding may take the last of a nearly singular matrix below zero.
                root[i][j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / root[j][j];
            }
        }
        return root;
    }

    /** {@code L^-1 b}. */
    static double[] solve(double[][] root, double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                x[i] -= root[i][j] * x[j];
            }
            x[i] /= root[i][i];
        }
        return x;
    }

    /** {@code L^-T b}. */
    static double[] solveTransposed(double[][] root, double[] b) {
        double[] x = b.clone();
        for (int i = x.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < x.length; j++) {
                x[i] -= root[j][i] * x[j];
            }
            x[i] /= root[i][i];
        }
        return x;
    }

    /** {@code L^-1 A L^-T} of a symmetric A. */
    static double[][] whitened(double[][] a, double[][] root) {
        int n = a.length;
        double[][] half = new double[n][];
        for (int i = 0; i < n; i++) {
            half[i] = solve(root, a[i]);
        }
        double[][] whitened = new double[n][];
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                column[i] = half[i][j];
            }
            whitened[j] = solve(root, column);
        }
        return whitened;
    }

    /** The first two eigenvectors of a symmetric matrix without negative eigenvalues, by subspace iteration. */
    static double[][] topEigenvectors(double[][] a) {
        int n = a.length;
        double[][] vectors = new double[2][n];
        for (int i = 0; i < n; i++) {
            vectors[0][i] = 1;
            vectors[1][i] = i % 2 == 0 ? 1 : -1 - i;
        }
        double shift = 1e-12;
        for (int i = 0; i < n; i++) {
            shift += 1e-9 * a[i][i];
        }
        orthonormalize(vectors);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            for (int d = 0; d < 2; d++) {
                double[] image = times(a, vectors[d]);
                for (int i = 0; i < n; i++) {
                    // What the matrix maps to nothing keeps its direction.
                    vectors[d][i] = image[i] + shift * vectors[d][i];
                }
            }
            orthonormalize(vectors);
        }
        return vectors;
    }

    private static void orthonormalize(double[][] pair) {
        normalize(pair[0]);
        // Twice: the first time cancels digits.
        for (int time = 0; time < 2; time++) {
            double overlap = dot(pair[0], pair[1]);
            for (int i = 0; i < pair[0].length; i++) {
                pair[1][i] -= overlap * pair[0][i];
            }
            normalize(pair[1]);
        }
    }

    private static void normalize(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double[] times(double[][] a, double[] b) {
        double[] product = new double[b.length];
        for (int i = 0; i < b.length; i++) {
            product[i] = dot(a[i], b);
        }
        return product;
    }

    static double bilinear(double[][] a, double[] left, double[] right) {
        return dot(left, times(a, right));
    }

    static double quadratic(double[][] a, double[] b) {
        return bilinear(a, b, b);
    }

    static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a.length; k++) {
                for (int j = 0; j < a.length; j++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    static double[][] difference(double[][] a, double[][] b) {
        double[][] difference = new double[a.length][a.length];
        add(1, a, difference);
        add(-1, b, difference);
        return difference;
    }

    /** Adds {@code factor A} to a sum. */
    static void add(double factor, double[][] a, double[][] sum) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum[i][j] += factor * a[i][j];
            }
        }
    }
}
