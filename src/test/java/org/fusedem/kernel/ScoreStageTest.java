package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreStageTest {
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void givesEachPointItsLogDensityAndResponsibilities(Covariance shape) {
        for (int dims : new int[] {1, 3, 8}) {
            for (int components : new int[] {1, 2, 5, 17}) {
                // Terms of a log density are some tens; floats see points rounded to 2^-24 of 10.
                compare(Mixtures.of(shape, components, dims, 10, 2, dims), ElementType.FLOAT64, 1e-12);
                compare(Mixtures.of(shape, components, dims, 10, 2, dims), ElementType.FLOAT32, 2e-3);
            }
        }
    }

    /** Against plain loops over the same tile, full or not. */
    private static void compare(Parameters parameters, ElementType type, double limit) {
        int components = parameters.components();
        int capacity = Tile.capacity(components, type);
        Kernel vector = new VectorKernel();
        Kernel scalar = new ScalarKernel();
        try (Points points = Points.ofColumns(Mixtures.columns(parameters, capacity, 6), type);
                Arena arena = Arena.ofConfined()) {
            Tile tile = new Tile(points, components, arena);
            Tile plain = new Tile(points, components, arena);
            for (int count : new int[] {1, 7, 63, capacity - 1, capacity}) {
                String what = parameters.covariance() + " " + type + " components=" + components + " count=" + count;
                double[] found = new double[count + 1];
                double[] expected = new double[count];
                tile.load(0, count);
                vector.logDensities(parameters, tile);
                vector.score(tile, found, 1);
                plain.load(0, count);
                scalar.logDensities(parameters, plain);
                scalar.score(plain, expected, 0);
                double sum = 0;
                for (int n = 0; n < count; n++) {
                    assertEquals(expected[n], found[n + 1], limit * (1 + Math.abs(expected[n])), what);
                    for (int k = 0; k < components; k++) {
                        assertEquals(plain.value(k, n), tile.value(k, n), limit, what);
                    }
                    sum += expected[n];
                }
                assertEquals(0, found[0]);
                // The plain loops themselves: log densities that sum to the log-likelihood.
                plain.load(0, count);
                scalar.logDensities(parameters, plain);
                assertEquals(scalar.logLikelihood(plain), sum, 1e-12 * count * (1 + Math.abs(sum)), what);
            }
        }
    }
}
