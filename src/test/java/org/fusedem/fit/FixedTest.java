package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Fixed parts, in cases that can be worked out by hand, and at the edges. */
class FixedTest {
    private static GaussianMixture line(double[] weights, double[] means, double... variances) {
        return GaussianMixture.of(Covariance.FULL, 1, weights, means, variances);
    }

    private static FitOptions from(GaussianMixture start, Fixed... parts) {
        return FitOptions.components(start.components()).withCovariance(start.covariance())
                .withStart(new Start.Given(start)).withFixed(parts);
    }

    private static FitResult fit(FitOptions options, double... values) {
        return fit(options, ElementType.FLOAT64, values);
    }

    private static FitResult fit(FitOptions options, ElementType type, double... values) {
        try (Points points = Points.ofColumns(new double[][] {values}, type)) {
            return Fitter.fit(points, options);
        }
    }

    private static String refusal(Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }

    @Test
    void partsReplaceThoseNamedBefore() {
        FitOptions options = from(line(new double[] {1}, new double[] {0}, 1), new Fixed.Means());
        assertEquals(List.of(new Fixed.Means()), options.fixed());
        assertEquals(List.of(new Fixed.Weights(), new Fixed.Density(0)),
                options.withFixed(new Fixed.Weights(), new Fixed.Density(0)).fixed());
        assertEquals(List.of(), options.withFixed().fixed());
        assertEquals(List.of(), FitOptions.components(1).fixed());
    }

    /** One Gaussian: the mean square distance from where the mean is held. */
    @Test
    void aVarianceIsThatAroundTheFixedMean() {
        GaussianMixture start = line(new double[] {1}, new double[] {1}, 9);
        FitResult result = fit(from(start, new Fixed.Means()), 2, 3, 7);
        assertEquals(1, result.model().mean(0, 0));
        assertEquals((1 + 4 + 36) / 3.0, result.model().covariance(0, 0, 0), 41.0 / 3 * 8 * 0x1p-53);
        assertEquals(1, result.freeParameters());
        assertEquals(-2 * result.logLikelihood() + Math.log(3), result.bic());
        assertEquals(-2 * result.logLikelihood() + 2, result.aic());
    }

    /** A mean of 1e8 and points far from it: nothing cancels. */
    @Test
    void aVarianceAroundAMeanFarAwayIsExactToo() {
        GaussianMixture start = line(new double[] {1}, new double[] {1e8 - 1000}, 1e6);
        FitResult result = fit(from(start, new Fixed.Means()), 1e8 + 1, 1e8 + 2);
        assertEquals((1001 * 1001 + 1002 * 1002) / 2.0, result.model().covariance(0, 0, 0), 1e6 * 64 * 0x1p-53);
    }

    @Test
    void aMeanIsFittedBesideAFixedVariance() {
        GaussianMixture start = line(new double[] {1}, new double[] {100}, 4);
        FitResult result = fit(from(start, new Fixed.Covariances()), 2, 3, 7);
        assertEquals(4, result.model().mean(0, 0), 4 * 8 * 0x1p-53);
        assertEquals(4, result.model().covariance(0, 0, 0));
    }

    /** Three groups too far apart to share points: 4 points of 7 are the frozen one's, 2 and 1 those of the others. */
    @Test
    void theOthersShareWhatAFrozenComponentLeaves() {
        GaussianMixture start = line(new double[] {0.4, 0.4, 0.2}, new double[] {0, 1000, 2000}, 1, 1, 1);
        FitResult result = fit(from(start, new Fixed.Component(0)), 0, 0, 1, 1, 999, 1001, 2000);
        assertArrayEquals(new double[] {0.4, 0.6 * 2 / 3, 0.6 / 3}, result.model().weights(), 4 * 0x1p-53);
        assertEquals(0, result.model().mean(0, 0));
        assertEquals(1, result.model().covariance(0, 0, 0));
        assertEquals(1 + 2 + 2, result.freeParameters());
    }

    /** With a weight so near 1 that 1 less it has few digits, or none. */
    @Test
    void theSmallWeightThatIsLeftKeepsItsDigits() {
        GaussianMixture start = line(new double[] {1, 3e-17}, new double[] {0, 1000}, 1, 1);
        FitResult result = fit(from(start, new Fixed.Component(0)), 0, 1, 999, 1001);
        assertArrayEquals(new double[] {1, 3e-17}, result.model().weights());
        assertEquals(1000, result.model().mean(1, 0), 1000 * 8 * 0x1p-53);
    }

