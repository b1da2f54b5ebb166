package org.fusedem.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fusedem.fit.TestData;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NeighboursTest {
    @ParameterizedTest
    @CsvSource({"SPHERICAL, DIAGONAL", "SPHERICAL, FULL", "DIAGONAL, FULL", "TIED, FULL", "FULL, FULL"})
    void aShapeWithRoomKeepsTheDensity(Covariance from, Covariance to) {
        GaussianMixture model = TestData.mixture(from, 3, 4, 2, 1);
        GaussianMixture reshaped = Neighbours.reshaped(model, to);
        assertEquals(to, reshaped.covariance());
        assertEquals(model.logDensity(0.1, 0.2, -1, 3), reshaped.logDensity(0.1, 0.2, -1, 3), 1e-12);
    }

    @Test
    void aShapeWithoutRoomAverages() {
        GaussianMixture model = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.25, 0.75},
                new double[] {0, 0, 5, 5}, new double[] {2, 1, 4, 6, -1, 8});
        assertArrayEquals(new double[] {3, 7}, Neighbours.reshaped(model, Covariance.SPHERICAL).covariances());
        assertArrayEquals(new double[] {2, 4, 6, 8}, Neighbours.reshaped(model, Covariance.DIAGONAL).covariances());
        assertArrayEquals(new double[] {5, -0.5, 7}, Neighbours.reshaped(model, Covariance.TIED).covariances());
    }

    @ParameterizedTest
    @EnumSource
    void aSplitKeepsWeightMeanAndTheOthers(Covariance shape) {
        GaussianMixture model = TestData.mixture(shape, 3, 2, 2, 1);
        GaussianMixture split = Neighbours.split(model, 1);
        assertEquals(4, split.components());
        assertEquals(model.weights()[1], split.weights()[1] + split.weights()[3], 1e-15);
        assertArrayEquals(model.mean(0), split.mean(0));
        assertArrayEquals(model.mean(2), split.mean(2));
        for (int k = 0; k < 4; k++) {
            assertArrayEquals(model.covariance(k % 2 == 1 ? 1 : k), split.covariance(k));
        }
        double distance = 0;
        for (int i = 0; i < 2; i++) {
            assertEquals(model.mean(1, i), (split.mean(1, i) + split.mean(3, i)) / 2, 1e-14);
            distance = Math.max(distance, split.mean(1, i) - split.mean(3, i));
        }
        assertEquals(true, distance > 0);
    }

    @Test
    void aSplitFollowsTheWidestFeatureAndItsCorrelations() {
        // Beside the whole, component 0 is wide in feature 1 alone, whose correlation with feature 0 is 1/2.
        GaussianMixture model = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.5, 0.5},
                new double[] {-10, 0, 10, 0}, new double[] {1, 1, 4, 1, 0, 1});
        GaussianMixture split = Neighbours.split(model, 0);
        assertArrayEquals(new double[] {-10 + 0.35, 1.4}, split.mean(0), 1e-14);
        assertArrayEquals(new double[] {-10 - 0.35, -1.4}, split.mean(2), 1e-14);
    }
}
