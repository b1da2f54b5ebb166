package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Picking the few points that a component is responsible for adds the same numbers in another order: so the bound is
 * that of any order, {@code n eps} times the sum of magnitudes. Shares below 2^-64 (2^-32 for floats) count as zero:
 * that bound is n times as much.
 */
class SkippingTest {
    private static final int COMPONENTS = 40;
    private static final int DIMS = 5;
    private static final int COUNT = 2000;

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAddUpToTheSame(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
            for (double spread : new double[] {0.5, 3, 8, 30, 1000}) {
                Parameters parameters = Mixtures.of(shape, COMPONENTS, DIMS, 0, spread, 9);
                try (Points points = Points.ofColumns(Mixtures.columns(parameters, COUNT, 10), type);
                        Arena arena = Arena.ofConfined()) {
                    Moments found = run(new VectorKernel(), points, parameters, arena);
                    Moments expected = run(new ScalarKernel(), points, parameters, arena);
                    // Densities of points some 30 deviations from the centre are off by their own rounding: spread eps.
                    double limit = COUNT * eps * (10 + spread * spread);
                    for (int k = 0; k < COMPONENTS; k++) {
                        assertEquals(expected.weights()[k], found.weights()[k], limit, shape + " spread=" + spread);
                    }
                    double size = 1 + largest(expected.second());
                    for (int i = 0; i < expected.second().length; i++) {
                        assertEquals(expected.second()[i], found.second()[i], limit * size,
                                shape + " " + type + " spread=" + spread);
                    }
                }
            }
        }
    }

    /** The points of one component only: of all others nothing may be left, not even a rounding. */
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void shouldLeaveFarComponentsExactlyEmpty(ElementType type) {
        Parameters parameters = Mixtures.of(Covariance.FULL, COMPONENTS, DIMS, 0, 1000, 9);
        double[][] columns = new double[DIMS][300];
        for (int i = 0; i < DIMS; i++) {
            Arrays.fill(columns[i], parameters.means()[7 * DIMS + i]);
        }
        try (Points points = Points.ofColumns(columns, type); Arena arena = Arena.ofConfined()) {
            Moments moments = run(new VectorKernel(), points, parameters, arena);
            assertEquals(300, moments.weights()[7]);
            for (int k = 0; k < COMPONENTS; k++) {
                assertTrue(k == 7 || moments.weights()[k] == 0, "component " + k);
                assertTrue(k == 7 || moments.second()[k * Covariance.triangle(DIMS)] == 0, "component " + k);
            }
        }
    }

    private static Moments run(Kernel kernel, Points points, Parameters parameters, Arena arena) {
        Moments moments = new Moments(parameters.covariance(), COMPONENTS, DIMS);
        moments.reset(parameters.shifts());
        new Pass(kernel, points, COMPONENTS, arena).run(0, Math.min(COUNT, points.size()),
                Densities.of(kernel, parameters), Assignment.SOFT, moments);
        return moments;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
