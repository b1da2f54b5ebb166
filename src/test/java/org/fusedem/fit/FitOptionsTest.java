package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FitOptionsTest {
    static Stream<Arguments> outOfRange() {
        FitOptions options = FitOptions.components(2);
        return Stream.of(
                refused(() -> FitOptions.components(0), "components must be positive: components=0"),
                refused(() -> options.withRestarts(0), "restarts must be positive: restarts=0"),
                refused(() -> options.withFinalists(0), "finalists must be positive: finalists=0"),
                refused(() -> options.withShortIterations(0), "shortIterations must be positive: shortIterations=0"),
                refused(() -> options.withTolerance(-1), "tolerance must be finite and not negative: tolerance=-1.0"),
                refused(() -> options.withTolerance(Double.NaN), "tolerance must be finite and not negative: tolerance=NaN"),
                refused(() -> options.withMaxIterations(-1), "maxIterations must not be negative: maxIterations=-1"),
                refused(() -> options.withRegularization(2), "regularization must be from 0 to 1: regularization=2.0"),
                refused(() -> options.withRegularization(Double.NaN),
                        "regularization must be from 0 to 1: regularization=NaN"),
                refused(() -> options.withVarianceFloor(-1),
                        "varianceFloor must be from 0 to 1.0E300: varianceFloor=-1.0"),
                refused(() -> options.withVarianceFloor(1e301), "varianceFloor must be from 0 to 1.0E300: varianceFloor=1.0E301"),
                refused(() -> options.withVarianceFloor(Double.NaN),
                        "varianceFloor must be from 0 to 1.0E300: varianceFloor=NaN"),
                refused(() -> options.withThreads(0), "threads must be positive: threads=0"));
    }

    private static Arguments refused(Executable code, String message) {
        return Arguments.of(code, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("outOfRange")
    void refusesWhatIsOutOfRange(Executable code, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    @Test
    void eachWithChangesOneThing() {
        Prior prior = Prior.conjugate();
        FitOptions options = FitOptions.components(2).withCovariance(Covariance.TIED).withSeed(3).withRestarts(4)
                .withTolerance(0.5).withMaxIterations(6).withRegularization(0.7).withThreads(8)
                .withVarianceFloor(0.9).withPrior(prior).withMissingValues()
                .withStart(new Start.RandomPoints()).withKernel(KernelChoice.VECTOR)
                .withConvergence(Convergence.AITKEN).withAcceleration(Acceleration.SQUAREM);
        assertEquals(2, options.components());
        assertEquals(Covariance.TIED, options.covariance());
        assertEquals(3, options.seed());
        assertEquals(4, options.restarts());
        assertEquals(0.5, options.tolerance());
        assertEquals(6, options.maxIterations());
        assertEquals(0.7, options.regularization());
        assertEquals(0.9, options.varianceFloor());
        assertEquals(prior, options.prior());
        assertEquals(8, options.threads());
        assertEquals(new Start.RandomPoints(), options.start());
        assertEquals(KernelChoice.VECTOR, options.kernel());
        assertEquals(Convergence.AITKEN, options.convergence());
        assertEquals(Acceleration.SQUAREM, options.acceleration());
        assertTrue(options.missingValues());
        assertEquals(5, options.withComponents(5).components());
        assertEquals(2, options.components());
    }

    @Test
    void sayWhatDiffersFromTheDefaults() {
        FitOptions options = FitOptions.components(2);
        assertEquals("FitOptions[components=2, covariance=full]", options.toString());
        assertEquals("FitOptions[components=2, covariance=tied, start=RandomPoints, restarts=4, seed=3, tolerance=0.5,"
                        + " convergence=AITKEN, noise=Noise[weight=0.2, logVolume=OptionalDouble.empty], threads=8,"
                        + " kernel=SCALAR, progress=given, stop=given]",
                options.withCovariance(Covariance.TIED).withStart(new Start.RandomPoints()).withSeed(3).withRestarts(4)
                        .withTolerance(0.5).withConvergence(Convergence.AITKEN).withThreads(8)
                        .withNoise(Noise.ofBoundingBox().withWeight(0.2)).withKernel(KernelChoice.SCALAR)
                        .withProgress((restart, iteration, mean) -> { }).withStop(() -> true).toString());
        assertEquals("FitOptions[components=2, covariance=full, start=Labels[of 3 points, fixed], missingValues=true]",
                options.withStart(new Start.Labels(new int[] {0, 1, 1}, true)).withMissingValues().toString());
        // Of a change back nothing is left.
        assertEquals(options.toString(), options.withStop(() -> true).withStop(FitOptions.NEVER).toString());
    }

    @Test
    void aResultSaysWhatItCameTo() {
        FitOptions options = FitOptions.components(1).withKernel(KernelChoice.SCALAR).withMaxIterations(2)
                .withTolerance(0);
        try (Points points = Points.ofRows(new double[][] {{1, 2}, {2, 1}, {4, 4}})) {
            FitResult result = Fitter.fit(points, options);
            assertEquals("FitResult[GaussianMixture[full, components=1, dims=2], logLikelihood=" + result.logLikelihood()
                    + ", iterations=2, MAX_ITERATIONS, scalar kernel]", result.toString());
        }
    }
}
