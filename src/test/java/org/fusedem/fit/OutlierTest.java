package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One point 1e12 away: it gets a component of its own, and the others are fitted as if it were not there. */
class OutlierTest {
    private static final double AWAY = 1e12;
    private static final int SIZE = 600;

    /** Two clusters in two features, eight standard deviations apart; one of them twice as large, and broader. */
    private static double[][] bulk() {
        SplittableRandom random = new SplittableRandom(11);
        double[][] rows = new double[SIZE][];
        for (int n = 0; n < SIZE; n++) {
            boolean small = n % 3 == 0;
            double x = (small ? 1 : 1.5) * random.nextGaussian();
            rows[n] = new double[] {x + (small ? 8 : 0), random.nextGaussian() + (small ? 0.5 : 0) * x};
        }
        return rows;
    }

    private static double[][] withOutlier(double[][] rows, double... outlier) {
        double[][] all = Arrays.copyOf(rows, rows.length + 1);
        all[rows.length] = outlier;
        return all;
    }

    private static FitResult fit(double[][] rows, ElementType type, FitOptions options) {
        try (Points points = Points.ofRows(rows, type)) {
            return Fitter.fit(points, options);
        }
    }

    private static double logLikelihood(GaussianMixture model, double[][] rows) {
        return Arrays.stream(rows).mapToDouble(model::logDensity).sum();
    }

    /**
     * With the outlier in a component of its own, whose density is zero at the others, EM does to the others what it
     * does without it, but for a factor n / (n + 1) of their weights. That takes n log((n + 1) / n) from their
     * log-likelihood, just below 1. Both fits end within a few tolerances of the optimum, where gains halve from one
     * iteration to the next or faster, as clusters are so far apart. Single precision adds rounding: 64 eps per unit of
     * log-density and feature.
     */
    @ParameterizedTest
    @CsvSource({"SPHERICAL, FLOAT64", "DIAGONAL, FLOAT64", "FULL, FLOAT64", "SPHERICAL, FLOAT32", "DIAGONAL, FLOAT32",
        "FULL, FLOAT32"})
    void theOthersAreFittedAsWithoutIt(Covariance covariance, ElementType type) {
        double[][] rows = bulk();
        FitOptions options = FitOptions.components(2).withCovariance(covariance);
        double alone = logLikelihood(fit(rows, type, options).model(), rows);
        double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
        double bound = 4 * options.tolerance() * (SIZE + 1) + 64 * eps * (Math.abs(alone) + 2 * SIZE);
        for (double[] outlier : new double[][] {{AWAY, AWAY}, {0, -AWAY}, {AWAY, 0}}) {
            FitResult result = fit(withOutlier(rows, outlier), type, options.withComponents(3));
            double beside = logLikelihood(result.model(), rows) + SIZE * Math.log1p(1.0 / SIZE);
            int k = largestMean(result.model());
            // Its own coordinates, in deviations of so narrow a component, are off by so much. Half of the squares,
            // twice, blur the objective: gains below that are not seen, and EM ends.
            double blur = eps * AWAY / Math.sqrt(result.model().covariance(k)[0][0]);
            assertEquals(alone, beside, bound + 2 * blur * blur, Arrays.toString(outlier));
            assertEquals(1.0 / (SIZE + 1), result.model().weights()[k], 1e-6 / SIZE);
            assertEquals(List.of(Kind.VARIANCE_FLOORED), result.events().stream().map(FitEvent::kind).toList());
            assertEquals(k, result.events().get(0).index());
            // A float so large cannot tell its mean from the next float.
            double resolution = type == ElementType.FLOAT64 ? 0 : Math.ulp((float) AWAY);
            assertTrue(result.model().covariance(k)[0][0] < 1e-4 + resolution * resolution, "a floor of the bulk's scale");
        }
    }

