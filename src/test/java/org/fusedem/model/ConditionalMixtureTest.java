package org.fusedem.model;

import static org.fusedem.model.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.ForkedJvm;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalMixtureTest {
    /** One Gaussian; given x, y has mean 2 + 0.3 (x - 1) and variance 1 - 1.2^2 / 4. */
    private static final GaussianMixture GAUSSIAN = GaussianMixture.of(Covariance.FULL, 2, new double[] {1},
            new double[] {1, 2}, new double[] {4, 1.2, 1}).withColumns(List.of("x", "y"));

    @Test
    void isTheRegressionLineOfOneGaussian() {
        ConditionalMixture y = GAUSSIAN.conditional(0);
        double[] mean = new double[1];
        double[] covariance = new double[1];
        double logDensity = y.meanAndCovariance(new double[] {3}, mean, covariance);
        assertEquals(2.6, mean[0], 1e-15);
        assertEquals(0.64, covariance[0], 1e-15);
        assertEquals(-0.5 * Math.log(2 * Math.PI * 4) - 0.5, logDensity, 1e-15);
        assertArrayEquals(new double[] {0.64}, y.covariances(), 1e-15);
        y.covariances()[0] = 0;
        assertArrayEquals(new double[] {0.64}, y.covariances(), 1e-15, "a copy");
        assertEquals(List.of("x"), y.givenColumns());
        assertEquals(List.of("y"), y.columns());
        // The other way round the slope is 1.2 / 1.
        GAUSSIAN.conditional(1).mean(new double[] {3}, mean);
        assertEquals(2.2, mean[0], 1e-15);
    }

    @Test
    void weighsComponentsByWhatIsGiven() {
        // Given 1, the odds of means 0 and 2 are even; given 2 they are exp(-2) to 1.
        ConditionalMixture second = GaussianMixture.of(Covariance.SPHERICAL, 2, new double[] {0.5, 0.5},
                new double[] {0, -1, 2, 1}, new double[] {1, 1}).conditional(0);
        double[] mean = new double[1];
        double[] covariance = new double[1];
        second.meanAndCovariance(new double[] {1}, mean, covariance);
        assertEquals(0, mean[0], 1e-15);
        assertEquals(1 + 1, covariance[0], 1e-15);
        double[] weights = new double[2];
        second.weights(new double[] {2}, weights);
        assertEquals(Math.exp(-2) / (1 + Math.exp(-2)), weights[0], 1e-15);
        double[] means = new double[2];
        second.componentMeans(new double[] {2}, means);
        assertArrayEquals(new double[] {-1, 1}, means);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void densitiesObeyTheChainRule(@ForAll Covariance shape, @ForAll @IntRange(min = 1, max = 4) int components,
            @ForAll @IntRange(min = 1, max = 3) int given, @ForAll @IntRange(min = 1, max = 3) int predicted,
            @ForAll boolean far, @ForAll long seed) {
        double offset = far ? 1e8 : 0;
        GaussianMixture model =
                RandomMixtures.of(shape, components, given + predicted, offset, components - 2, seed);
        double[] point = RandomMixtures.point(model, seed + 1);
        double[] a = Arrays.copyOf(point, given);
        double[] b = Arrays.copyOfRange(point, given, point.length);
        ConditionalMixture conditional =
                model.conditional(IntStream.range(0, given).toArray());
        double[] weights = new double[components];
        double logGiven = conditional.weights(a, weights);
        assertEquals(1, Arrays.stream(weights).sum(), 1e-15 * components);
        double expected = model.logDensity(point);
        // Condition numbers are below some 1000. A conditional mean is rounded to its own last place; the variance
        // around it is at least 0.2, so that moves a distance of z deviations by z / sqrt(0.2) of it.
        double z = Math.sqrt(2 * Math.abs(expected) + 100);
        double limit = 1e-12 * (1 + Math.abs(expected)) + 3 * z * predicted * Math.ulp(offset);
        assertEquals(expected, logGiven + conditional.logDensity(a, b), limit);
        assertEquals(conditional.logDensity(a, b), conditional.at(a).logDensity(b), limit);
        assertEquals(shape, conditional.at(a).covariance());
        assertEquals(model.marginal(IntStream.range(0, given).toArray()).logDensity(a), logGiven, limit);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void meanAndCovarianceAreThoseOfTheMixture(@ForAll Covariance shape,
            @ForAll @IntRange(min = 1, max = 4) int components, @ForAll @IntRange(min = 2, max = 5) int dims,
            @ForAll boolean far, @ForAll long seed) {
        double offset = far ? 1e8 : 0;
        GaussianMixture model = RandomMixtures.of(shape, components, dims, offset, components - 2, seed);
        ConditionalMixture conditional = model.conditional(dims - 1);
        double given = RandomMixtures.point(model, seed)[dims - 1];
        double[] mean = new double[dims - 1];
        double[] covariance = new double[Covariance.triangle(dims - 1)];
        conditional.meanAndCovariance(new double[] {given}, mean, covariance);
        GaussianMixture mixture = conditional.at(given);
        double[] expectedMean = RandomMixtures.mean(mixture);
        double[][] expectedCovariance = RandomMixtures.covariance(mixture);
        // Means are some 10 apart, and each is rounded at its own size.
        double rounding = components * (1e-14 + Math.ulp(offset));
        assertArrayEquals(expectedMean, mean, 10 * rounding);
        int index = 0;
        for (int i = 0; i < dims - 1; i++) {
            for (int j = 0; j <= i; j++) {
                double spread = Math.sqrt(expectedCovariance[i][i] + expectedCovariance[j][j]);
                double limit = 1e-12 + 20 * rounding * (1 + spread);
                assertEquals(expectedCovariance[i][j], covariance[index++], limit);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void momentsAreIntegrals(Covariance shape) {
        GaussianMixture model = RandomMixtures.of(shape, 3, 2, 0, 11);
        for (double x : new double[] {-3, 0.5, 6}) {
            double total = Integral.of(y -> Math.exp(model.logDensity(x, y)), -60, 60, 4000);
            double first = Integral.of(y -> y * Math.exp(model.logDensity(x, y)), -60, 60, 4000) / total;
            double second = Integral.of(
                    y -> (y - first) * (y - first) * Math.exp(model.logDensity(x, y)), -60, 60, 4000) / total;
            double[] mean = new double[1];
            double[] covariance = new double[1];
            double logDensity = model.conditional(0).meanAndCovariance(new double[] {x}, mean, covariance);
            assertEquals(first, mean[0], 1e-11);
            assertEquals(second, covariance[0], 1e-11);
            assertEquals(Math.log(total), logDensity, 1e-11);
        }
    }

    @ParameterizedTest
    @EnumSource
    void residualsOfASampleAreWhatItSays(Covariance shape) {
        GaussianMixture model = RandomMixtures.of(shape, 3, 3, 0, 13);
        ConditionalMixture conditional = ConditionalMixture.of(model, new int[] {2, 0}, new int[] {1});
        int count = 50_000;
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        double[] mean = new double[1];
        double[] covariance = new double[1];
        try (Points sample = model.sample(count, 17)) {
            for (int n = 0; n < count; n++) {
                conditional.meanAndCovariance(new double[] {sample.get(n, 2), sample.get(n, 0)}, mean, covariance);
                double z = (sample.get(n, 1) - mean[0]) / Math.sqrt(covariance[0]);
                sum += z;
                squares += z * z;
                fourths += z * z * z * z;
            }
        }
        // Standardised residuals have mean 0 and variance 1 given anything; five standard errors of each.
        assertEquals(0, sum / count, 5 / Math.sqrt(count));
        assertEquals(1, squares / count, 5 * Math.sqrt((fourths / count - 1) / count));
    }

    @ParameterizedTest
    @EnumSource
    void farAwayItStillHasNumbers(Covariance shape) {
        GaussianMixture model = RandomMixtures.of(shape, 3, 2, 0, 1, 19);
        ConditionalMixture conditional = model.conditional(0);
        double[] weights = new double[3];
        double[] mean = new double[1];
        double[] covariance = new double[1];
        for (double far : new double[] {1e3, -1e10, 1e100, -1e152}) {
            double logDensity = conditional.weights(new double[] {far}, weights);
            assertTrue(logDensity < -1e4 && logDensity >= -1e300, "log-density " + logDensity);
            assertEquals(1, Arrays.stream(weights).sum(), 1e-15);
            assertEquals(0, weights[1], "a component without weight");
            conditional.meanAndCovariance(new double[] {far}, mean, covariance);
            assertTrue(Double.isFinite(mean[0]) && covariance[0] > 0 && covariance[0] < Double.POSITIVE_INFINITY);
            assertTrue(conditional.logDensity(new double[] {far}, mean) >= -1e300);
            assertTrue(conditional.at(far).logDensity(mean) >= -1e300);
        }
    }

    @Test
    void aThousandNatsDoNotUnderflow() {
        // Given 100, the odds against the component at 0 are exp(5000); its own density at 200 is exp(20000) times
        // lower.
        GaussianMixture model = GaussianMixture.of(Covariance.SPHERICAL, 2, new double[] {0.5, 0.5},
                new double[] {0, 0, 100, 300}, new double[] {1, 1});
        ConditionalMixture conditional = model.conditional(0);
        double normal = -0.5 * Math.log(2 * Math.PI);
        // The near one is 300 deviations off, exp(-45000); the far one costs exp(-5000) and is there.
        assertEquals(-5000 + normal, conditional.logDensity(new double[] {100}, new double[] {0}), 1e-11);
    }

    /** Zero times the square of 1e200 is zero. */
    @Test
    void oneWithoutWeightDoesNotCountHoweverFarItIs() {
        ConditionalMixture conditional = GaussianMixture.of(Covariance.SPHERICAL, 2, new double[] {1, 0},
                new double[] {0, 3, 0, 1e200}, new double[] {2, 1}).conditional(0);
        double[] mean = new double[1];
        double[] covariance = new double[1];
        conditional.meanAndCovariance(new double[] {1}, mean, covariance);
        assertEquals(3, mean[0]);
        assertEquals(2, covariance[0]);
    }

    @Test
    void whatIsBeyondTheRangeOfDoubleIsRefused() {
        GaussianMixture steep = GaussianMixture.of(Covariance.FULL, 2, new double[] {1}, new double[2],
                new double[] {1e-200, 0.5, 1e200});
        ConditionalMixture conditional = steep.conditional(0);
        assertRefused("given is so far from the mixture that what it predicts is beyond the range of double",
                () -> conditional.mean(new double[] {1e150}, new double[1]));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-8, 1e-14})
    void keepsAVarianceWhenNearlyAllIsSaid(double rest) {
        // Correlated so that a share `rest` of the variance is left.
        double slope = Math.sqrt(1 - rest);
        ConditionalMixture conditional = GaussianMixture.of(Covariance.TIED, 2, new double[] {1}, new double[2],
                new double[] {1, slope, 1}).conditional(0);
        // 1 - slope^2 is known to a few roundings of one.
        assertEquals(rest, conditional.covariances()[0], 4 * Math.ulp(1.0));
        assertTrue(conditional.covariances()[0] > 0);
    }

    @ParameterizedTest
    @EnumSource
    void manyPointsAreAsOne(ElementType type) {
        GaussianMixture model = RandomMixtures.of(Covariance.FULL, 3, 4, 0, 23);
        ConditionalMixture conditional = ConditionalMixture.of(model, new int[] {3, 1}, new int[] {0, 2});
        try (PointsBuilder builder = Points.builder(2, type)) {
            for (int n = 0; n < 20; n++) {
                builder.addWeighted(n % 3, n / 8.0 - 1, n % 5);
            }
            try (Points given = builder.build();
                    Points means = conditional.means(given);
                    Points moments = conditional.meansAndCovariances(given)) {
                double[] mean = new double[2];
                double[] covariance = new double[3];
                for (int n = 0; n < 20; n++) {
                    conditional.meanAndCovariance(new double[] {n / 8.0 - 1, n % 5}, mean, covariance);
                    assertEquals(n % 3, means.weight(n));
                    for (int i = 0; i < 2; i++) {
                        assertEquals(mean[i], means.get(n, i));
                        assertEquals(mean[i], moments.get(n, i));
                    }
                    for (int i = 0; i < 3; i++) {
                        assertEquals(covariance[i], moments.get(n, 2 + i));
                    }
                }
                assertRefused("points and model differ: points have dims=5, the model has dims=2",
                        () -> conditional.means(moments));
            }
        }
    }

    @Test
    void aPointAllocatesNothing() throws IOException, InterruptedException {
        assertEquals(List.of("allocated 0"), ForkedJvm.run(OnePointCalls.class).stream()
                .filter(line -> line.startsWith("allocated")).toList());
    }

    @Test
    void refusesWhatCannotBe() {
        assertRefused("given must be at least one column: given=0", () -> GAUSSIAN.conditional());
        assertRefused("predicted must be at least one column: predicted=0", () -> GAUSSIAN.conditional(0, 1));
        assertRefused("given must be columns from 0 to 1: column=2", () -> GAUSSIAN.conditional(2));
        assertRefused("given and predicted must be different columns: column=1 comes twice",
                () -> ConditionalMixture.of(GAUSSIAN, new int[] {1}, new int[] {0, 1}));
        ConditionalMixture y = GAUSSIAN.conditional(0);
        assertRefused("given must have 1 numbers: length=2", () -> y.at(1, 2));
        try (PointsBuilder builder = Points.builder(1).allowMissing().add(Double.NaN); Points gap = builder.build()) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> y.means(gap)).getMessage()
                    .contains("take the conditional mixture of what is observed"));
        }
        assertRefused("given not finite: index=0, value=NaN", () -> y.at(Double.NaN));
        assertRefused("into must have 1 numbers: length=2", () -> y.weights(new double[1], new double[2]));
        assertRefused("into must have 1 numbers: length=0", () -> y.mean(new double[1], new double[0]));
        assertRefused("covariance must have 1 numbers: length=2",
                () -> y.meanAndCovariance(new double[1], new double[1], new double[2]));
        assertRefused("predicted not finite: index=0, value=Infinity",
                () -> y.logDensity(new double[1], new double[] {Double.POSITIVE_INFINITY}));
    }
}
