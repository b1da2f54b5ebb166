package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The modes of Fraley and Raftery (2007), worked out by hand, and what a prior refuses. */
class PriorTest {
    /** Mean (2, 2), scatter (8, 12; 12, 24). */
    private static final double[][] THREE_POINTS = {{0, 0}, {2, 0}, {4, 6}};

    private static final Prior PRIOR = Prior.conjugate().withMean(0, 0).withShrinkage(0.5).withDegreesOfFreedom(4);

    private static GaussianMixture mode(FitOptions options) {
        try (Points points = Points.ofRows(THREE_POINTS)) {
            return Fitter.fit(points, options.withRestarts(1)).model();
        }
    }

    /**
     * N = 3, kappa = 1/2, e = (2, 2): the mean is 3/3.5 of the way, 12/7, and each element of B = W + (3/7) e e^T is
     * that of W plus 12/7.
     */
    @Test
    void theModeIsThePapers() {
        double more = 12.0 / 7;
        double[] full = {(1 + 8 + more) / 11, (0.5 + 12 + more) / 11, (2 + 24 + more) / 11};
        // nu + N + D + 2 = 4 + 3 + 2 + 2, and nu + n + D + K + 1 = 4 + 3 + 2 + 1 + 1.
        assertMode(Covariance.FULL, PRIOR.withScale(1, 0.5, 2), full);
        assertMode(Covariance.TIED, PRIOR.withScale(1, 0.5, 2), full);
        // nu + N + 3 = 10.
        assertMode(Covariance.DIAGONAL, PRIOR.withScale(1, 2), (1 + 8 + more) / 10, (2 + 24 + more) / 10);
        // nu + (N + 1) D + 2 = 4 + 8 + 2.
        assertMode(Covariance.SPHERICAL, PRIOR.withScale(3), (3 + 32 + 2 * more) / 14);
    }

    private static void assertMode(Covariance covariance, Prior prior, double... expected) {
        GaussianMixture model = mode(FitOptions.components(1).withCovariance(covariance).withPrior(prior));
        assertArrayEquals(new double[] {12.0 / 7, 12.0 / 7}, model.means(), 1e-14);
        assertArrayEquals(expected, model.covariances(), 1e-13);
    }

    /** Without a prior on the means there is one factor less of each determinant. */
    @Test
    void withoutShrinkageTheMeanIsThePoints() {
        Prior flat = PRIOR.withShrinkage(0);
        double[][] expected = {{(3 + 32) / 12.0}, {9 / 9.0, 26 / 9.0}, {0.9, 1.25, 2.6}, {0.9, 1.25, 2.6}};
        double[][] scales = {{3}, {1, 2}, {1, 0.5, 2}, {1, 0.5, 2}};
        for (Covariance covariance : Covariance.values()) {
            GaussianMixture model = mode(FitOptions.components(1).withCovariance(covariance)
                    .withPrior(flat.withScale(scales[covariance.ordinal()])));
            assertArrayEquals(new double[] {2, 2}, model.means(), 1e-14);
            assertArrayEquals(expected[covariance.ordinal()], model.covariances(), 1e-13);
        }
    }

