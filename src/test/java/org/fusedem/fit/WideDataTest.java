package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More features than points. */
class WideDataTest {
    /** Two clusters, one standard deviation apart in every feature. */
    private static FitResult fit(int size, int dims, Covariance covariance, ElementType type, int iterations) {
        SplittableRandom random = new SplittableRandom(7);
        double[][] columns = new double[dims][size];
        for (double[] column : columns) {
            Arrays.setAll(column, n -> random.nextGaussian() + n % 2);
        }
        try (Points points = Points.ofColumns(columns, type)) {
            FitResult result = Fitter.fit(points, FitOptions.components(2).withCovariance(covariance).withRestarts(1)
                    .withMaxIterations(iterations));
            for (double[] numbers : new double[][] {result.trace(), result.model().means(), result.model().covariances()}) {
                assertTrue(Arrays.stream(numbers).allMatch(Double::isFinite));
            }
            return result;
        }
    }

    /** One variance per feature has points enough: nothing collapses, and both clusters are found. */
    @ParameterizedTest
    @CsvSource({"SPHERICAL, FLOAT64", "SPHERICAL, FLOAT32", "DIAGONAL, FLOAT64", "DIAGONAL, FLOAT32"})
    void aThousandFeaturesOfFiveHundredPoints(Covariance covariance, ElementType type) {
        FitResult result = fit(500, 1000, covariance, type, 20);
        assertEquals(List.of(), result.events());
        assertEquals(0.5, result.model().weights()[0], 1e-9);
    }

    /**
     * A full covariance of n points has D - n directions without any spread: they are held at the floor. With a
     * thousand features each M-step would take the eigenvalues of thousand by thousand matrices, some ten seconds each;
     * what matters is the same with fewer.
     */
    @ParameterizedTest
    @CsvSource({"TIED, FLOAT64", "TIED, FLOAT32", "FULL, FLOAT64", "FULL, FLOAT32"})
    void fullCovariancesOfFewPointsAreHeldAtTheFloor(Covariance covariance, ElementType type) {
        FitResult result = fit(80, 160, covariance, type, 3);
        assertEquals(List.of(Kind.VARIANCE_FLOORED, Kind.VARIANCE_FLOORED),
                result.events().stream().map(FitEvent::kind).toList());
    }
}
