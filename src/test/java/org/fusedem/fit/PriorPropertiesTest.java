package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** What must hold of any fit with a prior. */
class PriorPropertiesTest {
    private static final int ITERATIONS = 20;

    /** Sometimes more components than the data bear; some features collinear, all far from zero. */
    @Property(tries = 100)
    void theObjectiveNeverFalls(@ForAll Covariance covariance, @ForAll ElementType type,
            @ForAll @IntRange(min = 4, max = 60) int size, @ForAll @IntRange(min = 1, max = 4) int components,
            @ForAll boolean flat, @ForAll boolean collinear, @ForAll @IntRange(min = 1, max = 3) int concentration,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[size][4];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = collinear && i % 2 == 1 ? 2 * row[i - 1] : 1e3 + random.nextGaussian() * (i + 1);
            }
        }
        Prior prior = Prior.conjugate().withWeightConcentration(concentration).withShrinkage(flat ? 0 : 0.1);
        try (Points points = Points.ofRows(rows, type)) {
            FitResult result = Fitter.fit(points, FitOptions.components(components).withCovariance(covariance)
                    .withRestarts(1).withSeed(seed).withPrior(prior).withTolerance(0).withMaxIterations(ITERATIONS));
            assertEquals(ITERATIONS + 1, result.logPriors().length);
            double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
            for (int i = 1; i <= ITERATIONS; i++) {
                double before = result.trace()[i - 1] + result.logPriors()[i - 1];
                double after = result.trace()[i] + result.logPriors()[i];
                // Roundings of each point's terms, one per feature, and of the prior's, one per feature and component.
                double bound = 64 * eps * (Math.abs(after) + 4 * size + 2 * Math.abs(result.logPriors()[i])
                        + 4 * components * (6 + 4 + 2 + components));
                assertTrue(after >= before - bound, "iteration " + i + ": " + before + " then " + after);
            }
        }
    }

    /** One M-step, then parameters near by: none has a higher objective at the same responsibilities. */
    @Property(tries = 60)
    void theMStepIsAMaximum(@ForAll Covariance covariance, @ForAll @IntRange(min = 1, max = 3) int components,
            @ForAll @IntRange(min = 1, max = 4) int dims, @ForAll boolean flat, @ForAll long seed) {
        GaussianMixture truth = TestData.mixture(covariance, components, dims, 2, seed);
        GaussianMixture start = TestData.mixture(covariance, components, dims, 2, seed + 1);
        SplittableRandom random = new SplittableRandom(seed);
        double kappa = flat ? 0 : 3;
        double[] mean = random.doubles(dims).toArray();
        double[] scale = TestData.mixture(covariance, 1, dims, 2, seed + 2).covariances();
        Prior prior = Prior.conjugate().withWeightConcentration(2.5).withShrinkage(kappa).withMean(mean)
                .withDegreesOfFreedom(dims + 7).withScale(scale);
        try (Points points = truth.sample(40, seed + 3)) {
            FitResult result = Fitter.fit(points, FitOptions.components(components).withCovariance(covariance)
                    .withStart(new Start.Given(start)).withPrior(prior).withTolerance(0).withMaxIterations(1)
                    .withRegularization(0));
            ExpectedObjective objective = new ExpectedObjective(points, start, true, kappa, mean, dims + 7, scale);
            assertEquals(objective.logPrior(result.model()) - objective.logPrior(start),
                    result.logPriors()[1] - result.logPriors()[0], 1e-10 * Math.abs(objective.logPrior(start)) + 1e-10);
            double best = objective.of(result.model());
            for (int i = 0; i < 50; i++) {
                double other = objective.of(
                        ExpectedObjective.perturb(result.model(), Math.pow(10, -1 - i % 5), random));
                // Sums of some hundred terms of this size.
                assertTrue(other <= best + 1e-13 * 400 * (1 + Math.abs(best)), best + " < " + other);
            }
        }
    }
}
