package org.fusedem.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores of points with missing values. */
class IncompletePointsTest {
    private static final int DIMS = 4;
    private static final int COMPONENTS = 3;
    private static final double NO = Double.NaN;

    private static GaussianMixture mixture(Covariance shape) {
        SplittableRandom random = new SplittableRandom(1);
        double[] means = random.doubles(COMPONENTS * DIMS, -2, 2).toArray();
        double[] covariances = new double[shape.packedLength(COMPONENTS, DIMS)];
        int length = shape.blockLength(DIMS);
        for (int block = 0; block < covariances.length; block += length) {
            for (int e = 0; e < length; e++) {
                covariances[block + e] = 0.2 * random.nextDouble();
            }
            for (int i = 0; i < DIMS; i++) {
                int e = switch (shape) {
                    case SPHERICAL -> 0;
                    case DIAGONAL -> i;
                    case TIED, FULL -> LowerTriangle.index(i, i);
                };
                covariances[block + e] += 1 + random.nextDouble();
            }
        }
        return GaussianMixture.of(shape, DIMS, new double[] {0.2, 0.3, 0.5}, means, covariances).withMissingValues();
    }

    /** The mixture of some of the features: sub-vectors and sub-matrices. */
    private static GaussianMixture marginal(GaussianMixture model, int[] features) {
        double[] means = new double[COMPONENTS * features.length];
        double[] covariances = new double[Covariance.FULL.packedLength(COMPONENTS, features.length)];
        int next = 0;
        for (int k = 0; k < COMPONENTS; k++) {
            for (int a = 0; a < features.length; a++) {
                means[k * features.length + a] = model.mean(k, features[a]);
                for (int b = 0; b <= a; b++) {
                    covariances[next++] = model.covariance(k, features[a], features[b]);
                }
            }
        }
        return GaussianMixture.of(Covariance.FULL, features.length, model.weights(), means, covariances);
    }

