package org.fusedem.model;

import static org.fusedem.model.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KullbackLeiblerTest {
    private static GaussianMixture gaussian(double mean, double variance) {
        return GaussianMixture.of(
                Covariance.SPHERICAL, 1, new double[] {1}, new double[] {mean}, new double[] {variance});
    }

    @Test
    void isTheFormulaBetweenGaussians() {
        // (1/2) (1/4 + 1/4 - 1 - log(1/4))
        double expected = 0.5 * (-0.5 + Math.log(4));
        assertEquals(expected, KullbackLeibler.ofComponents(gaussian(0, 1), 0, gaussian(1, 4), 0), 1e-15);
        assertEquals(expected, KullbackLeibler.variational(gaussian(0, 1), gaussian(1, 4)), 1e-15);
        assertEquals(expected, KullbackLeibler.upperBound(gaussian(0, 1), gaussian(1, 4)), 1e-15);
        // Standard deviations 1e-20 and 1: tr = 1e-40, the logarithm is all.
        assertEquals(0.5 * (-1 + 40 * Math.log(10)),
                KullbackLeibler.ofComponents(gaussian(0, 1e-40), 0, gaussian(0, 1), 0), 1e-13);
        assertEquals(Double.POSITIVE_INFINITY,
                KullbackLeibler.ofComponents(gaussian(0, 1), 0, gaussian(1e200, 1), 0));
        // 1 / (1 + d) - 1 + log(1 + d) = d^2 / 2 - 2 d^3 / 3 and so on: of size 1e-15, and right to seven digits.
        double d = 1e-7;
        assertEquals(d * d / 4 - d * d * d / 3,
                KullbackLeibler.ofComponents(gaussian(0, 1), 0, gaussian(0, 1 + d), 0), 1e-7 * d * d / 4);
    }

    /** Infinities of both signs meet where features are correlated. */
    @Test
    void beyondTheRangeOfDoubleIsInfiniteWithCorrelationsToo() {
        GaussianMixture narrow = GaussianMixture.of(Covariance.FULL, 2, new double[] {1}, new double[2],
                new double[] {1e-20, 0.5e-20, 1e-20});
        GaussianMixture far = GaussianMixture.of(Covariance.SPHERICAL, 2, new double[] {1},
                new double[] {1e300, 1e300}, new double[] {1});
        assertEquals(Double.POSITIVE_INFINITY, KullbackLeibler.ofComponents(far, 0, narrow, 0));
    }

    /** With 2 x 2 matrices the formula can be written out: Sigma_q^-1 by determinant. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void isTheFormulaForAnyTwoShapes(@ForAll Covariance shapeP, @ForAll Covariance shapeQ, @ForAll boolean far,
            @ForAll long seed) {
        double offset = far ? 1e8 : 0;
        GaussianMixture p = RandomMixtures.of(shapeP, 2, 2, offset, seed);
        GaussianMixture q = RandomMixtures.of(shapeQ, 3, 2, offset, seed + 1);
        double[][] s = p.covariance(1);
        double[][] t = q.covariance(2);
        double detS = s[0][0] * s[1][1] - s[0][1] * s[0][1];
        double detT = t[0][0] * t[1][1] - t[0][1] * t[0][1];
        double d0 = q.mean(2, 0) - p.mean(1, 0);
        double d1 = q.mean(2, 1) - p.mean(1, 1);
        double trace = (t[1][1] * s[0][0] - 2 * t[0][1] * s[0][1] + t[0][0] * s[1][1]) / detT;
        double distance = (t[1][1] * d0 * d0 - 2 * t[0][1] * d0 * d1 + t[0][0] * d1 * d1) / detT;
        double expected = 0.5 * (trace - 2 + Math.log(detT / detS) + distance);
        // Determinants lose up to a condition number of some 100; distances are of the size of the result.
        assertEquals(expected, KullbackLeibler.ofComponents(p, 1, q, 2), 1e-12 * (1 + trace + distance));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void isZeroOnlyBetweenEquals(@ForAll Covariance shape, @ForAll @IntRange(min = 1, max = 4) int components,
            @ForAll @IntRange(min = 1, max = 5) int dims, @ForAll boolean far, @ForAll long seed) {
        double offset = far ? 1e8 : 0;
        GaussianMixture p = RandomMixtures.of(shape, components, dims, offset, components - 2, seed);
        GaussianMixture q = RandomMixtures.of(shape, components, dims, offset, components - 2, seed + 1);
        for (int k = 0; k < components; k++) {
            // L^-1 L is the identity up to roundings times a condition number below some 100: squared, that is nothing.
            assertEquals(0, KullbackLeibler.ofComponents(p, k, p, k), 1e-20);
            assertTrue(KullbackLeibler.ofComponents(p, k, q, k) > 1e-6);
        }
        assertEquals(0, KullbackLeibler.variational(p, p));
        assertTrue(KullbackLeibler.upperBound(p, p) >= 0);
        assertEquals(new KullbackLeibler.Estimate(0, 0), KullbackLeibler.monteCarlo(p, p, 100, seed));
        double convexity = 0;
        for (int a = 0; a < components; a++) {
            for (int b = 0; b < components; b++) {
                double weight = p.weight(a) * q.weight(b);
                convexity += weight == 0 ? 0 : weight * KullbackLeibler.ofComponents(p, a, q, b);
            }
        }
        double bound = KullbackLeibler.upperBound(p, q);
        assertTrue(bound >= 0 && bound <= convexity * (1 + 1e-14), bound + " of " + convexity);
    }

    /** Turning the features round changes every element of the factors, and nothing else. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfFeaturesDoesNotMatter(@ForAll Covariance shapeP, @ForAll Covariance shapeQ,
            @ForAll @IntRange(min = 3, max = 6) int dims, @ForAll long seed) {
        GaussianMixture p = RandomMixtures.of(shapeP, 1, dims, 0, seed);
        GaussianMixture q = RandomMixtures.of(shapeQ, 1, dims, 0, seed + 1);
        int[] backwards = IntStream.range(0, dims).map(i -> dims - 1 - i).toArray();
        double expected = KullbackLeibler.ofComponents(p, 0, q, 0);
        // Condition numbers are below some 100, and there are up to 36 products.
        assertEquals(expected, KullbackLeibler.ofComponents(p.marginal(backwards), 0, q.marginal(backwards), 0),
                1e-12 * (1 + expected));
    }

    /** In one dimension the divergence is an integral. */
    @ParameterizedTest
    @EnumSource
    void theTruthIsBelowTheBoundAndNearTheOthers(Covariance shape) {
        for (int seed = 0; seed < 10; seed++) {
            GaussianMixture p = RandomMixtures.of(shape, 3, 1, 0, 1, seed);
            GaussianMixture q = RandomMixtures.of(shape, 4, 1, 0, seed + 100);
            double truth = Integral.of(x -> {
                double logP = p.logDensity(x);
                return Math.exp(logP) * (logP - q.logDensity(x));
            }, -60, 60, 8000);
            double bound = KullbackLeibler.upperBound(p, q);
            assertTrue(truth <= bound + 1e-11, truth + " above " + bound);
            KullbackLeibler.Estimate estimate = KullbackLeibler.monteCarlo(p, q, 20_000, seed);
            assertEquals(truth, estimate.value(), 5 * estimate.standardError());
            assertTrue(estimate.standardError() > 0);
            // The approximation is the difference of two entropies, each wrong by at most log K.
            assertEquals(truth, KullbackLeibler.variational(p, q), Math.log(4) + Math.log(3));
        }
    }

    @Test
    void theEstimateOfThreePointsIsWrittenOut() {
        GaussianMixture p = gaussian(0, 1);
        GaussianMixture q = gaussian(1, 4);
        double[] gaps = new double[3];
        double[] point = new double[1];
        Sampler sampler = p.sampler(8);
        for (int n = 0; n < 3; n++) {
            sampler.next(point);
            gaps[n] = p.logDensity(point) - q.logDensity(point);
        }
        double mean = (gaps[0] + gaps[1] + gaps[2]) / 3;
        double squares = 0;
        for (double gap : gaps) {
            squares += (gap - mean) * (gap - mean);
        }
        KullbackLeibler.Estimate estimate = KullbackLeibler.monteCarlo(p, q, 3, 8);
        assertEquals(mean, estimate.value(), 1e-13);
        assertEquals(Math.sqrt(squares / 2 / 3), estimate.standardError(), 1e-13);
    }

    @Test
    void theStandardErrorIsTheSpreadOfEstimates() {
        GaussianMixture p = RandomMixtures.of(Covariance.FULL, 2, 2, 0, 3);
        GaussianMixture q = RandomMixtures.of(Covariance.FULL, 2, 2, 0, 4);
        int repeats = 400;
        double sum = 0;
        double squares = 0;
        double variances = 0;
        double reference = KullbackLeibler.monteCarlo(p, q, 200_000, 5).value();
        for (int seed = 0; seed < repeats; seed++) {
            KullbackLeibler.Estimate estimate = KullbackLeibler.monteCarlo(p, q, 500, 1000 + seed);
            double gap = estimate.value() - reference;
            sum += gap;
            squares += gap * gap;
            variances += estimate.standardError() * estimate.standardError();
        }
        double spread = squares / repeats - sum / repeats * (sum / repeats);
        // The ratio of two variances over 400 has a standard error of some sqrt(2 / 400); five of those.
        assertEquals(1, spread / (variances / repeats), 5 * Math.sqrt(2.0 / repeats));
    }

    /**
     * Mixtures with the same components: both converge to the divergence of the weights as the components move apart.
     */
    @Test
    void farApartOnlyTheWeightsCount() {
        double[] means = {0, 1000};
        double[] variances = {1, 2};
        GaussianMixture p = GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {0.3, 0.7}, means, variances);
        GaussianMixture q = GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {0.6, 0.4}, means, variances);
        double expected = 0.3 * Math.log(0.5) + 0.7 * Math.log(0.7 / 0.4);
        assertEquals(expected, KullbackLeibler.variational(p, q), 1e-14);
        assertEquals(expected, KullbackLeibler.upperBound(p, q), 1e-14);
    }

    @Test
    void theBoundOfEqualsIsZero() {
        GaussianMixture p = GaussianMixture.of(
                Covariance.SPHERICAL, 1, new double[] {0.3, 0.7}, new double[] {0, 3}, new double[] {1, 2});
        // Turns stop when one gains less than 1e-12 of the bound; each here gains by a constant factor.
        assertEquals(0, KullbackLeibler.upperBound(p, p), 1e-9);
    }

    /**
     * Between two mixtures of two components the split of p has two numbers, the best split of q follows from it, and
     * the bound is a convex function of both: least where a search finds it.
     */
    @ParameterizedTest
    @CsvSource({"3, 1, 0.5, 1, 2, 2", "3, 2, 1, 1, 2, 3", "1, 1, 0, 2, 1, 3"})
    void theBoundIsTheLeastOfAllSplits(
            double mean, double variance, double mean0, double variance0, double mean1, double variance1) {
        GaussianMixture p = GaussianMixture.of(Covariance.DIAGONAL, 1, new double[] {0.3, 0.7},
                new double[] {0, mean}, new double[] {1, variance});
        GaussianMixture q = GaussianMixture.of(Covariance.DIAGONAL, 1, new double[] {0.6, 0.4},
                new double[] {mean0, mean1}, new double[] {variance0, variance1});
        double least = least(p.weight(0), x -> least(p.weight(1), y -> bound(p, q, x, y)));
        // Of these mixtures the gains of turns fall by a quarter or more each, so below 1e-12 not much is left.
        assertEquals(least, KullbackLeibler.upperBound(p, q), 1e-11);
        // A component out of reach of all changes nothing but the weights of the others.
        GaussianMixture and = GaussianMixture.of(Covariance.DIAGONAL, 1, new double[] {0.3, 0.5, 0.2},
                new double[] {mean0, 1e170, mean1}, new double[] {variance0, 1, variance1});
        assertEquals(least + Math.log(2), KullbackLeibler.upperBound(p, and), 1e-11);
    }

    /** The least value of a convex function from 0 to {@code end}, by golden sections. */
    private static double least(double end, DoubleUnaryOperator function) {
        double section = (Math.sqrt(5) - 1) / 2;
        double low = 0;
        double high = end;
        double a = high - section * (high - low);
        double b = low + section * (high - low);
        double atA = function.applyAsDouble(a);
        double atB = function.applyAsDouble(b);
        for (int i = 0; i < 60; i++) {
            if (atA < atB) {
                high = b;
                b = a;
                atB = atA;
                a = high - section * (high - low);
                atA = function.applyAsDouble(a);
            } else {
                low = a;
                a = b;
                atA = atB;
                b = low + section * (high - low);
                atB = function.applyAsDouble(b);
            }
        }
        return Math.min(atA, atB);
    }

    /** Hershey and Olsen's bound where x of p's first component and y of its second go to q's first. */
    private static double bound(GaussianMixture p, GaussianMixture q, double x, double y) {
        double[][] phi = {{x, p.weight(0) - x}, {y, p.weight(1) - y}};
        double sum = 0;
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                double psi = q.weight(b) * phi[a][b] / (phi[0][b] + phi[1][b]);
                sum += phi[a][b] == 0 ? 0
                        : phi[a][b] * (Math.log(phi[a][b] / psi) + KullbackLeibler.ofComponents(p, a, q, b));
            }
        }
        return sum;
    }

    @Test
    void oneIsCloseAndOneIsBeyondTheRangeOfDouble() {
        GaussianMixture p = GaussianMixture.of(
                Covariance.SPHERICAL, 1, new double[] {0.5, 0.5}, new double[] {0, 1e170}, new double[] {1, 1});
        assertEquals(0, KullbackLeibler.variational(p, p));
        assertEquals(0, KullbackLeibler.upperBound(p, p), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, KullbackLeibler.upperBound(p, gaussian(0, 1)));
        assertEquals(Double.POSITIVE_INFINITY, KullbackLeibler.variational(p, gaussian(0, 1)));
        assertEquals(Math.log(2), KullbackLeibler.upperBound(gaussian(0, 1), p), 1e-15);
    }

    @Test
    void componentsWithoutWeightTakeNoPart() {
        GaussianMixture p = GaussianMixture.of(Covariance.DIAGONAL, 1, new double[] {0.4, 0, 0.6},
                new double[] {0, 1e170, 3}, new double[] {1, 1e-3, 2});
        GaussianMixture same = GaussianMixture.of(
                Covariance.DIAGONAL, 1, new double[] {0.4, 0.6}, new double[] {0, 3}, new double[] {1, 2});
        GaussianMixture q = gaussian(1, 3);
        assertEquals(KullbackLeibler.upperBound(same, q), KullbackLeibler.upperBound(p, q));
        assertEquals(KullbackLeibler.variational(same, q), KullbackLeibler.variational(p, q));
        assertEquals(KullbackLeibler.upperBound(q, same), KullbackLeibler.upperBound(q, p));
        assertEquals(KullbackLeibler.variational(q, same), KullbackLeibler.variational(q, p));
    }

    @Test
    void refusesWhatDoesNotCompare() {
        GaussianMixture plane = RandomMixtures.of(Covariance.FULL, 1, 2, 0, 1);
        String message = "mixtures over different features do not compare: p has dims=1, q has dims=2";
        assertRefused(message, () -> KullbackLeibler.variational(gaussian(0, 1), plane));
        assertRefused(message, () -> KullbackLeibler.upperBound(gaussian(0, 1), plane));
        assertRefused(message, () -> KullbackLeibler.ofComponents(gaussian(0, 1), 0, plane, 0));
        assertRefused(message, () -> KullbackLeibler.monteCarlo(gaussian(0, 1), plane, 10, 0));
        assertRefused("there must be at least 2 samples: samples=1",
                () -> KullbackLeibler.monteCarlo(plane, plane, 1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> KullbackLeibler.ofComponents(plane, 0, plane, 1));
    }
}
