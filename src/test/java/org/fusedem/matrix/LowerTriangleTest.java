package org.fusedem.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LowerTriangleTest {
    private static final int OFFSET = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17, 50})
    void choleskyTimesItsTransposeIsTheMatrix(int n) {
        double[] a = positiveDefinite(n, OFFSET);
        double[] l = new double[a.length];
        assertTrue(LowerTriangle.cholesky(a, OFFSET, l, OFFSET, n));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                double magnitude = 0;
                for (int k = 0; k <= j; k++) {
                    double term = at(l, i, k) * at(l, j, k);
                    product += term;
                    magnitude += Math.abs(term);
                }
                // Higham, Accuracy and Stability, theorem 10.3: the backward error of each element.
                assertEquals(at(a, i, j), product, (n + 2) * 0x1p-53 * magnitude + Math.ulp(product));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17, 50})
    void choleskyOfDefiniteIsTheSameWhereNothingVanishes(int n) {
        double[] a = positiveDefinite(n, OFFSET);
        double[] l = a.clone();
        assertTrue(LowerTriangle.cholesky(a, OFFSET, l, OFFSET, n));
        LowerTriangle.choleskyOfDefinite(a, OFFSET, n);
        assertArrayEquals(l, a);
    }

    /** A matrix of equal numbers has rank one: all pivots but the first are rounding, or nothing at all. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.1, 3e200, 7e-200})
    void choleskyOfDefiniteBearsWhatIsHardlyDefinite(double variance) {
        int n = 6;
        double[] a = new double[OFFSET + LowerTriangle.index(n, 0)];
        Arrays.fill(a, variance);
        double[] l = a.clone();
        LowerTriangle.choleskyOfDefinite(l, OFFSET, n);
        for (int i = 0; i < n; i++) {
            assertTrue(at(l, i, i) > 0);
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int k = 0; k <= j; k++) {
                    product += at(l, i, k) * at(l, j, k);
                }
                // The pivot's raise, and the roundings of a factor in any case.
                assertEquals(variance, product, 2 * (n + 1) * 0x1p-53 * variance + Math.ulp(variance));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17, 50})
    void inverseTimesFactorIsTheIdentity(int n) {
        double[] l = positiveDefinite(n, OFFSET);
        assertTrue(LowerTriangle.cholesky(l, OFFSET, l, OFFSET, n));
        double[] inverse = l.clone();
        LowerTriangle.invert(inverse, OFFSET, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                double magnitude = 0;
                for (int k = j; k <= i; k++) {
                    product += at(inverse, i, k) * at(l, k, j);
                    magnitude += Math.abs(at(inverse, i, k) * at(l, k, j));
                }
                // Higham, 14.1: the residual of a computed triangular inverse.
                assertEquals(i == j ? 1 : 0, product, 2 * (n + 2) * 0x1p-53 * magnitude);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void refusesIndefiniteAndSingularMatrices(int n) {
        double[] a = positiveDefinite(n, 0);
        a[LowerTriangle.index(n - 1, n - 1)] = -1;
        assertFalse(LowerTriangle.cholesky(a, 0, a.clone(), 0, n));
        double[] ones = new double[LowerTriangle.index(n, 0)];
        Arrays.fill(ones, 1);
        assertFalse(LowerTriangle.cholesky(ones, 0, ones.clone(), 0, n));
        double[] nan = positiveDefinite(n, 0);
        nan[0] = Double.NaN;
        assertFalse(LowerTriangle.cholesky(nan, 0, nan.clone(), 0, n));
    }

    /** {@code B B^T + I} for a random B. */
    static double[] positiveDefinite(int n, int offset) {
        SplittableRandom random = new SplittableRandom(n);
        double[][] b = new double[n][n];
        for (double[] row : b) {
            for (int j = 0; j < n; j++) {
                row[j] = random.nextGaussian();
            }
        }
        double[] a = new double[offset + LowerTriangle.index(n, 0)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < n; k++) {
                    sum += b[i][k] * b[j][k];
                }
                a[offset + LowerTriangle.index(i, j)] = sum;
            }
        }
        return a;
    }

    private static double at(double[] a, int i, int j) {
        return a[OFFSET + LowerTriangle.index(i, j)];
    }
}
