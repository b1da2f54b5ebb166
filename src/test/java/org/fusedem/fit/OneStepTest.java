package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One EM step from a given start against a plain textbook implementation. */
class OneStepTest {
    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @EnumSource
    void agreesOnRealData(Covariance covariance) {
        double[][] rows = TestData.rows("iris.csv");
        double[] weights = new double[rows.length];
        Arrays.fill(weights, 1);
        GaussianMixture start = fitted(rows, covariance);
        assertStepAgrees(rows, weights, start);
    }

    @ParameterizedTest
    @EnumSource
    void agreesOnWeightedPoints(Covariance covariance) {
        GaussianMixture truth = TestData.mixture(covariance, 3, 5, 2, 1);
        double[][] rows = new double[777][5];
        double[] weights = new SplittableRandom(3).doubles(rows.length, 0, 2).toArray();
        weights[10] = 0;
        try (Points sample = truth.sample(rows.length, 4)) {
            for (int n = 0; n < rows.length; n++) {
                sample.copyRow(n, rows[n]);
            }
        }
        assertStepAgrees(rows, weights, truth);
    }

    /** A start away from the optimum, with all its components alive. */
    private static GaussianMixture fitted(double[][] rows, Covariance covariance) {
        try (Points points = Points.ofRows(rows)) {
            return Fitter.fit(points, FitOptions.components(3).withCovariance(covariance).withRestarts(1)
                    .withTolerance(0).withMaxIterations(2)).model();
        }
    }

    private static void assertStepAgrees(double[][] rows, double[] weights, GaussianMixture start) {
        Textbook textbook = new Textbook(start);
        textbook.step(rows, weights, start.covariance());
        try (PointsBuilder builder = Points.builder(rows[0].length, ElementType.FLOAT64)) {
            for (int n = 0; n < rows.length; n++) {
                builder.addWeighted(weights[n], rows[n]);
            }
            try (Points points = builder.build()) {
                FitResult result = Fitter.fit(points, FitOptions.components(start.components())
                        .withCovariance(start.covariance()).withStart(new Start.Given(start)).withTolerance(0)
                        .withMaxIterations(1));
                assertRelative(textbook.logLikelihood, result.trace()[0], "log-likelihood");
                for (int k = 0; k < start.components(); k++) {
                    assertRelative(textbook.weights[k], result.model().weights()[k], "weight " + k);
                    for (int i = 0; i < start.dims(); i++) {
                        assertRelative(textbook.means[k][i], result.model().mean(k)[i], "mean " + k + ", " + i);
                        for (int j = 0; j < start.dims(); j++) {
                            double scale = Math.sqrt(textbook.covariances[k][i][i] * textbook.covariances[k][j][j]);
                            assertEquals(textbook.covariances[k][i][j], result.model().covariance(k)[i][j],
                                    TOLERANCE * scale, "covariance " + k + ", " + i + ", " + j);
                        }
                    }
                }
            }
        }
    }

    private static void assertRelative(double expected, double actual, String what) {
        assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)), what);
    }
}
