package org.fusedem.model;

import static org.fusedem.model.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComponentDistancesTest {
    private static final GaussianMixture FULL = GaussianMixture.of(Covariance.FULL, 2, new double[] {0, 1},
            new double[] {0, 0, 3, 4}, new double[] {1, 0, 1, 4, 1, 2});

    @Test
    void distancesAreTheFormulas() {
        // |Sigma| = 7, Sigma^-1 = (2 -1; -1 4) / 7, u = (1, 2): (2 - 4 + 16) / 7 = 2.
        assertArrayEquals(new double[] {52, 2}, FULL.squaredMahalanobis(4, 6), 1e-14);
        double normal = -Math.log(2 * Math.PI);
        assertArrayEquals(new double[] {normal - 26, normal - 0.5 * Math.log(7) - 1},
                FULL.componentLogDensities(4, 6), 1e-14);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void densitiesTimesWeightsAreJoint(@ForAll Covariance shape, @ForAll @IntRange(min = 1, max = 4) int components,
            @ForAll @IntRange(min = 1, max = 5) int dims, @ForAll boolean far, @ForAll long seed) {
        GaussianMixture model = RandomMixtures.of(shape, components, dims, far ? 1e8 : 0, seed);
        double[] point = RandomMixtures.point(model, seed);
        double[] logDensities = model.componentLogDensities(point);
        double[] squared = model.squaredMahalanobis(point);
        double[] logJoint = model.logJoint(point);
        for (int k = 0; k < components; k++) {
            double product = Math.log(model.weight(k)) + logDensities[k];
            assertEquals(logJoint[k], product, 1e-14 * (10 + Math.abs(logJoint[k])));
            double atMean = model.componentLogDensities(model.mean(k))[k];
            assertEquals(squared[k], 2 * (atMean - logDensities[k]), 1e-14 * (10 + squared[k]));
            assertEquals(0, model.squaredMahalanobis(model.mean(k))[k]);
        }
    }

    /** The squared distance of a point from its own component is chi-squared: mean D, variance 2 D. */
    @ParameterizedTest
    @EnumSource
    void distancesOfASampleAreChiSquared(Covariance shape) {
        GaussianMixture model = RandomMixtures.of(shape, 1, 4, 1e8, 3);
        int count = 20_000;
        double sum = 0;
        try (Points sample = model.sample(count, 4); Scorer scorer = model.scorer(sample)) {
            for (int n = 0; n < count; n++) {
                sum += scorer.squaredMahalanobis(n)[0];
            }
        }
        assertEquals(4, sum / count, 5 * Math.sqrt(8.0 / count));
    }

    @Test
    void beyondAllBoundsIsInfinite() {
        for (double far : new double[] {1e160, -1e300, Double.MAX_VALUE}) {
            assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY},
                    FULL.squaredMahalanobis(far, -far));
            assertArrayEquals(new double[] {-1e300, -1e300}, FULL.componentLogDensities(far, -far));
        }
        // Here infinities of both signs meet on the way.
        GaussianMixture narrow = GaussianMixture.of(Covariance.FULL, 2, new double[] {1}, new double[2],
                new double[] {1e-20, 0.5e-20, 1e-20});
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY}, narrow.squaredMahalanobis(1e300, 1e300));
    }

    @ParameterizedTest
    @EnumSource
    void manyPointsAreAsOne(ElementType type) {
        double[][] rows = new double[50][2];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = new double[] {n % 7, (n % 5) / 4.0};
        }
        PointScorer one = FULL.pointScorer();
        double[] found = new double[2];
        try (Points points = Points.ofRows(rows, type); Scorer scorer = FULL.scorer(points)) {
            for (int n = 0; n < rows.length; n++) {
                assertArrayEquals(FULL.squaredMahalanobis(rows[n]), scorer.squaredMahalanobis(n));
                assertArrayEquals(FULL.componentLogDensities(rows[n]), scorer.componentLogDensities(n));
                assertEquals(FULL.predict(rows[n]), scorer.predict(n));
                one.squaredMahalanobis(rows[n], found);
                assertArrayEquals(FULL.squaredMahalanobis(rows[n]), found);
                one.componentLogDensities(rows[n], found);
                assertArrayEquals(FULL.componentLogDensities(rows[n]), found);
            }
            assertThrows(IndexOutOfBoundsException.class, () -> scorer.squaredMahalanobis(50));
        }
        Points closed = Points.ofRows(rows, type);
        try (Scorer scorer = FULL.scorer(closed)) {
            closed.close();
            assertThrows(IllegalStateException.class, () -> scorer.componentLogDensities(0));
        }
    }

    @Test
    void refusesWhatIsNoPoint() {
        assertRefused("point must have 2 numbers: length=1", () -> FULL.squaredMahalanobis(1));
        assertRefused("point not finite: index=1, value=NaN", () -> FULL.componentLogDensities(1, Double.NaN));
        assertRefused("into must have 2 numbers: length=3",
                () -> FULL.pointScorer().squaredMahalanobis(new double[2], new double[3]));
    }
}