    @ParameterizedTest
    @EnumSource
    void ifAllIsFixedTheStartIsTheResult(Covariance covariance) {
        GaussianMixture start = TestData.mixture(covariance, 3, 2, 2, 7);
        try (Points points = start.sample(100, 8)) {
            FitResult result = Fitter.fit(points,
                    from(start, new Fixed.Weights(), new Fixed.Means(), new Fixed.Covariances()));
            assertArrayEquals(start.weights(), result.model().weights());
            assertArrayEquals(start.means(), result.model().means());
            assertArrayEquals(start.covariances(), result.model().covariances());
            assertEquals(0, result.freeParameters());
            assertEquals(-2 * result.logLikelihood(), result.bic());
            assertTrue(result.converged());
        }
    }

    @ParameterizedTest
    @EnumSource
    void freeParametersAreAllWithoutFixedParts(Covariance covariance) {
        GaussianMixture start = TestData.mixture(covariance, 3, 2, 2, 7);
        try (Points points = start.sample(100, 8)) {
            FitResult result = Fitter.fit(points, from(start));
            assertEquals(result.model().parameterCount(), result.freeParameters());
            assertEquals(result.model().bic(result.logLikelihood(), 100), result.bic());
        }
    }

    /** Where the same component, were it free, would be lifted. */
    @Test
    void aFixedVarianceMayBeBelowTheFloor() {
        GaussianMixture start = line(new double[] {0.5, 0.5}, new double[] {0, 5}, 1e-9, 1);
        double[] values = {0, 0, 0, 3, 5, 7};
        FitResult result = fit(from(start, new Fixed.Component(0)).withRegularization(1e-3), values);
        assertEquals(1e-9, result.model().covariance(0, 0, 0));
        assertEquals(List.of(), result.events());
        assertTrue(fit(from(start).withRegularization(1e-3), values).model().covariance(0, 0, 0) > 1e-3);
    }

    @Test
    void aFixedWeightStaysWherePointsAreLeftToNobody() {
        GaussianMixture start = line(new double[] {0.5, 0.5}, new double[] {0, 1e6}, 1, 1);
        FitResult result = fit(from(start, new Fixed.Weights()), -1, 0, 2);
        assertArrayEquals(new double[] {0.5, 0.5}, result.model().weights());
        assertEquals(1e6, result.model().mean(1, 0));
        assertEquals(1, result.events().size());
        assertEquals(Kind.POINTS_VANISHED, result.events().getFirst().kind());
        assertEquals(1, result.events().getFirst().index());
        assertTrue(result.events().getFirst().sentence().startsWith(
                "component 2 has no points: it stays as it was, and keeps its weight"));
    }

    /** Nobody is there to take the weight of components without points. */
    @Test
    void freeComponentsWithoutPointsKeepWhatIsLeft() {
        GaussianMixture start = line(new double[] {0.5, 0.25, 0.25}, new double[] {0, 100, 200}, 1, 1, 1);
        FitResult result = fit(from(start, new Fixed.Component(0)), -1, 0, 2);
        assertArrayEquals(start.weights(), result.model().weights());
        assertArrayEquals(start.means(), result.model().means());
        assertEquals(List.of(Kind.POINTS_VANISHED, Kind.POINTS_VANISHED),
                result.events().stream().map(FitEvent::kind).toList());
        // Where one has some, the other's weight goes there.
        result = fit(from(start, new Fixed.Component(0)), -1, 0, 2, 99, 101);
        assertArrayEquals(new double[] {0.5, 0.5, 0}, result.model().weights());
        assertEquals(List.of(Kind.WEIGHT_VANISHED), result.events().stream().map(FitEvent::kind).toList());
    }

