package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.em.Acceleration;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** What must hold of any fit with fixed parts. */
class FixedPropertiesTest {
    private static final int ITERATIONS = 40;

    private record Case(Covariance covariance, int components, int dims, boolean weights, boolean means,
            boolean covariances, int frozen, int held, long seed) {
        List<Fixed> parts() {
            List<Fixed> parts = new ArrayList<>();
            if (weights) {
                parts.add(new Fixed.Weights());
            }
            if (means) {
                parts.add(new Fixed.Means());
            }
            if (covariances || (frozen | held) > 0 && covariance == Covariance.TIED) {
                parts.add(new Fixed.Covariances());
            }
            for (int k = 0; k < components; k++) {
                if (isFrozen(k)) {
                    parts.add(new Fixed.Component(k));
                }
                if ((held >> k & 1) == 1) {
                    parts.add(new Fixed.Density(k));
                }
            }
            return parts;
        }

        boolean isFrozen(int k) {
            return (frozen >> k & 1) == 1;
        }

        boolean isDensityFixed(int k) {
            return ((frozen | held) >> k & 1) == 1;
        }

        GaussianMixture mixture(int number) {
            return TestData.mixture(covariance, components, dims, 2, seed + number);
        }

        FitOptions options(GaussianMixture start) {
            return FitOptions.components(components).withCovariance(covariance).withStart(new Start.Given(start))
                    .withFixed(parts().toArray(Fixed[]::new)).withTolerance(0);
        }

        /** The model with the fixed parts of the start, and what weight these leave shared out anew. */
        GaussianMixture admissible(GaussianMixture model, GaussianMixture start) {
            double[] w = model.weights();
            double[] m = model.means();
            double[] s = model.covariances();
            int block = covariance.blockLength(dims);
            double kept = 0;
            double free = 0;
            for (int k = 0; k < components; k++) {
                if (weights || isFrozen(k)) {
                    w[k] = start.weights()[k];
                    kept += w[k];
                } else {
                    free += w[k];
                }
                if (means || isDensityFixed(k)) {
                    System.arraycopy(start.means(), k * dims, m, k * dims, dims);
                }
                if (parts().contains(new Fixed.Covariances()) || isDensityFixed(k)) {
                    int at = covariance.blockOffset(k, dims);
                    System.arraycopy(start.covariances(), at, s, at, block);
                }
            }
            for (int k = 0; k < components; k++) {
                w[k] = weights || isFrozen(k) ? w[k] : w[k] / free * (1 - kept);
            }
            return GaussianMixture.of(covariance, dims, w, m, s);
        }

        void assertFixedPartsAreThoseOf(GaussianMixture start, GaussianMixture model) {
            int block = covariance.blockLength(dims);
            for (int k = 0; k < components; k++) {
                assertTrue(!(weights || isFrozen(k)) || start.weights()[k] == model.weights()[k], "weight " + k);
                assertTrue(!(means || isDensityFixed(k)) || Arrays.equals(start.mean(k), model.mean(k)), "mean " + k);
                int at = covariance.blockOffset(k, dims);
                assertTrue(!(parts().contains(new Fixed.Covariances()) || isDensityFixed(k)) || Arrays.equals(
                        start.covariances(), at, at + block, model.covariances(), at, at + block), "covariance " + k);
            }
            assertEquals(1, Arrays.stream(model.weights()).sum(), 0x1p-53 * 2 * components);
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Boolean> any = Arbitraries.of(true, false);
        // Half of them name no component.
        Arbitrary<Integer> named = Arbitraries.integers().between(0, 15).injectNull(0.5)
                .map(mask -> mask == null ? 0 : mask);
        return Combinators.combine(Arbitraries.of(Covariance.class), Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(1, 5), any, any, any, Combinators.combine(named, named).as(List::of),
                Arbitraries.longs()).as((covariance, k, dims, weights, means, covariances, masks, seed) ->
                        new Case(covariance, k, dims, weights, means, covariances, masks.get(0) & (1 << k) - 1,
                                masks.get(1) & (1 << k) - 1, seed)).withoutEdgeCases();
    }

    /** Few points, so that free components collapse or die; fixed means that are not those of any points. */
    @Property(tries = 150)
    void theObjectiveNeverFallsAndFixedPartsStay(@ForAll("cases") Case drawn, @ForAll ElementType type,
            @ForAll @IntRange(min = 4, max = 80) int size, @ForAll boolean withPrior,
            @ForAll Acceleration acceleration) {
        GaussianMixture start = drawn.mixture(1);
        double[][] rows = new double[size][drawn.dims];
        try (Points sample = drawn.mixture(2).sample(size, drawn.seed + 3)) {
            for (int n = 0; n < size; n++) {
                sample.copyRow(n, rows[n]);
            }
        }
        Prior prior = withPrior ? Prior.conjugate().withWeightConcentration(1.5).withShrinkage(0.1) : null;
        try (Points points = Points.ofRows(rows, type)) {
            FitResult result = Fitter.fit(points, drawn.options(start).withPrior(prior)
                    .withAcceleration(acceleration).withMaxIterations(ITERATIONS));
            assertEquals(ITERATIONS + 1, result.trace().length);
            double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
            for (int i = 1; i <= ITERATIONS; i++) {
                double before = result.trace()[i - 1] + result.logPriors()[i - 1];
                double after = result.trace()[i] + result.logPriors()[i];
                // Roundings of each point's terms, one per feature, and of the prior's, one per feature and component.
                double ofPrior = withPrior ? 2 * Math.abs(result.logPriors()[i])
                        + drawn.dims * drawn.components * (2 * drawn.dims + 4 + drawn.components) : 0;
                double bound = 64 * eps * (Math.abs(after) + drawn.dims * size + ofPrior);
                assertTrue(after >= before - bound, "iteration " + i + ": " + before + " then " + after);
            }
            drawn.assertFixedPartsAreThoseOf(start, result.model());
        }
    }

    /** One M-step, then admissible parameters near by: none has a higher objective at the same responsibilities. */
    @Property(tries = 60)
    void theMStepIsAMaximum(@ForAll("cases") Case drawn, @ForAll boolean withPrior, @ForAll boolean flat) {
        GaussianMixture start = drawn.mixture(1);
        SplittableRandom random = new SplittableRandom(drawn.seed);
        int dims = drawn.dims;
        double kappa = flat ? 0 : 3;
        double[] mean = random.doubles(dims).toArray();
        double[] scale = TestData.mixture(drawn.covariance, 1, dims, 2, drawn.seed + 2).covariances();
        Prior prior = Prior.conjugate().withWeightConcentration(2.5).withShrinkage(kappa).withMean(mean)
                .withDegreesOfFreedom(dims + 7).withScale(scale);
        try (Points points = drawn.mixture(3).sample(60, drawn.seed + 4)) {
            FitResult result = Fitter.fit(points, drawn.options(start).withPrior(withPrior ? prior : null)
                    .withMaxIterations(1).withRegularization(0));
            // What the floor holds has better neighbours below.
            Assume.that(result.events().isEmpty());
            assertTrue(result.trace()[1] + result.logPriors()[1] >= result.trace()[0] + result.logPriors()[0]
                    - 1e-12 * Math.abs(result.trace()[0] + result.logPriors()[0]));
            ExpectedObjective objective =
                    new ExpectedObjective(points, start, withPrior, kappa, mean, dims + 7, scale);
            double best = objective.of(result.model());
            for (int i = 0; i < 25; i++) {
                GaussianMixture near = ExpectedObjective.perturb(result.model(), Math.pow(10, -1 - i % 5), random);
                double other = objective.of(drawn.admissible(near, start));
                // Sums of some hundred terms of this size.
                assertTrue(other <= best + 1e-13 * 400 * (1 + Math.abs(best)), best + " < " + other);
            }
        }
    }

    @Property(tries = 8)
    void anyNumberOfThreadsGivesTheSameBits(@ForAll("cases") Case drawn, @ForAll ElementType type) {
        GaussianMixture start = drawn.mixture(1);
        double[][] rows = new double[4099][drawn.dims];
        try (Points sample = drawn.mixture(2).sample(rows.length, drawn.seed + 3)) {
            for (int n = 0; n < rows.length; n++) {
                sample.copyRow(n, rows[n]);
            }
        }
        try (Points points = Points.ofRows(rows, type)) {
            FitOptions options = drawn.options(start).withMaxIterations(2);
            FitResult alone = Fitter.fit(points, options);
            for (int threads = 2; threads <= 3; threads++) {
                FitResult together = Fitter.fit(points, options.withThreads(threads));
                assertTrue(Arrays.equals(alone.trace(), together.trace()));
                assertTrue(Arrays.equals(alone.model().weights(), together.model().weights()));
                assertTrue(Arrays.equals(alone.model().means(), together.model().means()));
                assertTrue(Arrays.equals(alone.model().covariances(), together.model().covariances()));
            }
        }
    }
}
