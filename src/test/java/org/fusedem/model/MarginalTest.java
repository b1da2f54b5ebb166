package org.fusedem.model;

import static org.fusedem.model.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarginalTest {
    private static final GaussianMixture MODEL = GaussianMixture.of(Covariance.FULL, 3, new double[] {0.25, 0.75},
            new double[] {1, 2, 3, 4, 5, 6}, new double[] {10, 1, 11, 2, 3, 12, 20, 4, 21, 5, 6, 22})
            .withColumns(List.of("a", "b", "c"));

    @Test
    void takesRowsAndColumns() {
        GaussianMixture marginal = MODEL.marginal(2, 0);
        assertEquals(List.of("c", "a"), marginal.columns());
        assertArrayEquals(new double[] {0.25, 0.75}, marginal.weights());
        assertArrayEquals(new double[] {3, 1, 6, 4}, marginal.means());
        assertArrayEquals(new double[] {12, 2, 10, 22, 5, 20}, marginal.covariances());
    }

    @ParameterizedTest
    @EnumSource
    void isTheIntegralOverTheOthers(Covariance shape) {
        GaussianMixture model = RandomMixtures.of(shape, 3, 2, 0, 7);
        for (double x : new double[] {-4, 0, 1.5}) {
            // 25 standard deviations to either side; the step is well below the smallest, 0.4.
            double integral = Integral.of(y -> Math.exp(model.logDensity(y, x)), -60, 60, 4000);
            assertEquals(integral, Math.exp(model.marginal(1).logDensity(x)), 1e-13);
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void keepsShapeAndLosesNothing(@ForAll Covariance shape, @ForAll @IntRange(min = 1, max = 4) int components,
            @ForAll @IntRange(min = 1, max = 5) int dims, @ForAll boolean far, @ForAll long seed) {
        GaussianMixture model = RandomMixtures.of(shape, components, dims, far ? 1e8 : 0, components - 2, seed);
        int[] backwards = new int[dims];
        double[] point = RandomMixtures.point(model, seed);
        double[] turned = new double[dims];
        for (int i = 0; i < dims; i++) {
            backwards[i] = dims - 1 - i;
            turned[i] = point[backwards[i]];
        }
        GaussianMixture all = model.marginal(backwards);
        assertEquals(shape, all.covariance());
        double expected = model.logDensity(point);
        // Another order of sums of dims^2 products; the covariances' condition numbers are below some 100.
        assertEquals(expected, all.logDensity(turned), 1e-12 * (1 + Math.abs(expected)));
        GaussianMixture again = all.marginal(backwards);
        assertArrayEquals(model.means(), again.means());
        assertArrayEquals(model.covariances(), again.covariances());
        assertArrayEquals(model.marginal(dims - 1).covariances(), all.marginal(0).covariances());
        assertEquals(model.columns(), again.columns());
    }

    @Test
    void refusesWhatAreNoColumns() {
        assertRefused("columns must be at least one column: columns=0", () -> MODEL.marginal());
        assertRefused("columns must be columns from 0 to 2: column=3", () -> MODEL.marginal(0, 3));
        assertRefused("columns must be columns from 0 to 2: column=-1", () -> MODEL.marginal(-1));
        assertRefused("columns must be different columns: column=1 comes twice", () -> MODEL.marginal(1, 0, 1));
    }
}
