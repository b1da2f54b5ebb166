package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts from what is known of each point. */
class LabelsTest {
    private static final int UNKNOWN = Start.Labels.UNKNOWN;

    @ParameterizedTest
    @CsvSource({"FULL, FLOAT64", "DIAGONAL, FLOAT64", "TIED, FLOAT64", "SPHERICAL, FLOAT64", "FULL, FLOAT32"})
    void fixedLabelsCountInTheLogLikelihood(Covariance covariance, ElementType type) {
        double[][] rows = TestData.rows("iris.csv");
        int[] labels = new int[rows.length];
        Arrays.setAll(labels, n -> n % 3 == 0 ? UNKNOWN : n % 2);
        FitOptions options = FitOptions.components(2).withCovariance(covariance)
                .withStart(new Start.Labels(labels, true)).withTolerance(1e-9);
        try (Points points = Points.ofRows(rows, type)) {
            FitResult result = Fitter.fit(points, options);
            GaussianMixture model = result.model();
            double expected = 0;
            double[] weights = new double[2];
            for (int n = 0; n < rows.length; n++) {
                double[] row = new double[4];
                points.copyRow(n, row);
                double logDensity = model.logDensity(row);
                double[] responsibilities = model.responsibilities(row);
                boolean known = labels[n] != UNKNOWN;
                expected += known ? logDensity + Math.log(responsibilities[labels[n]]) : logDensity;
                for (int k = 0; k < 2; k++) {
                    weights[k] += known ? (labels[n] == k ? 1 : 0) : responsibilities[k];
                }
            }
            double rounding = type == ElementType.FLOAT64 ? 1e-10 : 1e-4;
            assertEquals(expected, result.logLikelihood(), rounding * Math.abs(expected));
            // At the end the M-step no longer changes anything: its weights are the mean responsibilities.
            assertEquals(weights[0] / rows.length, model.weights()[0], 1e-3);
            for (int i = 1; i < result.trace().length; i++) {
                assertTrue(result.trace()[i] >= result.trace()[i - 1] - rounding * Math.abs(expected));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void allPointsLabelledAndFixedIsOneMStep(Covariance covariance) {
        double[][] rows = TestData.rows("iris.csv");
        int[] labels = new int[rows.length];
        Arrays.setAll(labels, n -> n / 50);
        double[][] responsibilities = Arrays.stream(labels).mapToObj(label -> {
            double[] row = new double[3];
            row[label] = 1;
            return row;
        }).toArray(double[][]::new);
        FitOptions options = FitOptions.components(3).withCovariance(covariance);
        try (Points points = Points.ofRows(rows)) {
            FitResult fixed = Fitter.fit(points, options.withStart(new Start.Labels(labels, true)));
            GaussianMixture step = Fitter.fit(points, options.withMaxIterations(0)
                    .withStart(new Start.Responsibilities(responsibilities))).model();
            assertEquals(1, fixed.restartLogLikelihoods().length);
            assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, step.weights(), 1e-15);
            assertArrayEquals(step.means(), fixed.model().means(), 1e-12);
            assertArrayEquals(step.covariances(), fixed.model().covariances(), 1e-12);
            assertEquals(5.006, step.mean(0)[0], 1e-12);
        }
    }

    @Test
    void labelsThatAreNotFixedOnlyStart() {
        double[][] rows = TestData.rows("faithful.csv");
        int[] labels = new int[rows.length];
        Arrays.setAll(labels, n -> n < 20 ? rows[n][0] > 3 ? 1 : 0 : UNKNOWN);
        try (Points points = Points.ofRows(rows)) {
            FitResult result = Fitter.fit(points, FitOptions.components(2).withTolerance(1e-9)
                    .withStart(new Start.Labels(labels, false)));
            assertEquals(-1130.26396, result.logLikelihood(), 1e-4);
            assertEquals(result.model().logLikelihood(points), result.logLikelihood(), 1e-8);
            assertTrue(result.model().mean(0)[0] < result.model().mean(1)[0], "components keep the labels' order");
        }
    }

    @Test
    void componentsWithoutLabelsStartAnywhere() {
        double[][] rows = TestData.rows("iris.csv");
        int[] labels = new int[rows.length];
        Arrays.setAll(labels, n -> n < 10 ? 0 : UNKNOWN);
        FitOptions options = FitOptions.components(3).withStart(new Start.Labels(labels, true)).withRestarts(12);
        try (Points points = Points.ofRows(rows)) {
            FitResult result = Fitter.fit(points, options);
            assertEquals(12, result.restartLogLikelihoods().length);
            assertEquals(-180.185, result.logLikelihood(), 0.1);
            assertArrayEquals(result.trace(), Fitter.fit(points, options.withThreads(2)).trace());
        }
    }

    /** A weight of zero: the label is of no use, and does no harm. */
    @Test
    void labelsOfPointsWithoutWeight() {
        int[] labels = {0, 0, 1, UNKNOWN, UNKNOWN};
        try (var builder = Points.builder(1)) {
            for (double x : new double[] {0, 1, 500, 7, 8}) {
                builder.addWeighted(x == 500 ? 0 : 1, x);
            }
            try (Points points = builder.build()) {
                FitResult result = Fitter.fit(points, FitOptions.components(2).withCovariance(Covariance.TIED)
                        .withStart(new Start.Labels(labels, true)));
                assertTrue(Arrays.stream(result.model().means()).allMatch(mean -> mean >= 0 && mean <= 8));
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        refused(() -> new Start.Labels(new int[] {0, -2}, false),
                "a label must be a component from 0, or -1 for unknown: row=1, label=-2");
        refused(() -> new Start.Labels(new int[] {-1, -1}, true), "no point has a label: points=2");
        refused(() -> FitOptions.components(2).withStart(new Start.Labels(new int[] {0, 2}, true)),
                "a label must be a component from 0 to 1: row=1, label=2");
        refused(() -> new Start.Responsibilities(new double[][] {{0.5, 0.5}, {1.5, -0.5}}),
                "responsibilities must be from 0 to 1: row=1, responsibility=1.5");
        refused(() -> new Start.Responsibilities(new double[][] {{0.5, 0.25}}),
                "responsibilities of a point must sum to one: row=0, sum=0.75");
        refused(() -> FitOptions.components(3).withStart(new Start.Responsibilities(new double[][] {{1, 0}})),
                "the start must have a responsibility for each component: components=3, row=0, responsibilities=2");
        try (Points points = Points.ofRows(new double[][] {{1}, {2}, {3}})) {
            refused(() -> Fitter.fit(points, FitOptions.components(1).withStart(new Start.Labels(new int[] {0}, true))),
                    "points and start differ: points have size=3, the start has size=1");
        }
    }

    private static void refused(Executable code, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