    /** Without points the prior's mode is the best there is, around a mean that may be fixed. */
    @Test
    void aPriorDecidesWherePointsAreLeftToNobody() {
        GaussianMixture start = line(new double[] {0.5, 0.5}, new double[] {0, 1000}, 1, 1);
        Prior prior = Prior.conjugate().withMean(10).withScale(6).withShrinkage(2).withDegreesOfFreedom(3);
        FitResult result = fit(from(start, new Fixed.Weights()).withPrior(prior).withMaxIterations(1), -1, 0, 2);
        assertEquals(10, result.model().mean(1, 0));
        assertEquals(6 / (3.0 + 0 + 1 + 2), result.model().covariance(1, 0, 0), 1 * 4 * 0x1p-53);
        result = fit(from(start, new Fixed.Weights(), new Fixed.Means()).withPrior(prior).withMaxIterations(1),
                -1, 0, 2);
        assertEquals(1000, result.model().mean(1, 0));
        double expected = (6 + 2 * 990.0 * 990.0) / (3.0 + 0 + 1 + 2);
        assertEquals(expected, result.model().covariance(1, 0, 0), expected * 4 * 0x1p-53);
    }

    /** Columns that the fit multiplies by powers of two: a mean too small for that would lose digits on the way. */
    @Test
    void fixedPartsKeepTheirBitsAtExtremeScales() {
        GaussianMixture start = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.3, 0.7},
                new double[] {1.2345678912345e-170, 1, 3.3e150, 0.1}, new double[] {1e300, 1e145, 1.1, 1e300, 0, 1.7});
        double[][] rows = {{-1e150, 0.3}, {2e150, 2}, {1e150, 1}, {3e150, -1}, {4e150, 0.5}};
        try (Points points = Points.ofRows(rows)) {
            FitResult result = Fitter.fit(points, from(start, new Fixed.Means(), new Fixed.Component(1)));
            assertArrayEquals(start.means(), result.model().means());
            assertArrayEquals(start.covariance(1), result.model().covariance(1));
        }
    }

    @Test
    void refusesWhatLeavesPointsWithoutDensity() {
        GaussianMixture tiny = line(new double[] {1}, new double[] {0}, 1e-310);
        assertTrue(refusal(() -> fit(from(tiny, new Fixed.Covariances()), -1, 0.5, 2)).startsWith(
                "some point is so far from every component, in standard deviations of a start of which parts are"));
        GaussianMixture small = line(new double[] {1}, new double[] {0}, 1e-80);
        assertTrue(refusal(() -> fit(from(small, new Fixed.Covariances()), ElementType.FLOAT32, -1, 0.5, 2)).startsWith(
                "some point is so far from every component, in standard deviations of a start of which parts are"));
        GaussianMixture wild = line(new double[] {1}, new double[] {1e39}, 1);
        String far = "a fixed mean is too far from the points: component=0, feature=0, distance from the points' mean=";
        assertEquals(far + 1e39,
                refusal(() -> fit(from(wild, new Fixed.Means()), ElementType.FLOAT32, -1, 0.5, 2)));
        GaussianMixture wilder = line(new double[] {1}, new double[] {1e150}, 1e300);
        assertEquals(far + 1e150, refusal(() -> fit(from(wilder, new Fixed.Means()), -1, 0.5, 2)));
    }

    static Stream<Arguments> refused() {
        GaussianMixture two = line(new double[] {0.5, 0.5}, new double[] {0, 1}, 1, 1);
        GaussianMixture tied = TestData.mixture(Covariance.TIED, 2, 2, 2, 1);
        GaussianMixture dead = line(new double[] {1, 0}, new double[] {0, 1}, 1, 1);
        Prior spread = Prior.conjugate().withWeightConcentration(2);
        return Stream.of(
                Arguments.of("parts can be fixed only as they are in a given start (set Start.Given first):"
                        + " start=KMeansPlusPlus",
                        (Executable) () -> FitOptions.components(2).withFixed(new Fixed.Means())),
                Arguments.of("parts can be fixed only as they are in a given start (set Start.Given first):"
                        + " start=RandomPoints",
                        (Executable) () -> from(two, new Fixed.Means()).withStart(new Start.RandomPoints())),
                Arguments.of("there is no such component to fix: index=2, components=2",
                        (Executable) () -> from(two, new Fixed.Component(2))),
                Arguments.of("there is no such component to fix: index=3, components=2",
                        (Executable) () -> from(two, new Fixed.Means(), new Fixed.Density(3))),
                Arguments.of("a component's index must not be negative: index=-1",
                        (Executable) () -> new Fixed.Component(-1)),
                Arguments.of("a component's index must not be negative: index=-2",
                        (Executable) () -> new Fixed.Density(-2)),
                Arguments.of("a tied covariance is not one component's to fix (add Fixed.Covariances to fix it for"
                        + " all): component=1", (Executable) () -> from(tied, new Fixed.Component(1))),
                Arguments.of("a tied covariance is not one component's to fix (add Fixed.Covariances to fix it for"
                        + " all): component=0", (Executable) () -> from(tied, new Fixed.Density(0))),
                Arguments.of("a prior with weightConcentration=2.0 makes weights of 0 impossible, and what is fixed"
                        + " leaves 0 for component=1",
                        (Executable) () -> from(dead, new Fixed.Weights()).withPrior(spread)),
                Arguments.of("a prior with weightConcentration=2.0 makes weights of 0 impossible, and what is fixed"
                        + " leaves 0 for component=1",
                        (Executable) () -> from(dead, new Fixed.Component(0)).withPrior(spread)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String message, Executable code) {
        assertEquals(message, refusal(code));
    }

    /** Two clusters of 500 points with unit variances, and 100 outliers all over a square of 100 by 100. */
    @Test
    void aBroadBackgroundTakesUpOutliers() {
        SplittableRandom random = new SplittableRandom(4);
        double[][] rows = new double[1100][2];
        for (int n = 0; n < rows.length; n++) {
            for (int i = 0; i < 2; i++) {
                double centre = i == 0 ? n % 2 == 0 ? -5 : 5 : 0;
                rows[n][i] = n < 1000 ? centre + random.nextGaussian() : random.nextDouble(-50, 50);
            }
        }
        // The background has the square's own variance, 100^2 / 12.
        GaussianMixture start = GaussianMixture.of(Covariance.SPHERICAL, 2, new double[] {0.4, 0.4, 0.2},
                new double[] {-10, 1, 10, 1, 0, 0}, new double[] {10, 10, 10000.0 / 12});
        try (Points points = Points.ofRows(rows)) {
            FitResult held = Fitter.fit(points, from(start, new Fixed.Density(2)));
            // Five standard errors: of a mean 1 / sqrt(500), of a variance over two features sqrt(1 / 500), of a share
            // sqrt(p (1 - p) / 1100). Within three deviations of a cluster there are 0.3 outliers on average.
            assertEquals(-5, held.model().mean(0, 0), 5 / Math.sqrt(500));
            assertEquals(5, held.model().mean(1, 0), 5 / Math.sqrt(500));
            assertEquals(1, held.model().covariance(0, 0, 0), 5 / Math.sqrt(500));
            assertEquals(1, held.model().covariance(1, 0, 0), 5 / Math.sqrt(500));
            assertEquals(1 / 11.0, held.model().weights()[2], 5 * Math.sqrt(10 / 121.0 / 1100));
            assertArrayEquals(start.mean(2), held.model().mean(2));
            assertEquals(10000.0 / 12, held.model().covariance(2, 0, 0));
            assertEquals(2 + 2 * 2 + 2, held.freeParameters());
            FitResult two = Fitter.fit(points, FitOptions.components(2).withCovariance(Covariance.SPHERICAL));
            assertTrue(two.model().covariance(0, 0, 0) > 10 || two.model().covariance(1, 0, 0) > 10);
        }
    }

    /** A known background beside what is looked for. */
    @Test
    void aFrozenBackgroundLetsTheRestBeFound() {
        GaussianMixture truth = line(new double[] {0.6, 0.4}, new double[] {0, 1}, 25, 0.25);
        GaussianMixture start = line(new double[] {0.6, 0.4}, new double[] {0, -1}, 25, 4);
        try (Points points = truth.sample(20_000, 5)) {
            FitResult result = Fitter.fit(points, from(start, new Fixed.Component(0)));
            // Some 8000 points, blurred by the background: well within 10 times 0.5 / sqrt(8000).
            assertEquals(1, result.model().mean(1, 0), 0.056);
            assertEquals(0.4, result.model().weights()[1]);
            assertTrue(Arrays.stream(result.trace()).max().orElseThrow() - result.logLikelihood() < 1e-6);
        }
    }
}
