package org.fusedem.model;

import static org.fusedem.model.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;

class ComponentMergeTest {
    private static final GaussianMixture THREE = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.25, 0.5, 0.25},
            new double[] {0, 0, 7, 7, 4, 2}, new double[] {1, 0, 1, 9, 1, 9, 3, 1, 2}).withColumns(List.of("a", "b"));

    @Test
    void takesTheMomentsOfBoth() {
        GaussianMixture merged = THREE.merged(2, 0);
        assertArrayEquals(new double[] {0.5, 0.5}, merged.weights());
        assertArrayEquals(new double[] {2, 1, 7, 7}, merged.means());
        // Half of each covariance, and a quarter of (4, 2)(4, 2)^T.
        assertArrayEquals(new double[] {2 + 4, 0.5 + 2, 1.5 + 1, 9, 1, 9}, merged.covariances());
        assertEquals(List.of("a", "b"), merged.columns());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theMixtureKeepsWhatItsShapeCanHold(@ForAll Covariance shape,
            @ForAll @IntRange(min = 2, max = 5) int components, @ForAll @IntRange(min = 1, max = 5) int dims,
            @ForAll boolean far, @ForAll long seed) {
        double offset = far ? 1e8 : 0;
        GaussianMixture model = RandomMixtures.of(shape, components, dims, offset, components - 3, seed);
        int first = (int) Math.floorMod(seed, (long) components);
        int second = (first + 1 + (int) Math.floorMod(seed >> 8, components - 1L)) % components;
        GaussianMixture merged = model.merged(first, second);
        assertEquals(components - 1, merged.components());
        assertEquals(shape, merged.covariance());
        assertEquals(model.weight(first) + model.weight(second), merged.weight(Math.min(first, second)), 1e-15);
        assertArrayEquals(merged.covariances(), model.merged(second, first).covariances());
        // Means are some 10 apart and rounded at their own size.
        double rounding = 10 * components * (1e-15 + Math.ulp(offset));
        assertArrayEquals(RandomMixtures.mean(model), RandomMixtures.mean(merged), rounding);
        double[][] before = RandomMixtures.covariance(model);
        double[][] after = RandomMixtures.covariance(merged);
        double trace = 0;
        for (int i = 0; i < dims; i++) {
            trace += after[i][i] - before[i][i];
            for (int j = 0; j < dims; j++) {
                boolean held = shape == Covariance.FULL || shape == Covariance.TIED
                        || shape == Covariance.DIAGONAL && i == j;
                assertEquals(held ? before[i][j] : after[i][j], after[i][j], 20 * rounding + 1e-12);
            }
        }
        assertEquals(0, trace, 20 * dims * rounding + 1e-12);
    }

    /** Runnalls' bound, from the determinants of the covariances: 1, 5 and that of the merged one. */
    @Test
    void whatIsLostIsTheBound() {
        GaussianMixture merged = THREE.merged(0, 2);
        double determinant = 6 * 2.5 - 2.5 * 2.5;
        double bound = 0.5 * (0.5 * Math.log(determinant) - 0.25 * Math.log(1) - 0.25 * Math.log(5));
        double lost = 0.25 * KullbackLeibler.ofComponents(THREE, 0, merged, 0)
                + 0.25 * KullbackLeibler.ofComponents(THREE, 2, merged, 0);
        assertEquals(bound, lost, 1e-15);
        // The whole mixture has lost no more, up to five standard errors.
        KullbackLeibler.Estimate estimate = KullbackLeibler.monteCarlo(THREE, merged, 20_000, 1);
        assertTrue(estimate.value() <= bound + 5 * estimate.standardError());
    }

    @Test
    void oneWithoutWeightLeavesTheOtherAsItIs() {
        GaussianMixture model = GaussianMixture.of(Covariance.DIAGONAL, 1, new double[] {0, 1, 0},
                new double[] {5, 2, 7}, new double[] {1, 3, 2});
        GaussianMixture merged = model.merged(0, 1);
        assertArrayEquals(new double[] {1, 0}, merged.weights());
        assertArrayEquals(new double[] {2, 7}, merged.means());
        assertArrayEquals(new double[] {3, 2}, merged.covariances());
        GaussianMixture nothing = model.merged(0, 2);
        assertArrayEquals(new double[] {0, 1}, nothing.weights());
        assertArrayEquals(new double[] {6, 2}, nothing.means());
        assertArrayEquals(new double[] {1.5 + 1, 3}, nothing.covariances());
    }

    @Test
    void weightsMaySumToOneAndATrace() {
        GaussianMixture model = GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {0.7, 0.3 + 1e-15},
                new double[2], new double[] {1, 1});
        assertEquals(1, model.merged(0, 1).weight(0));
    }

    @Test
    void refusesWhatDoesNotMerge() {
        assertRefused("a component does not merge with itself: component=1", () -> THREE.merged(1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> THREE.merged(0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> THREE.merged(-1, 0));
    }
}
