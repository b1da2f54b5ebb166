package org.fusedem.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17, 50})
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

    @Test
    void leavesZeroAlone() {
        SymmetricEigen eigen = new SymmetricEigen(2);
        eigen.decompose(new double[3], 0);
        assertEquals(0, eigen.value(0));
        assertEquals(1, eigen.vector(1, 1));
    }
}