    /** Two equal components have half of each point, so N_k = 3/2; the scale is W / 3, of all points, over 2^(2/D). */
    @Test
    void theScaleIsThatOfTheDataSharedAmongComponents() {
        GaussianMixture equal = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.5, 0.5}, new double[4],
                new double[] {1, 0, 1, 1, 0, 1});
        GaussianMixture model = mode(FitOptions.components(2).withPrior(Prior.conjugate())
                .withStart(new Start.Given(equal)).withTolerance(0).withMaxIterations(1));
        double[] scatter = {8, 12, 24};
        double[] expected = Arrays.stream(scatter).map(w -> (w / 6 + w / 2) / (4 + 1.5 + 2 + 2)).toArray();
        assertArrayEquals(new double[] {2, 2, 2, 2}, model.means(), 1e-13);
        assertArrayEquals(new double[] {expected[0], expected[1], expected[2], expected[0], expected[1], expected[2]},
                model.covariances(), 1e-13);
    }

    @Test
    void concentratedWeightsAreMoreEqual() {
        double[][] rows = {{0}, {0.1}, {0.2}, {9}};
        try (Points points = Points.ofRows(rows)) {
            FitResult result = Fitter.fit(points,
                    FitOptions.components(2).withPrior(Prior.conjugate().withWeightConcentration(3)));
            double[] weights = result.model().weights();
            Arrays.sort(weights);
            // (1 + 2) / (4 + 2 * 2) and (3 + 2) / 8.
            assertArrayEquals(new double[] {0.375, 0.625}, weights, 1e-6);
        }
    }

    /** A component without points goes where the prior alone has its mode, and nothing is wrong with it. */
    @ParameterizedTest
    @EnumSource
    void aComponentWithoutPointsFollowsThePrior(Covariance covariance) {
        double[] scale = new double[covariance.blockLength(2)];
        Arrays.fill(scale, 1);
        if (scale.length == 3) {
            scale[1] = 0;
        }
        double[] far = new double[] {2, 2, 1e9, 1e9};
        double[] covariances = new double[covariance.packedLength(2, 2)];
        for (int i = 0; i < covariances.length; i++) {
            covariances[i] = scale[i % scale.length];
        }
        GaussianMixture start = GaussianMixture.of(covariance, 2, new double[] {0.5, 0.5}, far, covariances);
        Prior prior = PRIOR.withWeightConcentration(2).withScale(scale);
        try (Points points = Points.ofRows(THREE_POINTS)) {
            FitResult result = Fitter.fit(points, FitOptions.components(2).withCovariance(covariance).withPrior(prior)
                    .withStart(new Start.Given(start)).withTolerance(0).withMaxIterations(1));
            assertEquals(List.of(), result.events());
            assertArrayEquals(new double[] {0.8, 0.2}, result.model().weights(), 1e-15);
            assertArrayEquals(new double[] {0, 0}, result.model().mean(1));
            double[] expected = switch (covariance) {
                case SPHERICAL -> new double[] {1.0 / (4 + 2 + 2)};
                case DIAGONAL -> new double[] {1.0 / 7, 1.0 / 7};
                case FULL -> new double[] {0.125, 0, 0.125};
                // That of both: (1 + 8 + 12/7) / (4 + 3 + 2 + 2 + 1), and so on.
                case TIED -> new double[] {(9 + 12.0 / 7) / 12, (12 + 12.0 / 7) / 12, (25 + 12.0 / 7) / 12};
            };
            int block = covariance.blockOffset(1, 2);
            assertArrayEquals(expected,
                    Arrays.copyOfRange(result.model().covariances(), block, block + expected.length), 1e-13);
        }
    }

    /** Four points, four components: without a prior each would collapse onto a point. */
    @ParameterizedTest
    @EnumSource
    void aPriorKeepsComponentsFromCollapsing(Covariance covariance) {
        double[][] rows = {{0, 0}, {1, 5}, {2, -3}, {7, 7}};
        FitOptions options = FitOptions.components(4).withCovariance(covariance);
        try (Points points = Points.ofRows(rows)) {
            assertTrue(Fitter.fit(points, options).events().stream().anyMatch(e -> e.kind() == Kind.VARIANCE_FLOORED));
            assertEquals(List.of(), Fitter.fit(points, options.withPrior(Prior.conjugate())).events());
        }
    }

    /** The prior scales with the data: but for spherical ones, whatever the units of each feature. */
    @ParameterizedTest
    @EnumSource(names = "SPHERICAL", mode = EnumSource.Mode.EXCLUDE)
    void unitsDoNotMatter(Covariance covariance) {
        double[][] rows = TestData.rows("iris.csv");
        double[][] scaled = Arrays.stream(rows)
                .map(row -> new double[] {row[0] * 0x1p-60, row[1] * 0x1p60, row[2], row[3]}).toArray(double[][]::new);
        FitOptions options = FitOptions.components(3).withCovariance(covariance).withPrior(Prior.conjugate());
        try (Points points = Points.ofRows(rows); Points other = Points.ofRows(scaled)) {
            double expected = Fitter.fit(points, options).logLikelihood();
            assertEquals(expected, Fitter.fit(other, options).logLikelihood(), 1e-9 * Math.abs(expected));
        }
    }

    @Test
    void withoutAPriorTheObjectiveIsTheLogLikelihood() {
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            FitResult result = Fitter.fit(points, FitOptions.components(2));
            assertEquals(result.logLikelihood(), result.objective());
            assertTrue(IntStream.range(0, result.trace().length).allMatch(i -> result.logPriors()[i] == 0));
        }
    }

    /** Whatever may be said comes to numbers. */
    @ParameterizedTest
    @EnumSource
    void theLargestNumbersLeaveNumbers(Covariance covariance) {
        Prior prior = Prior.conjugate();
        FitOptions options = FitOptions.components(2).withCovariance(covariance).withRestarts(1);
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            for (FitOptions extreme : List.of(
                    options.withPrior(prior.withDegreesOfFreedom(1e100)), options.withPrior(prior.withShrinkage(1e100)),
                    options.withPrior(prior.withWeightConcentration(1e100)),
                    options.withPrior(prior.withMean(1e152, -1e152)),
                    options.withPrior(prior.withMean(1e152, -1e152).withShrinkage(1e100).withDegreesOfFreedom(1e100)),
                    options.withVarianceFloor(1e300))) {
                FitResult result = Fitter.fit(points, extreme);
                for (double[] numbers : List.of(result.trace(), result.logPriors(), result.model().weights(),
                        result.model().means(), result.model().covariances())) {
                    assertTrue(Arrays.stream(numbers).allMatch(Double::isFinite), extreme + ": " + Arrays.toString(numbers));
                }
            }
        }
    }

    @Test
    void refusesWhatIsNoPrior() {
        Prior prior = Prior.conjugate();
        assertRefused("weightConcentration must be from 1 to 1.0E100: weightConcentration=0.5",
                () -> prior.withWeightConcentration(0.5));
        assertRefused("shrinkage must be from 0 to 1.0E100: shrinkage=-1.0", () -> prior.withShrinkage(-1));
        assertRefused("degreesOfFreedom must be from 0 to 1.0E100: degreesOfFreedom=NaN",
                () -> prior.withDegreesOfFreedom(Double.NaN));
        assertRefused("degreesOfFreedom must be from 0 to 1.0E100: degreesOfFreedom=1.0E101",
                () -> prior.withDegreesOfFreedom(1e101));
        assertRefused("mean too large (the limit is 1.0E152): index=1, value=-1.0E153", () -> prior.withMean(0, -1e153));
        assertRefused("mean not finite: index=1, value=Infinity", () -> prior.withMean(0, Double.POSITIVE_INFINITY));
        assertRefused("scale not finite: index=0, value=NaN", () -> prior.withScale(Double.NaN));
        FitOptions options = FitOptions.components(1);
        assertRefused("the prior's mean must have as many numbers as the points have dims: length=1, dims=2",
                () -> mode(options.withPrior(prior.withMean(1))));
        assertRefused("the prior's scale must have 3 numbers for full covariances of dims=2: length=1",
                () -> mode(options.withPrior(prior.withScale(1))));
        assertRefused("the prior's scale must be positive definite: scale=[1.0, 2.0, 1.0]",
                () -> mode(options.withPrior(prior.withScale(1, 2, 1))));
        assertRefused("the prior's scale must be positive definite: scale=[1.0, 0.0]",
                () -> mode(options.withCovariance(Covariance.DIAGONAL).withPrior(prior.withScale(1, 0))));
    }

    private static void assertRefused(String sentence, org.junit.jupiter.api.function.Executable call) {
        assertEquals(sentence, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
