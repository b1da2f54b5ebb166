package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.matrix.SymmetricEigen;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The variance floor, relative and absolute. */
class RegularizationTest {
    /** Two clusters, apart in the first feature alone: it varies by 1e-8 (squared), the second one by 1e6. */
    private static double[][] unlikeFeatures() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] rows = new double[400][];
        for (int n = 0; n < rows.length; n++) {
            // Half of 8 deviations apart, so sqrt(17) deviations of a cluster are the data's.
            double x = random.nextGaussian() + 8 * (n % 2);
            rows[n] = new double[] {1e-4 / Math.sqrt(17) * x, 1e3 * random.nextGaussian()};
        }
        return rows;
    }

    private static double[][] standardised(double[][] rows, double[] deviations) {
        return Arrays.stream(rows)
                .map(row -> IntStream.range(0, row.length).mapToDouble(i -> row[i] / deviations[i]).toArray())
                .toArray(double[][]::new);
    }

    private static double[] deviations(double[][] rows) {
        return IntStream.range(0, rows[0].length).mapToDouble(i -> {
            double mean = Arrays.stream(rows).mapToDouble(row -> row[i]).average().orElseThrow();
            return Math.sqrt(Arrays.stream(rows).mapToDouble(row -> (row[i] - mean) * (row[i] - mean)).average()
                    .orElseThrow());
        }).toArray();
    }

    private static FitResult fit(double[][] rows, ElementType type, FitOptions options) {
        try (Points points = Points.ofRows(rows, type)) {
            return Fitter.fit(points, options);
        }
    }

    /** How many rows are in the component that most of their cluster, every other row, are in. */
    private static long rightlyAssigned(GaussianMixture model, double[][] rows) {
        boolean[] inFirst = new boolean[rows.length];
        for (int n = 0; n < rows.length; n++) {
            double[] r = model.responsibilities(rows[n]);
            inFirst[n] = r[0] > r[1];
        }
        long right = IntStream.range(0, rows.length).filter(n -> inFirst[n] == (n % 2 == 0)).count();
        return Math.max(right, rows.length - right);
    }

    @ParameterizedTest
    @CsvSource({"DIAGONAL, FLOAT64", "TIED, FLOAT64", "FULL, FLOAT64", "DIAGONAL, FLOAT32", "FULL, FLOAT32"})
    void unlikeFeaturesAreFittedAsWellAsStandardisedOnes(Covariance covariance, ElementType type) {
        double[][] rows = unlikeFeatures();
        double[] deviations = deviations(rows);
        FitOptions options = FitOptions.components(2).withCovariance(covariance);
        FitResult plain = fit(rows, type, options);
        FitResult better = fit(standardised(rows, deviations), type, options);
        double shift = rows.length * Arrays.stream(deviations).map(Math::log).sum();
        // Both ended within the tolerance of the same optimum, where gains shrink fast; float has rounded the data too.
        double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
        double bound = 2 * options.tolerance() * rows.length
                + 64 * eps * (Math.abs(better.logLikelihood()) + 2 * rows.length);
        assertEquals(better.logLikelihood() - shift, plain.logLikelihood(), bound);
        assertEquals(0, plain.events().size());
        assertTrue(rightlyAssigned(plain.model(), rows) >= 398);
    }

    /** 1e-6 is a hundred times the first feature's variance: the clusters cannot be told apart any more. */
    @ParameterizedTest
    @EnumSource(names = {"DIAGONAL", "TIED", "FULL"})
    void anAbsoluteFloorRuinsUnlikeFeatures(Covariance covariance) {
        double[][] rows = unlikeFeatures();
        FitResult result = fit(rows, ElementType.FLOAT64,
                FitOptions.components(2).withCovariance(covariance).withVarianceFloor(1e-6));
        assertTrue(rightlyAssigned(result.model(), rows) < 300);
        assertEquals(2, result.events().stream().filter(e -> e.kind() == Kind.VARIANCE_FLOORED).count());
        double[][] sigma = result.model().covariance(0);
        // The direction that is held is the first feature's, or almost.
        assertEquals(1e-6, sigma[0][0] - sigma[0][1] * sigma[0][1] / sigma[1][1], 1e-12);
    }

    /** Four points, four components: the least eigenvalue is the larger of both floors. */
    @ParameterizedTest
    @EnumSource
    void theLargerFloorHolds(Covariance covariance) {
        double[][] rows = {{0, 0}, {1, 5}, {2, -3}, {7, 7}};
        // Quartiles 0 and 2, -3 and 5 (the first and the third of four).
        double[] bulk = {square(2 / 1.3489795003921634), square(8 / 1.3489795003921634)};
        double[] deviations = deviations(rows);
        for (double absolute : new double[] {0, 1e-3, 0.5}) {
            double[] floor = IntStream.range(0, 2)
                    .mapToDouble(i -> Math.max(1e-2 * Math.min(bulk[i], square(deviations[i])), absolute)).toArray();
            GaussianMixture model = fit(rows, ElementType.FLOAT64, FitOptions.components(4).withCovariance(covariance)
                    .withRegularization(1e-2).withVarianceFloor(absolute)).model();
            for (int k = 0; k < 4; k++) {
                if (covariance == Covariance.SPHERICAL) {
                    assertEquals((floor[0] + floor[1]) / 2, model.covariance(k)[0][0], 1e-12);
                } else {
                    double[][] sigma = model.covariance(k);
                    SymmetricEigen eigen = new SymmetricEigen(2);
                    eigen.decompose(new double[] {sigma[0][0] / floor[0],
                        sigma[1][0] / Math.sqrt(floor[0] * floor[1]), sigma[1][1] / floor[1]}, 0);
                    assertEquals(1, Math.min(eigen.value(0), eigen.value(1)), 1e-9);
                }
            }
        }
    }

    private static double square(double x) {
        return x * x;
    }

    @Test
    void aSmallAbsoluteFloorChangesNothing() {
        double[][] rows = TestData.rows("faithful.csv");
        FitOptions options = FitOptions.components(2);
        assertEquals(fit(rows, ElementType.FLOAT64, options).logLikelihood(),
                fit(rows, ElementType.FLOAT64, options.withVarianceFloor(1e-3)).logLikelihood());
    }
}
