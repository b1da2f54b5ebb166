package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PointKernelTest {
    private static final int COUNT = 40;

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAgreeWithPlainLoops(Covariance shape) {
        for (int dims : new int[] {1, 2, 5, 8, 17}) {
            for (int components : new int[] {1, 2, 3, 7, 8, 9, 20}) {
                for (double spread : new double[] {1, 100, 1e9}) {
                    compare(Mixtures.of(shape, components, dims, 1e4, spread, dims));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldLeaveOutComponentsOfWeightZero(Covariance shape) {
        Parameters parameters = Mixtures.of(shape, 3, 2, 0, 1, 5);
        parameters.weights()[0] = 0;
        parameters.factorize();
        compare(parameters);
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldNotTakeNaNForMissingUnasked(Covariance shape) {
        Parameters parameters = Mixtures.of(shape, 3, 2, 0, 1, 5);
        for (Kernel kernel : new Kernel[] {new VectorKernel(), new ScalarKernel()}) {
            PointKernel scorer = PointKernel.of(kernel, parameters);
            assertEquals(Kernel.LOG_DENSITY_FLOOR, scorer.logDensity(new double[] {1, Double.NaN}));
        }
    }

    private static void compare(Parameters parameters) {
        compare(new VectorKernel(), parameters);
        compare(new ScalarKernel(), parameters);
    }

    private static void compare(Kernel kernel, Parameters parameters) {
        int components = parameters.components();
        try (Points points = Points.ofColumns(Mixtures.columns(parameters, COUNT, 6), ElementType.FLOAT64);
                Arena arena = Arena.ofConfined()) {
            Kernel plain = new ScalarKernel();
            Tile tile = new Tile(points, components, arena);
            PointKernel scorer = PointKernel.of(kernel, parameters);
            double[] point = new double[parameters.dims()];
            double[] found = new double[components];
            String what = parameters.covariance() + " components=" + components + " dims=" + point.length;
            for (int n = 0; n < COUNT; n++) {
                points.copyRow(n, point);
                tile.load(n, 1);
                plain.logDensities(parameters, tile);
                double expected = plain.responsibilities(tile);
                // A factor is below 2, so distances are known to the points' own rounding, 1e4 * 2^-53, times z.
                double limit = 1e-9 + 1e-13 * Math.abs(expected);
                assertEquals(expected, scorer.logDensity(point), limit, what);
                assertEquals(expected, scorer.responsibilities(point, found), limit, what);
                for (int k = 0; k < components; k++) {
                    assertEquals(tile.value(k, 0), found[k], 1e-9, what);
                }
            }
        }
    }
}
