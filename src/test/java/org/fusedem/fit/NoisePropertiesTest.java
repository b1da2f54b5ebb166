package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** What must hold of any fit with noise. */
class NoisePropertiesTest {
    /** Clusters, and noise all over ten times their region. */
    private static double[][] rows(Covariance shape, int components, int dims, int size, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[size][dims];
        try (Points sample = TestData.mixture(shape, components, dims, 3, seed).sample(size, seed + 1)) {
            for (int n = 0; n < size; n++) {
                sample.copyRow(n, rows[n]);
                if (random.nextDouble() < share) {
                    Arrays.setAll(rows[n], i -> random.nextDouble(-30, 30));
                }
            }
        }
        return rows;
    }

    @Property(tries = 120)
    void theObjectiveNeverFalls(@ForAll Covariance shape, @ForAll ElementType type,
            @ForAll @IntRange(min = 1, max = 4) int components, @ForAll @IntRange(min = 1, max = 4) int dims,
            @ForAll @IntRange(min = 5, max = 200) int size, @ForAll @DoubleRange(min = 0, max = 0.5) double share,
            @ForAll boolean withPrior, @ForAll Acceleration acceleration, @ForAll Convergence convergence,
            @ForAll long seed) {
        Prior prior = withPrior ? Prior.conjugate().withWeightConcentration(1.5) : null;
        try (Points points = Points.ofRows(rows(shape, components, dims, size, share, seed), type)) {
            FitResult result = Fitter.fit(points, FitOptions.components(components).withCovariance(shape).withSeed(seed)
                    .withNoise(Noise.ofBoundingBox()).withPrior(prior).withAcceleration(acceleration)
                    .withConvergence(convergence).withRestarts(2).withTolerance(1e-9).withMaxIterations(100));
            double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
            for (int i = 1; i < result.trace().length; i++) {
                double before = result.trace()[i - 1] + result.logPriors()[i - 1];
                double after = result.trace()[i] + result.logPriors()[i];
                double ofPrior = withPrior ? 2 * Math.abs(result.logPriors()[i])
                        + dims * components * (2 * dims + 4 + components) : 0;
                double bound = 64 * eps * (Math.abs(after) + dims * size + ofPrior);
                assertTrue(after >= before - bound, "iteration " + i + ": " + before + " then " + after);
            }
            double own = result.noisyModel().logLikelihood(points);
            assertEquals(own, result.logLikelihood(), 1e5 * eps * (Math.abs(own) + dims * size));
            double weight = result.noisyModel().noiseWeight();
            assertTrue(weight >= 0 && weight <= 1);
            assertEquals(1, Arrays.stream(result.model().weights()).sum(), 1e-12);
        }
    }

    /**
     * At an optimum the weight is the mean probability of the points to be noise. The step from one to the other gains
     * at least {@code 2 step^2} per point (Pinsker's inequality), and the last one gained less than the tolerance.
     */
    @Property(tries = 20)
    void theWeightIsThePointsMeanProbability(@ForAll Covariance shape, @ForAll long seed) {
        double[][] rows = rows(shape, 2, 2, 200, 0.2, seed);
        double tolerance = 1e-10;
        try (Points points = Points.ofRows(rows)) {
            FitResult result = Fitter.fit(points, FitOptions.components(2).withCovariance(shape).withSeed(seed)
                    .withNoise(Noise.ofBoundingBox()).withRestarts(3).withTolerance(tolerance)
                    .withMaxIterations(20_000));
            Assume.that(result.converged());
            double mean = Arrays.stream(rows).mapToDouble(row -> result.noisyModel().noiseProbability(row)).average()
                    .orElseThrow();
            assertEquals(mean, result.noisyModel().noiseWeight(), 2 * Math.sqrt(tolerance / 2));
        }
    }
}
