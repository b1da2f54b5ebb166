package org.fusedem.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17, 50, 200})
    void eigenvectorsAreScaledByTheirValues(int n) {
        double[] a = LowerTriangleTest.positiveDefinite(n, 0);
        SymmetricEigen eigen = new SymmetricEigen(n);
        eigen.decompose(a, 0);
        double norm = IntStream.range(0, n).mapToDouble(eigen::value).max().orElseThrow();
        for (int v = 0; v < n; v++) {
            double length = 0;
            for (int i = 0; i < n; i++) {
                double product = 0;
                for (int j = 0; j < n; j++) {
                    product += a[LowerTriangle.index(Math.max(i, j), Math.min(i, j))] * eigen.vector(j, v);
                }
                length += eigen.vector(i, v) * eigen.vector(i, v);
                // Backward stable (Golub and Van Loan 8.5.4): a few roundings per rotation, some ten sweeps of n each.
                assertEquals(eigen.value(v) * eigen.vector(i, v), product, 30 * n * 0x1p-53 * norm);
            }
            assertEquals(1, length, 30 * n * 0x1p-53);
        }
    }

    @Test
    void findsATinyEigenvalueOfARankOneMatrix() {
        SymmetricEigen eigen = new SymmetricEigen(3);
        eigen.decompose(new double[] {1, 2, 4, 3, 6, 9}, 0);
        double[] values = IntStream.range(0, 3).mapToDouble(eigen::value).sorted().toArray();
        assertEquals(0, values[0], 14 * 90 * 0x1p-53);
        assertEquals(0, values[1], 14 * 90 * 0x1p-53);
        assertEquals(14, values[2], 14 * 90 * 0x1p-53);
    }

    /** As a covariance is that has collapsed in some directions: rounding must stay relative to the largest eigenvalue. */
    @Test
    void gradedMatricesKeepTheirTrace() {
        int n = 40;
        double[] a = new double[LowerTriangle.index(n, 0)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[LowerTriangle.index(i, j)] = Math.pow(10, -(i + j) / 8.0) * (i == j ? 2 : 1);
            }
        }
        SymmetricEigen eigen = new SymmetricEigen(n);
        eigen.decompose(a, 0);
        double trace = 0;
        double expected = 0;
        for (int i = 0; i < n; i++) {
            trace += eigen.value(i);
            expected += a[LowerTriangle.index(i, i)];
            assertTrue(eigen.value(i) > -30 * n * 0x1p-53 * 3);
        }
        assertEquals(expected, trace, 30 * n * 0x1p-53 * expected);
    }

    @Test
    void leavesZeroAlone() {
        SymmetricEigen eigen = new SymmetricEigen(2);
        eigen.decompose(new double[3], 0);
        assertEquals(0, eigen.value(0));
        assertEquals(1, eigen.vector(1, 1));
    }
}