    private static double[][] rows() {
        SplittableRandom random = new SplittableRandom(2);
        double[][] rows = new double[200][DIMS];
        for (double[] row : rows) {
            double share = random.nextDouble();
            Arrays.setAll(row, i -> random.nextDouble() < share ? NO : random.nextDouble(-4, 4));
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void areThoseOfTheMarginalMixture(Covariance shape) {
        GaussianMixture model = mixture(shape);
        PointScorer pointScorer = model.pointScorer();
        double[] responsibilities = new double[COMPONENTS];
        double[][] rows = rows();
        double sum = 0;
        try (Points points = Points.ofIncompleteRows(rows); Scorer scorer = model.scorer(points)) {
            for (int n = 0; n < rows.length; n++) {
                double[] row = rows[n];
                int[] observed = IntStream.range(0, DIMS).filter(i -> !Double.isNaN(row[i])).toArray();
                double logDensity = 0;
                double[] expected = model.weights();
                if (observed.length > 0) {
                    GaussianMixture marginal = marginal(model, observed);
                    double[] values = Arrays.stream(observed).mapToDouble(i -> row[i]).toArray();
                    logDensity = marginal.logDensity(values);
                    expected = marginal.responsibilities(values);
                }
                sum += logDensity;
                assertEquals(logDensity, model.logDensity(row), 1e-12);
                assertEquals(logDensity, scorer.logDensity(n), 1e-12);
                // The vector kernel's own exponentials are good to about 1e-14 of the largest, and D is small.
                assertEquals(logDensity, pointScorer.logDensity(row), 1e-11);
                assertEquals(logDensity, pointScorer.responsibilities(row, responsibilities), 1e-11);
                assertArrayEquals(expected, model.responsibilities(row), 1e-12);
                assertArrayEquals(expected, scorer.responsibilities(n), 1e-12);
                assertArrayEquals(expected, responsibilities, 1e-11);
            }
            assertEquals(sum, model.logLikelihood(points), 1e-9);
        }
    }

    /** The trapezoidal rule, which for a function so smooth that vanishes at both ends is exact. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void areTheIntegralOverWhatIsMissing(Covariance shape) {
        GaussianMixture model = mixture(shape);
        double step = 0.25;
        double one = 0;
        double two = 0;
        for (double x = -20; x <= 20; x += step) {
            one += step * Math.exp(model.logDensity(0.3, x, -1, 0.5));
            for (double y = -20; y <= 20; y += step) {
                two += step * step * Math.exp(model.logDensity(0.3, x, -1, y));
            }
        }
        assertEquals(Math.log(one), model.logDensity(0.3, NO, -1, 0.5), 1e-10);
        assertEquals(Math.log(two), model.logDensity(0.3, NO, -1, NO), 1e-10);
    }

    @Test
    void predictTheLikeliestOfWhatIsObserved() {
        GaussianMixture model = GaussianMixture.of(Covariance.SPHERICAL, 2, new double[] {0.4, 0.6},
                new double[] {0, 5, 5, 0}, new double[] {1, 1}).withMissingValues();
        assertEquals(0, model.predict(NO, 4));
        assertEquals(1, model.predict(NO, 1));
        assertEquals(1, model.predict(NO, NO));
    }

    @Test
    void keepTheOptionBesideColumnNames() {
        GaussianMixture model = mixture(Covariance.FULL).withColumns(List.of("a", "b", "c", "d"));
        assertEquals(0, model.logDensity(NO, NO, NO, NO), 1e-15);
        assertEquals("d", model.withMissingValues().columns().getLast());
    }

    @Test
    void areRefusedUnlessAskedFor() {
        GaussianMixture asked = mixture(Covariance.TIED);
        GaussianMixture model = GaussianMixture.of(asked.covariance(), DIMS, asked.weights(), asked.means(),
                asked.covariances());
        double[] point = {1, NO, 2, 3};
        assertMessage("point not finite: index=1, value=NaN", () -> model.logDensity(point));
        assertMessage("point not finite: index=1, value=NaN", () -> model.pointScorer().logDensity(point));
        assertMessage("point not finite: index=0, value=Infinity",
                () -> asked.logDensity(Double.POSITIVE_INFINITY, NO, 2, 3));
        assertMessage("point not finite: index=0, value=Infinity",
                () -> asked.pointScorer().logDensity(new double[] {Double.POSITIVE_INFINITY, NO, 2, 3}));
        try (Points points = Points.ofIncompleteRows(new double[][] {point})) {
            String message = "value missing: column=1, row=0 (missing values in all: 1);"
                    + " GaussianMixture.withMissingValues() would score what is there";
            assertMessage(message, () -> model.scorer(points));
            assertMessage(message, () -> model.logLikelihood(points));
        }
    }

    private static void assertMessage(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    @Test
    void areRefusedWhereOnlyWholePointsWillDo() {
        GaussianMixture model = mixture(Covariance.FULL);
        double[] point = {1, NO, 2, 3};
        String refused = "point not finite: index=1, value=NaN";
        assertMessage(refused, () -> model.squaredMahalanobis(point));
        assertMessage(refused, () -> model.componentLogDensities(point));
        assertMessage(refused, () -> model.pointScorer().squaredMahalanobis(point, new double[3]));
        try (Points points = Points.ofIncompleteRows(new double[][] {{0, 0, 0, 0}, point})) {
            try (Scorer scorer = model.scorer(points)) {
                assertEquals(model.squaredMahalanobis(0, 0, 0, 0)[2], scorer.squaredMahalanobis(0)[2]);
                String missing = "value missing: column=1, row=1; what is asked for needs the whole point";
                assertMessage(missing, () -> scorer.squaredMahalanobis(1));
                assertMessage(missing, () -> scorer.componentLogDensities(1));
            }
            assertMessage("value missing: column=1, row=1 (missing values in all: 1);"
                            + " densities of fewer features do not compare, so take whole points",
                    () -> LogDensityQuantile.ofPoints(model, points, 0.5));
        }
        try (Points given = Points.ofIncompleteRows(new double[][] {{NO, 1}})) {
            assertMessage("value missing: column=0, row=0 (missing values in all: 1);"
                            + " take the conditional mixture of what is observed",
                    () -> model.conditional(0, 1).means(given));
        }
    }

    /** The score of what is observed is that of the marginal mixture; merging goes by such scores. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void goWithMarginalsAndMerging(Covariance shape) {
        GaussianMixture model = mixture(shape);
        assertEquals(model.marginal(3, 0).logDensity(0.5, 1), model.logDensity(1, NO, NO, 0.5), 1e-12);
        assertEquals(model.marginal(3).logDensity(0.5), model.marginal(3, 0).logDensity(0.5, NO), 1e-12);
        assertEquals(0, model.merged(0, 1).logDensity(NO, NO, NO, NO), 1e-12);
        double[][] rows = {{1, NO, 2, 3}, {NO, NO, 0.5, 1}, {0, 1, 0, 1}};
        try (Points points = Points.ofIncompleteRows(rows)) {
            double entropy = 0;
            for (double[] row : rows) {
                for (double r : model.responsibilities(row)) {
                    entropy -= r > 0 ? r * Math.log(r) : 0;
                }
            }
            assertEquals(entropy, MergeTree.of(model, points).entropy(3), 1e-12);
        }
    }

    @Test
    void aClusterTakesWhatTheWholeMixtureTakes() {
        GaussianMixture model = mixture(Covariance.FULL);
        double[] point = {0.3, NO, -1, NO};
        try (Points points = model.sample(50, 1)) {
            Clusters all = MergeTree.of(model, points).clusters(1);
            assertEquals(model.logDensity(point), all.mixture(0).logDensity(point), 1e-12);
            assertArrayEquals(new double[] {1}, all.responsibilities(point), 1e-15);
        }
    }
}
