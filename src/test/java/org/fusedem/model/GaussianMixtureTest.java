package org.fusedem.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GaussianMixtureTest {
    private static final GaussianMixture FULL = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.25, 0.75},
            new double[] {0, 0, 3, 4}, new double[] {1, 0, 1, 4, 1, 2});

    /** The same covariance in every shape that can hold it: 4 I. */
    private static GaussianMixture broad(Covariance covariance) {
        double[] packed = switch (covariance) {
            case SPHERICAL -> new double[] {4, 4};
            case DIAGONAL -> new double[] {4, 4, 4, 4};
            case TIED -> new double[] {4, 0, 4};
            case FULL -> new double[] {4, 0, 4, 4, 0, 4};
        };
        return GaussianMixture.of(covariance, 2, new double[] {0.5, 0.5}, new double[] {0, 0, 1, 1}, packed);
    }

    @ParameterizedTest
    @EnumSource
    void densityIsTheFormulas(Covariance covariance) {
        // Two dims of variance 4: density exp(-d^2 / 8) / (8 pi).
        double expected = Math.log(0.5 * Math.exp(-2.0 / 8) / (8 * Math.PI) + 0.5 / (8 * Math.PI));
        assertEquals(expected, broad(covariance).logDensity(1, 1), 4 * Math.ulp(expected));
    }

    @Test
    void fullDensityUsesTheCorrelation() {
        // |Sigma| = 7, Sigma^-1 = (2 -1; -1 4) / 7, u = (1, 2): u' Sigma^-1 u = (2 - 4 + 16) / 7 = 2.
        double expected = Math.log(0.75) - Math.log(2 * Math.PI) - 0.5 * Math.log(7) - 1;
        assertEquals(expected, FULL.logJoint(4, 6)[1], 4 * Math.ulp(expected));
    }

    @Test
    void predictsTheMoreLikelyComponent() {
        assertEquals(0, FULL.predict(0, 0));
        assertEquals(1, FULL.predict(3, 4));
        assertEquals(0, broad(Covariance.SPHERICAL).predict(0.5, 0.5), "the first of two equals");
    }

    @Test
    void aPointBeyondAllReasonStillHasNumbers() {
        for (double far : new double[] {1e160, -1e300, Double.MAX_VALUE}) {
            double[] r = FULL.responsibilities(far, -far);
            assertEquals(1, Arrays.stream(r).sum(), 1e-15);
            assertTrue(FULL.logDensity(far, -far) <= -1e299);
        }
    }

    @Test
    void aComponentWithoutWeightTakesNoPart() {
        GaussianMixture model = GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {1, 0},
                new double[] {0, 5}, new double[] {1, 1});
        assertEquals(0, model.predict(5));
        assertArrayEquals(new double[] {1, 0}, model.responsibilities(5));
    }

    @Test
    void countsItsParameters() {
        assertEquals(1 + 4 + 2, broad(Covariance.SPHERICAL).parameterCount());
        assertEquals(1 + 4 + 4, broad(Covariance.DIAGONAL).parameterCount());
        assertEquals(1 + 4 + 3, broad(Covariance.TIED).parameterCount());
        assertEquals(1 + 4 + 6, broad(Covariance.FULL).parameterCount());
    }

    @Test
    void criteriaAreThoseOfMclustAndScikitLearn() {
        // Old Faithful, full, K = 2, from the reference fits.
        assertEquals(2322.1917431, FULL.bic(-1130.26396019, 272), 1e-6);
        assertEquals(2282.52792037, FULL.aic(-1130.26396019), 1e-6);
    }

    @ParameterizedTest
    @EnumSource
    void sampleHasTheMixturesMoments(Covariance covariance) {
        GaussianMixture model = broad(covariance);
        int count = 200_000;
        try (Points sample = model.sample(count, 42)) {
            double mean = 0;
            double square = 0;
            for (long n = 0; n < count; n++) {
                mean += sample.get(n, 0);
                square += sample.get(n, 0) * sample.get(n, 0);
            }
            mean /= count;
            double variance = square / count - mean * mean;
            // Mean 1/2, variance 4 + 1/4; five standard errors of each.
            assertEquals(0.5, mean, 5 * Math.sqrt(4.25 / count));
            assertEquals(4.25, variance, 5 * 4.25 * Math.sqrt(2.0 / count));
        }
    }

    @Test
    void sampleHasTheCorrelation() {
        int count = 200_000;
        double product = 0;
        int second = 0;
        try (Points sample = FULL.sample(count, 1)) {
            for (long n = 0; n < count; n++) {
                if (FULL.predict(sample.get(n, 0), sample.get(n, 1)) == 1) {
                    second++;
                }
                product += (sample.get(n, 0) - 2.25) * (sample.get(n, 1) - 3);
            }
        }
        // Within 0.75 * 1, between 0.25 * 0.75 * 3 * 4; the products' own spread is some 6.
        assertEquals(0.75 + 2.25, product / count, 5 * 6 / Math.sqrt(count));
        assertEquals(0.75, (double) second / count, 0.03);
    }

    @Test
    void samplerRefusesAnArrayOfAnotherLength() {
        Sampler sampler = FULL.sampler(3);
        for (int length : new int[] {1, 3}) {
            assertMessage("point must have 2 numbers: length=" + length, () -> sampler.next(new double[length]));
        }
        double[] first = new double[2];
        sampler.next(first);
        try (Points same = FULL.sample(1, 3)) {
            assertEquals(same.get(0, 1), first[1], "what was refused has drawn nothing");
        }
    }

    /** K times D is 2^32: nothing, in an int. */
    @Test
    void refusesMoreMeansThanAnIntCounts() {
        double[] weights = new double[1 << 16];
        assertMessage("means must have 4294967296 numbers: length=0", () -> GaussianMixture.of(
                Covariance.SPHERICAL, 1 << 16, weights, new double[0], new double[1 << 16]));
    }

    @Test
    void sameSeedSameSample() {
        try (Points a = FULL.sample(50, 7); Points b = FULL.sample(50, 7); Points c = FULL.sample(50, 8)) {
            boolean differs = false;
            for (long n = 0; n < 50; n++) {
                assertEquals(a.get(n, 1), b.get(n, 1));
                differs |= a.get(n, 1) != c.get(n, 1);
            }
            assertTrue(differs);
        }
        FULL.sample(0, 1).close();
    }

    @ParameterizedTest
    @EnumSource
    void scorerAgreesWithOnePointAtATime(ElementType type) {
        double[][] rows = new double[1500][2];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = new double[] {n % 7, (n % 5) / 4.0};
        }
        double sum = 0;
        try (Points points = Points.ofRows(rows, type)) {
            try (Scorer scorer = FULL.scorer(points)) {
                for (int n = 0; n < rows.length; n++) {
                    double expected = FULL.logDensity(rows[n]);
                    sum += expected;
                    // The float kernel computes in float: a few ulps of the largest term, some 20.
                    assertEquals(expected, scorer.logDensity(n), type == ElementType.FLOAT64 ? 1e-13 : 1e-4);
                    assertArrayEquals(FULL.responsibilities(rows[n]), scorer.responsibilities(n),
                            type == ElementType.FLOAT64 ? 1e-13 : 1e-4);
                }
                assertThrows(IndexOutOfBoundsException.class, () -> scorer.logDensity(rows.length));
            }
            assertEquals(sum, FULL.logLikelihood(points), 1e-5 * Math.abs(sum));
        }
    }

    @Test
    void pointScorerAgrees() {
        PointScorer scorer = FULL.pointScorer();
        double[] r = new double[2];
        for (double[] point : new double[][] {{0, 0}, {3, 4}, {-7, 2.5}, {1e8, 0}, {1e200, -1e200}}) {
            double expected = FULL.logDensity(point);
            assertEquals(expected, scorer.logDensity(point), 1e-13 * (1 + Math.abs(expected)));
            assertEquals(expected, scorer.responsibilities(point, r), 1e-13 * (1 + Math.abs(expected)));
            assertArrayEquals(FULL.responsibilities(point), r, 1e-12);
        }
    }

    @Test
    void pointScorerRefusesWhatIsNoPoint() {
        PointScorer scorer = FULL.pointScorer();
        assertMessage("point must have 2 numbers: length=1", () -> scorer.logDensity(new double[1]));
        assertMessage("into must have 2 numbers: length=3", () -> scorer.responsibilities(new double[2], new double[3]));
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertMessage("point not finite: index=1, value=" + bad, () -> scorer.logDensity(new double[] {1, bad}));
        }
    }

    @Test
    void givesOutCopies() {
        FULL.weights()[0] = 9;
        FULL.means()[0] = 9;
        FULL.covariances()[0] = 9;
        FULL.mean(0)[0] = 9;
        assertEquals(0.25, FULL.weights()[0]);
        assertEquals(0, FULL.mean(0)[0]);
        assertEquals(1, FULL.covariance(0)[0][0]);
    }

    @Test
    void namesItsColumns() {
        assertEquals(List.of("x1", "x2"), FULL.columns());
        assertEquals(List.of("a", "b"), FULL.withColumns(List.of("a", "b")).columns());
        assertMessage("there must be 2 column names: names=1", () -> FULL.withColumns(List.of("a")));
    }

    @Test
    void refusesWhatIsNoMixture() {
        double[] one = {1};
        assertMessage("weights must sum to one: sum=0.5",
                () -> GaussianMixture.of(Covariance.FULL, 1, new double[] {0.5}, one, one));
        assertMessage("weight not between 0 and 1: component=1, weight=-0.5",
                () -> GaussianMixture.of(Covariance.FULL, 1, new double[] {1, -0.5}, new double[2], new double[] {1, 1}));
        assertMessage("covariance not positive definite: component=0",
                () -> GaussianMixture.of(Covariance.FULL, 2, one, new double[2], new double[] {1, 2, 1}));
        assertMessage("covariance not positive definite: component=0",
                () -> GaussianMixture.of(Covariance.SPHERICAL, 2, one, new double[2], new double[] {0}));
        assertMessage("means must have 2 numbers: length=1",
                () -> GaussianMixture.of(Covariance.SPHERICAL, 2, one, one, one));
        assertMessage("means not finite: index=0, value=NaN",
                () -> GaussianMixture.of(Covariance.SPHERICAL, 1, one, new double[] {Double.NaN}, one));
        assertMessage("point must have 2 numbers: length=1", () -> FULL.logDensity(1));
        assertMessage("point not finite: index=1, value=NaN", () -> FULL.logDensity(1, Double.NaN));
    }

    private static void assertMessage(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
