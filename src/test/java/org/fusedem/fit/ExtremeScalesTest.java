package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Features whose squares are no ordinary numbers: the fit is the same as in better units, but for the units. */
class ExtremeScalesTest {
    /** Old Faithful, whose features vary by about 1 and 14, each multiplied by a power of two. */
    private static double[][] rows(int... exponents) {
        double[][] rows = TestData.rows("faithful.csv");
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.scalb((double) (float) row[i], exponents[i]);
            }
        }
        return rows;
    }

    private static FitResult fit(double[][] rows, ElementType type, FitOptions options) {
        try (Points points = Points.ofRows(rows, type)) {
            return Fitter.fit(points, options);
        }
    }

    /** A log-density is less by log 2 for each power of two of each feature; all else is the same but for the units. */
    private static void assertSameButForUnits(FitResult plain, FitResult other, double tolerance, int... exponents) {
        double shift = Math.log(2) * Arrays.stream(exponents).sum() * plain.totalWeight();
        double size = Math.abs(plain.logLikelihood()) + Math.abs(shift);
        assertEquals(plain.logLikelihood() - shift, other.logLikelihood(), tolerance * size);
        assertEquals(plain.events(), other.events());
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < 2; i++) {
                double mean = Math.scalb(plain.model().mean(k)[i], exponents[i]);
                assertEquals(mean, other.model().mean(k)[i], 1e-3 * Math.abs(mean));
                double variance = Math.scalb(plain.model().covariance(k)[i][i], 2 * exponents[i]);
                assertEquals(variance, other.model().covariance(k)[i][i], 1e-2 * variance);
            }
        }
        // And the model works in the units of the data.
        double[] mean = plain.model().mean(0);
        assertEquals(plain.model().logDensity(mean) - shift / plain.totalWeight(),
                other.model().logDensity(Math.scalb(mean[0], exponents[0]), Math.scalb(mean[1], exponents[1])),
                1e-2 + tolerance * size);
    }

    /** 2^-500 is 3e-151, 2^500 is 3e150; 2^-80 and 2^49 in single precision are 8e-25 and 6e14. */
    @ParameterizedTest
    @CsvSource({"DIAGONAL, -499, 495, FLOAT64", "TIED, -499, 495, FLOAT64", "FULL, -499, 495, FLOAT64",
        "FULL, 495, -499, FLOAT64", "FULL, -499, 0, FLOAT64", "DIAGONAL, 0, 495, FLOAT64", "SPHERICAL, 495, 495, FLOAT64",
        "SPHERICAL, -499, -499, FLOAT64", "DIAGONAL, -80, 49, FLOAT32", "TIED, 49, -80, FLOAT32", "FULL, -80, 49, FLOAT32",
        "SPHERICAL, -80, -80, FLOAT32"})
    void areFittedLikeAnyOther(Covariance covariance, int first, int second, ElementType type) {
        // Of several restarts that end at one optimum, roundings choose: with the components in another order, perhaps.
        FitOptions options = FitOptions.components(2).withCovariance(covariance).withRestarts(1);
        double tolerance = type == ElementType.FLOAT64 ? 1e-9 : 1e-5;
        assertSameButForUnits(fit(rows(0, 0), type, options), fit(rows(first, second), type, options), tolerance,
                first, second);
    }

    /** With one variance for all features the small one has no say; but its means are means, and it is not constant. */
    @Test
    void besideALargeFeatureASphericalMixtureSeesNoSmallOne() {
        FitResult result = fit(rows(-499, 495), ElementType.FLOAT64,
                FitOptions.components(2).withCovariance(Covariance.SPHERICAL));
        assertEquals(List.of(), result.events());
        double[] first = result.model().mean(0);
        assertTrue(first[0] > Math.scalb(1.5, -499) && first[0] < Math.scalb(5.5, -499), Arrays.toString(first));
        assertTrue(first[1] > Math.scalb(40.0, 495) && first[1] < Math.scalb(100.0, 495), Arrays.toString(first));
    }

    /** A constant that is large beside all else leaves less room to multiply by; and none, beside single precision. */
    @Test
    void aSphericalMixtureKeepsALargeConstant() {
        FitOptions options = FitOptions.components(2).withCovariance(Covariance.SPHERICAL);
        FitResult plain = fit(withConstant(rows(0, 0), 7), ElementType.FLOAT64, options);
        FitResult result = fit(withConstant(rows(-490, -490), 1e10), ElementType.FLOAT64, options);
        assertEquals(1e10, result.model().mean(0)[2]);
        assertEquals(plain.model().mean(0)[1], Math.scalb(result.model().mean(0)[1], 490), 1e-2);
        assertEquals(plain.events(), result.events());

        double[][] floats = withConstant(rows(-90, -90), 1e16);
        assertThrows(IllegalArgumentException.class, () -> fit(floats, ElementType.FLOAT32, options));
    }

    private static double[][] withConstant(double[][] rows, double constant) {
        return Arrays.stream(rows).map(row -> new double[] {row[0], row[1], constant}).toArray(double[][]::new);
    }

    @ParameterizedTest
    @EnumSource
    void weightsStartPriorFloorAndProgressFollowTheUnits(Covariance covariance) {
        int[] exponents = covariance == Covariance.SPHERICAL ? new int[] {-490, -490} : new int[] {-490, 490};
        double[] scale = new double[covariance.blockLength(2)];
        Arrays.fill(scale, 1);
        FitOptions options = FitOptions.components(2).withCovariance(covariance).withTolerance(0).withMaxIterations(5);
        GaussianMixture start = fit(rows(0, 0), ElementType.FLOAT64, options.withMaxIterations(1).withRestarts(1)).model();
        Prior prior = Prior.conjugate().withMean(3, 70);
        List<Double> told = new ArrayList<>();
        FitResult plain = fitWeighted(options.withPrior(prior).withStart(new Start.Given(start)), 0, 0);
        FitResult other = fitWeighted(options.withProgress((restart, iteration, mean) -> told.add(mean))
                .withPrior(prior.withMean(Math.scalb(3.0, exponents[0]), Math.scalb(70.0, exponents[1])))
                .withStart(new Start.Given(scaled(start, exponents))), exponents);
        assertSameButForUnits(plain, other, 1e-12, exponents);
        assertEquals(other.trace()[0] / other.totalWeight(), told.get(0), 1e-9);
    }

    private static FitResult fitWeighted(FitOptions options, int... exponents) {
        double[][] rows = rows(exponents);
        try (var builder = Points.builder(2)) {
            for (int n = 0; n < rows.length; n++) {
                builder.addWeighted(n % 3, rows[n]);
            }
            // Ignored, however large.
            builder.addWeighted(0, 1e152, -1e152);
            try (Points points = builder.build()) {
                return Fitter.fit(points, options);
            }
        }
    }

    private static GaussianMixture scaled(GaussianMixture model, int[] e) {
        double[] means = model.means();
        for (int i = 0; i < means.length; i++) {
            means[i] = Math.scalb(means[i], e[i % 2]);
        }
        double[] covariances = model.covariances();
        int[] shifts = switch (model.covariance()) {
            case SPHERICAL -> new int[] {2 * e[0]};
            case DIAGONAL -> new int[] {2 * e[0], 2 * e[1]};
            case TIED, FULL -> new int[] {2 * e[0], e[0] + e[1], 2 * e[1]};
        };
        for (int i = 0; i < covariances.length; i++) {
            covariances[i] = Math.scalb(covariances[i], shifts[i % shifts.length]);
        }
        return GaussianMixture.of(model.covariance(), 2, model.weights(), means, covariances);
    }

    /** A floor in the data's own units is what it says in any of them. */
    @Test
    void anAbsoluteFloorIsInTheUnitsOfTheData() {
        double floor = Math.scalb(4.0, -980);
        FitResult result = fit(rows(-490, 490), ElementType.FLOAT64, FitOptions.components(2)
                .withCovariance(Covariance.DIAGONAL).withVarianceFloor(floor));
        assertEquals(floor, result.model().covariance(0)[0][0]);
        assertEquals(2, result.events().size());
    }

    /** Their variance would have to be below the smallest normal double. */
    @ParameterizedTest
    @EnumSource
    void valuesTooCloseForAVarianceAreRefused(Covariance covariance) {
        int other = covariance == Covariance.SPHERICAL ? -520 : 0;
        FitOptions options = FitOptions.components(2).withCovariance(covariance);
        String message = assertThrows(IllegalArgumentException.class,
                () -> fit(rows(other, -520), ElementType.FLOAT64, options)).getMessage();
        assertTrue(message.startsWith("values lie too close together for a variance (rescale the column): column="),
                message);
        // A floor large enough is a way out: the feature then counts as flat.
        if (covariance == Covariance.DIAGONAL) {
            FitResult flat = fit(rows(0, -520), ElementType.FLOAT64, options.withVarianceFloor(1e-3));
            assertEquals(1e-3, flat.model().covariance(0)[1][1]);
            assertEquals(2, flat.events().size());
        }
    }

    /** Subnormal values beside ordinary ones are as good as zero; alone they are too close together. */
    @ParameterizedTest
    @EnumSource
    void subnormals(Covariance covariance) {
        SplittableRandom random = new SplittableRandom(2);
        double[][] rows = new double[100][];
        for (int n = 0; n < rows.length; n++) {
            double x = random.nextGaussian();
            rows[n] = new double[] {n % 2 == 0 ? Double.MIN_VALUE * (n + 1) : 5 + x, x - 3 * (n % 2)};
        }
        double[][] zeros = Arrays.stream(rows).map(row -> new double[] {row[0] < 1e-300 ? 0 : row[0], row[1]})
                .toArray(double[][]::new);
        FitOptions options = FitOptions.components(2).withCovariance(covariance);
        FitResult expected = fit(zeros, ElementType.FLOAT64, options);
        FitResult result = fit(rows, ElementType.FLOAT64, options);
        assertArrayEquals(expected.trace(), result.trace());
        assertEquals(expected.events(), result.events());

        double[][] tiny = Arrays.stream(rows).map(row -> new double[] {row[0] * 1e-320, row[1] * 1e-320})
                .toArray(double[][]::new);
        assertThrows(IllegalArgumentException.class, () -> fit(tiny, ElementType.FLOAT64, options));
    }
}
