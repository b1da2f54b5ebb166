package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A component of constant density behind the Gaussian ones. */
class UniformComponentTest {
    private static final double WEIGHT = 0.3;

    private static final double LOG_DENSITY = -7.0 / 3;

    /** To the last bit wherever the point is; the others have less of the weight, and no other distance. */
    @ParameterizedTest
    @EnumSource
    void hasTheSameDensityAtEveryPoint(Covariance shape) {
        Kernel kernel = Kernels.chosen();
        for (int dims : new int[] {1, 2, 5}) {
            for (double offset : new double[] {0, 1e4}) {
                Parameters mixture = Mixtures.of(shape, 3, dims, offset, 4, 1);
                Covariance with = shape == Covariance.TIED ? Covariance.FULL : shape;
                Parameters all = new Parameters(with, 4, dims);
                all.copyWithUniform(mixture, WEIGHT, LOG_DENSITY);
                double[][] columns = Mixtures.columns(mixture, 700, 2);
                columns[0][3] = -1e6;
                for (ElementType type : ElementType.values()) {
                    boolean wide = type == ElementType.FLOAT64;
                    try (Points points = Points.ofColumns(columns, type); Arena arena = Arena.ofConfined()) {
                        Tile without = new Tile(points, 3, arena);
                        Tile tile = new Tile(points, 4, arena);
                        without.load(0, 500);
                        tile.load(0, 500);
                        kernel.logDensities(mixture, without);
                        kernel.logDensities(all, tile);
                        double constant = Math.log(WEIGHT) + LOG_DENSITY;
                        boolean narrowed = !wide && kernel instanceof VectorKernel;
                        for (int n = 0; n < tile.count(); n++) {
                            assertEquals(narrowed ? (float) constant : constant, tile.value(3, n));
                            for (int k = 0; k < 3; k++) {
                                double expected = without.value(k, n) + Math.log(1 - WEIGHT);
                                // Tied covariances become full ones, whose products are summed in another order.
                                assertEquals(expected, tile.value(k, n), (narrowed ? 1e-4 : 1e-12) * (10 - expected));
                            }
                        }
                    }
                }
            }
        }
    }

    /** Its mean and covariance draw nothing to themselves: what kernels subtract is what they would without it. */
    @ParameterizedTest
    @EnumSource(names = {"SPHERICAL", "DIAGONAL", "FULL"})
    void changesNoShift(Covariance shape) {
        for (double spread : new double[] {1, 1e3}) {
            Parameters mixture = Mixtures.of(shape, 3, 2, 1e8, spread, 3);
            Parameters all = new Parameters(shape, 4, 2);
            all.copyWithUniform(mixture, WEIGHT, LOG_DENSITY);
            for (int i = 0; i < 6; i++) {
                assertEquals(mixture.shifts()[i], all.shifts()[i]);
            }
        }
    }
}
