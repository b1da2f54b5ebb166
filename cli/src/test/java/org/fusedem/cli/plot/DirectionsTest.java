package org.fusedem.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;

class DirectionsTest {
    private static final int DIMS = 6;

    /** Means on a line, covariances all alike but far from round: Fisher's direction is W^-1 times the line. */
    @Test
    void findFishersDirection() {
        SplittableRandom random = new SplittableRandom(2);
        double[][] factor = new double[DIMS][DIMS];
        double[] line = new double[DIMS];
        for (int i = 0; i < DIMS; i++) {
            line[i] = random.nextDouble() - 0.5;
            for (int j = 0; j <= i; j++) {
                factor[i][j] = i == j ? 1 + random.nextDouble() : random.nextDouble() - 0.5;
            }
        }
        double[] packed = new double[DIMS * (DIMS + 1) / 2];
        for (int i = 0, at = 0; i < DIMS; i++) {
            for (int j = 0; j <= i; j++) {
                packed[at++] = Matrices.dot(factor[i], factor[j]);
            }
        }
        double[] means = new double[3 * DIMS];
        for (int i = 0; i < DIMS; i++) {
            means[DIMS + i] = 3 * line[i];
            means[2 * DIMS + i] = 10 * line[i];
        }
        GaussianMixture mixture = GaussianMixture.of(Covariance.TIED, DIMS, new double[] {0.3, 0.3, 0.4}, means, packed);
        double[] fisher = Matrices.solveTransposed(factor, Matrices.solve(factor, line));
        double[] first = Directions.separating(mixture).vectors()[0];
        double cosine = Matrices.dot(fisher, first)
                / Math.sqrt(Matrices.dot(fisher, fisher) * Matrices.dot(first, first));
        assertEquals(1, Math.abs(cosine), 1e-6);
        GaussianMixture projected = Directions.separating(mixture).project(mixture);
        assertEquals(1, variance(projected, 0), 1e-6);
        assertEquals(1, variance(projected, 1), 1e-6);
    }

    private static double variance(GaussianMixture mixture, int feature) {
        double sum = 0;
        for (int k = 0; k < mixture.components(); k++) {
            sum += mixture.weight(k)
                    * (mixture.covariance(k, feature, feature) + Math.pow(mixture.mean(k, feature), 2));
        }
        return sum;
    }

    /** Equal means: only the spread of feature 2 tells the components apart. */
    @Test
    void findDifferencesOfCovariances() {
        GaussianMixture mixture = GaussianMixture.of(Covariance.DIAGONAL, 3, new double[] {0.5, 0.5},
                new double[6], new double[] {1, 4, 1, 1, 4, 9}).withColumns(List.of("a", "b", "c"));
        Directions directions = Directions.separating(mixture);
        assertEquals("direction 1: c", directions.title(0, mixture.columns()));
    }

    @Test
    void areThoseOfCorrelationsWithoutAnyDifference() {
        GaussianMixture mixture = GaussianMixture.of(Covariance.FULL, 3, new double[] {1}, new double[] {5, 6, 7},
                new double[] {1, 0.9, 1, 0, 0, 1e6}).withColumns(List.of("a", "b", "c"));
        Directions directions = Directions.separating(mixture);
        assertEquals("direction 1: a + b", directions.title(0, mixture.columns()).replace("b + a", "a + b"));
        assertEquals("direction 2: c", directions.title(1, mixture.columns()));
        GaussianMixture projected = directions.project(mixture);
        assertTrue(Math.abs(projected.covariance(0, 0, 1)) < 1e-6, projected.toString());
    }
}
