package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Missing values where they meet priors, short runs, rescaling, labels and wild values. */
class MissingWithOthersTest {
    private static final double NO = Double.NaN;

    private static double[][] clusters(int perCluster, double share, long seed) {
        GaussianMixture first = GaussianMixture.of(Covariance.SPHERICAL, 3, new double[] {1}, new double[3],
                new double[] {1});
        double[][] rows = IncompleteData.draw(first, 3 * perCluster, share, seed);
        for (int n = 0; n < rows.length; n++) {
            for (int i = 0; i < 3; i++) {
                rows[n][i] += 12 * (n % 3);
            }
        }
        return rows;
    }

    private static int[] labels(double[][] rows) {
        return IntStream.range(0, rows.length).map(n -> n % 3).toArray();
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void theObjectiveWithAPriorNeverFalls(Covariance shape) {
        double[][] rows = clusters(30, 0.4, 1);
        for (ElementType type : ElementType.values()) {
            try (Points points = IncompleteData.points(rows, type)) {
                FitResult result = Fitter.fit(points, FitOptions.components(4).withCovariance(shape)
                        .withPrior(Prior.conjugate()).withRestarts(2).withTolerance(0).withMaxIterations(40)
                        .withMissingValues());
                double[] trace = result.trace();
                double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
                for (int i = 1; i < trace.length; i++) {
                    double before = trace[i - 1] + result.logPriors()[i - 1];
                    double after = trace[i] + result.logPriors()[i];
                    assertTrue(after >= before - 256 * eps * (Math.abs(after) + Math.abs(trace[i]) + 90 * 3),
                            shape + " " + type + ": " + before + ", " + after);
                }
            }
        }
    }

    /** Its scale is the variance of what is observed, times K^(-2/D), so the same as if that were given. */
    @ParameterizedTest
    @EnumSource(value = Covariance.class, names = {"SPHERICAL", "DIAGONAL"})
    void aPriorsScaleIsThatOfObservedValues(Covariance shape) {
        double[][] rows = clusters(40, 0.3, 2);
        double[] means = new double[3];
        double[] variances = new double[3];
        for (int i = 0; i < 3; i++) {
            int column = i;
            double[] values = Arrays.stream(rows).mapToDouble(row -> row[column]).filter(x -> !Double.isNaN(x))
                    .toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            means[i] = mean;
            variances[i] = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        }
        double share = Math.pow(3, -2.0 / 3);
        double[] scale = shape == Covariance.DIAGONAL ? variances : new double[] {Arrays.stream(variances).average()
                .orElseThrow()};
        FitOptions options = FitOptions.components(3).withCovariance(shape).withSeed(4).withMissingValues();
        Prior given = Prior.conjugate().withMean(means).withScale(Arrays.stream(scale).map(x -> x * share).toArray());
        try (Points points = Points.ofIncompleteRows(rows)) {
            FitResult own = Fitter.fit(points, options.withPrior(Prior.conjugate()));
            FitResult same = Fitter.fit(points, options.withPrior(given));
            assertEquals(same.objective(), own.objective(), 1e-9 * Math.abs(same.objective()));
            assertArrayEquals(same.model().covariances(), own.model().covariances(), 1e-6);
        }
    }

    /** Of features that are all but equal, of which few points have both. */
    @Test
    void aPriorsScaleIsPositiveDefiniteWhateverIsMissing() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] rows = new double[300][3];
        for (double[] row : rows) {
            double x = random.nextGaussian();
            Arrays.setAll(row, i -> random.nextInt(3) > 0 ? NO : i == 2 ? -x : x);
        }
        try (Points points = Points.ofIncompleteRows(rows)) {
            for (Covariance shape : new Covariance[] {Covariance.TIED, Covariance.FULL}) {
                FitResult result = Fitter.fit(points, FitOptions.components(2).withCovariance(shape)
                        .withPrior(Prior.conjugate()).withRestarts(3).withMaxIterations(50).withMissingValues());
                assertTrue(Double.isFinite(result.objective()), shape.label());
            }
        }
    }

    /** 3 components of 3 features take samples of 3900 points; there are 9000. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shortRunsOnASampleFindTheClusters(Covariance shape) {
        double[][] rows = clusters(3000, 0.3, 5);
        FitOptions options = FitOptions.components(3).withCovariance(shape).withRestarts(4).withFinalists(1)
                .withMissingValues();
        try (Points points = Points.ofIncompleteRows(rows)) {
            assertTrue(ShortRuns.size(points, options) < points.size() && options.hasShortRuns());
            FitResult result = Fitter.fit(points, options);
            double[] means = IntStream.range(0, 3).mapToDouble(k -> result.model().mean(k, 0)).sorted().toArray();
            assertArrayEquals(new double[] {0, 12, 24}, means, 6 / Math.sqrt(2000));
            assertEquals(result.logLikelihood(), result.model().withMissingValues().logLikelihood(points),
                    1e-9 * Math.abs(result.logLikelihood()));
            // Short runs report on the scale of all points: none of them can be far above the best.
            assertEquals(result.logLikelihood(), Arrays.stream(result.restartLogLikelihoods()).max().orElseThrow(),
                    0.02 * Math.abs(result.logLikelihood()));
            assertArrayEquals(result.trace(), Fitter.fit(points, options.withThreads(3)).trace());
        }
    }

    /** By powers of two nothing rounds, so a fit of columns of extreme scale is that of ordinary ones. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void extremeScalesChangeNothingElse(Covariance shape) {
        double[][] rows = clusters(40, 0.3, 6);
        for (int exponent : new int[] {-500, 497}) {
            // A spherical mixture has one scale for all features.
            int[] exponents = shape == Covariance.SPHERICAL ? new int[] {exponent, exponent, exponent}
                    : new int[] {0, exponent, 0};
            double[][] scaled = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
            double shift = 0;
            for (double[] row : scaled) {
                for (int i = 0; i < 3; i++) {
                    shift -= Double.isNaN(row[i]) ? 0 : Math.log(2) * exponents[i];
                    row[i] = Math.scalb(row[i], exponents[i]);
                }
            }
            FitOptions options = FitOptions.components(3).withCovariance(shape).withMissingValues();
            double[] told = {0};
            try (Points points = Points.ofIncompleteRows(rows); Points far = Points.ofIncompleteRows(scaled)) {
                FitResult expected = Fitter.fit(points, options);
                FitResult found = Fitter.fit(far, options.withRestarts(1)
                        .withProgress((restart, iteration, mean) -> told[0] = mean));
                double precision = 1e-4;
                assertEquals(expected.logLikelihood() + shift, found.logLikelihood(), precision);
                assertEquals(found.meanLogLikelihood(), told[0], precision);
                assertEquals(found.logLikelihood(), found.model().withMissingValues().logLikelihood(far), precision);
            }
        }
    }

    /** Labels and responsibilities are of the points as they were given, whichever of these have gaps. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void labelsAndResponsibilitiesFollowTheirPoints(Covariance shape) {
        double[][] rows = clusters(50, 0.3, 7);
        int[] labels = labels(rows);
        double[][] shares = Arrays.stream(labels).mapToObj(label -> {
            double[] share = new double[3];
            share[label] = 1;
            return share;
        }).toArray(double[][]::new);
        Start[] starts = {new Start.Labels(labels, false), new Start.Labels(labels, true),
            new Start.Responsibilities(shares)};
        try (Points points = Points.ofIncompleteRows(rows)) {
            for (Start start : starts) {
                GaussianMixture model = Fitter.fit(points, FitOptions.components(3).withCovariance(shape)
                        .withStart(start).withMaxIterations(20).withMissingValues()).model();
                for (int k = 0; k < 3; k++) {
                    assertEquals(1.0 / 3, model.weight(k), 0.02, start.getClass().getSimpleName());
                    for (int i = 0; i < 3; i++) {
                        assertEquals(12 * k, model.mean(k, i), 1);
                    }
                }
            }
        }
    }

    /** Labels against what the points say: the log-likelihood is that of points and labels, by the plain formula. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void fixedLabelsHoldForPointsWithGaps(Covariance shape) {
        double[][] rows = clusters(50, 0.3, 8);
        int[] labels = IntStream.range(0, rows.length).map(n -> n % 7 == 0 ? -1 : n / 5 % 2).toArray();
        FitOptions options = FitOptions.components(2).withCovariance(shape)
                .withStart(new Start.Labels(labels, true)).withTolerance(1e-12).withMaxIterations(3000)
                .withMissingValues();
        try (Points points = Points.ofIncompleteRows(rows)) {
            FitResult result = Fitter.fit(points, options);
            GaussianMixture model = result.model().withMissingValues();
            double expected = 0;
            for (int n = 0; n < rows.length; n++) {
                expected += labels[n] < 0 ? model.logDensity(rows[n]) : model.logJoint(rows[n])[labels[n]];
            }
            assertEquals(expected, result.logLikelihood(), 1e-9 * Math.abs(expected));
            double[] trace = result.trace();
            for (int i = 1; i < trace.length; i++) {
                assertTrue(trace[i] >= trace[i - 1] - 64 * 0x1p-53 * (Math.abs(trace[i]) + rows.length * 3));
            }
        }
    }

    /** A component whose labelled points have nothing in a feature, and one without labels. */
    @Test
    void labelledPointsMayLackAFeature() {
        double[][] rows = clusters(50, 0.2, 9);
        int[] labels = new int[rows.length];
        Arrays.fill(labels, Start.Labels.UNKNOWN);
        labels[0] = 0;
        labels[1] = 1;
        rows[0] = new double[] {NO, 0, 0};
        rows[1] = new double[] {12, NO, 12};
        try (Points points = Points.ofIncompleteRows(rows)) {
            FitResult result = Fitter.fit(points, FitOptions.components(3)
                    .withStart(new Start.Labels(labels, true)).withMissingValues());
            assertEquals(0, result.model().mean(0, 0), 1);
            assertEquals(12, result.model().mean(1, 1), 1);
            assertEquals(24, result.model().mean(2, 2), 1);
        }
    }

    /** The wild value stands in a point with gaps; the others are still told apart. */
    @Test
    void aWildValueInAPointWithGapsSpoilsNothing() {
        double[][] rows = clusters(200, 0.2, 10);
        rows[5] = new double[] {1e12, NO, NO};
        try (Points points = Points.ofIncompleteRows(rows)) {
            GaussianMixture model = Fitter.fit(points, FitOptions.components(4).withMissingValues()).model();
            double[] means = IntStream.range(0, 4).mapToDouble(k -> model.mean(k, 1)).toArray();
            double[] firsts = IntStream.range(0, 4).mapToDouble(k -> model.mean(k, 0)).sorted().toArray();
            assertArrayEquals(new double[] {0, 12, 24, 1e12}, firsts, 1, Arrays.toString(means));
        }
    }
}