    /** A tied covariance holds for the outlier too, and has no reason to grow when that has a component of its own. */
    @Test
    void aTiedCovarianceIsNotBlownUp() {
        double[][] rows = bulk();
        FitOptions options = FitOptions.components(2).withCovariance(Covariance.TIED);
        double alone = logLikelihood(fit(rows, ElementType.FLOAT64, options).model(), rows);
        FitResult result = fit(withOutlier(rows, AWAY, AWAY), ElementType.FLOAT64, options.withComponents(3));
        assertEquals(List.of(), result.events());
        // The covariance, too, is less by a factor n / (n + 1): that costs half of 1 / (n + 1), squared, per feature
        // and point.
        assertEquals(alone, logLikelihood(result.model(), rows) + SIZE * Math.log1p(1.0 / SIZE),
                2.0 / SIZE + 4 * options.tolerance() * SIZE);
    }

    /** One component cannot but take it in, and says what that makes of it: the moments of all points. */
    @Test
    void oneComponentTakesItIn() {
        double[][] rows = withOutlier(bulk(), AWAY, 0);
        GaussianMixture model = fit(rows, ElementType.FLOAT64, FitOptions.components(1)).model();
        double mean = Arrays.stream(rows).mapToDouble(row -> row[0]).average().orElseThrow();
        assertEquals(mean, model.mean(0)[0], SIZE * 0x1p-53 * mean);
        assertEquals(AWAY * AWAY * SIZE / (SIZE + 1.0) / (SIZE + 1), model.covariance(0)[0][0], 1e-9 * AWAY * AWAY / SIZE);
    }

    private static int largestMean(GaussianMixture model) {
        return IntStream.range(0, model.components()).boxed()
                .max((a, b) -> Double.compare(norm(model.mean(a)), norm(model.mean(b)))).orElseThrow();
    }

    private static double norm(double[] mean) {
        return Arrays.stream(mean).map(Math::abs).sum();
    }

    /** Quartiles by weight: the wild value has no say however its weight is written, and zero weight is none. */
    @Test
    void theScaleOfTheBulkCountsWeights() {
        double[][] values = {{5}, {1}, {3}, {AWAY}, {2}, {-AWAY}};
        double[] weights = {2, 1, 1, 1, 4, 0};
        try (var weighted = Points.builder(1); var repeated = Points.builder(1)) {
            for (int n = 0; n < values.length; n++) {
                weighted.addWeighted(weights[n], values[n]);
                for (int i = 0; i < weights[n]; i++) {
                    repeated.add(values[n]);
                }
            }
            try (Points w = weighted.build(); Points r = repeated.build()) {
                // Of 1 2 2 2 2 3 5 5 1e12: the third and the seventh.
                double[] expected = {(5 - 2) / 1.3489795003921634};
                assertEquals(expected[0], InterquartileScale.of(w, 9)[0], 1e-15);
                assertEquals(expected[0], InterquartileScale.of(r, 9)[0], 1e-15);
            }
        }
    }

    /** A sample of 4096: within 5 standard errors, each sqrt(3/16 / 4096) / phi(0.674) for a quartile, two of these. */
    @Test
    void theScaleOfManyNormalValuesIsTheirDeviation() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] column = {random.doubles(50_000).map(u -> 7 * random.nextGaussian()).toArray()};
        try (Points points = Points.ofColumns(column, ElementType.FLOAT64)) {
            double error = 2 * Math.sqrt(3.0 / 16 / 4096) / 0.3178 / 1.349;
            assertEquals(7, InterquartileScale.of(points, points.size())[0], 5 * 7 * error);
        }
    }

    /** Around the centre of the others, the outlier's component would have no digits left: kernels take its own mean. */
    @ParameterizedTest
    @CsvSource({"1e6, FLOAT64", "1e12, FLOAT64", "1e6, FLOAT32", "1e12, FLOAT32"})
    void theLogLikelihoodIsTheModelsInVectorsToo(double away, ElementType type) {
        KernelChoice kernel = ComputeKernel.name().equals("vector") ? KernelChoice.VECTOR : KernelChoice.SCALAR;
        double[][] rows = withOutlier(bulk(), away, away);
        if (type == ElementType.FLOAT32) {
            for (double[] row : rows) {
                Arrays.setAll(row, i -> (float) row[i]);
            }
        }
        FitResult result = fit(rows, type, FitOptions.components(3).withKernel(kernel));
        double expected = logLikelihood(result.model(), rows);
        // As above: 64 eps per unit of log-density and feature.
        double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
        assertEquals(expected, result.logLikelihood(), 128 * eps * Math.abs(expected));
    }
}
