package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What computing in float costs: thirty iterations on points of deviation 1 around 1e4, in float and in double, the
 * double ones of the very numbers that are left of the points after storing them as float.
 *
 * <p>Limits, for means in units of a deviation and for covariances in units of a variance: {@value #MOST_OFF}; for the
 * log-likelihood, relative: {@value #MOST_OFF_LIKELIHOOD}. They are some tenfold of what was found.
 */
class FloatFitTest {
    private static final double MOST_OFF = 5e-5;
    private static final double MOST_OFF_LIKELIHOOD = 3e-7;
    private static final int COMPONENTS = 3;
    private static final int DIMS = 4;
    private static final int COUNT = 5000;
    private static final int ITERATIONS = 30;

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAgreeWithDoubleFarFromZero(Covariance shape) {
        double[][] columns = Mixtures.columns(Mixtures.of(shape, COMPONENTS, DIMS, 1e4, 3, 1), COUNT, 2);
        for (double[] column : columns) {
            for (int n = 0; n < COUNT; n++) {
                column[n] = (float) column[n];
            }
        }
        Parameters inFloat = Mixtures.of(shape, COMPONENTS, DIMS, 1e4, 3, 1);
        Parameters inDouble = Mixtures.of(shape, COMPONENTS, DIMS, 1e4, 3, 1);
        double found = fit(columns, ElementType.FLOAT32, inFloat);
        double expected = fit(columns, ElementType.FLOAT64, inDouble);
        double worst = Math.max(worst(inDouble.means(), inFloat.means()),
                worst(inDouble.covariances(), inFloat.covariances()));
        assertTrue(worst <= MOST_OFF, "off by " + worst);
        assertEquals(expected, found, MOST_OFF_LIKELIHOOD * Math.abs(expected));
    }

    private static double worst(double[] expected, double[] found) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - found[i]));
        }
        return worst;
    }

    private static double fit(double[][] columns, ElementType type, Parameters parameters) {
        try (Points points = Points.ofColumns(columns, type); Arena arena = Arena.ofConfined()) {
            Kernel kernel = new VectorKernel();
            Pass pass = new Pass(kernel, points, COMPONENTS, arena);
            Moments moments = new Moments(parameters.covariance(), COMPONENTS, DIMS);
            for (int i = 0; i < ITERATIONS; i++) {
                moments.reset(parameters.shifts());
                pass.run(0, COUNT, Densities.of(kernel, parameters), Assignment.SOFT, moments);
                maximize(moments, parameters);
                assertEquals(-1, parameters.factorize(), "not positive definite, iteration " + i);
            }
            return moments.logLikelihood();
        }
    }

    /** The plainest M-step: {@code mean = shift + first / w}, {@code Sigma = (second - first first^T / w) / w}. */
    private static void maximize(Moments moments, Parameters parameters) {
        Covariance shape = parameters.covariance();
        double[] sums = moments.second();
        for (int k = 0; k < COMPONENTS; k++) {
            double weight = moments.weights()[k];
            for (int i = 0; i < DIMS; i++) {
                double first = moments.first()[k * DIMS + i];
                parameters.means()[k * DIMS + i] = moments.shifts()[k * DIMS + i] + first / weight;
                int block = shape.blockOffset(k, DIMS);
                switch (shape) {
                    case SPHERICAL -> sums[block] -= first * first / weight;
                    case DIAGONAL -> sums[block + i] -= first * first / weight;
                    case TIED, FULL -> {
                        for (int j = 0; j <= i; j++) {
                            sums[block + LowerTriangle.index(i, j)] -= first * moments.first()[k * DIMS + j] / weight;
                        }
                    }
                }
            }
            parameters.weights()[k] = weight / COUNT;
        }
        for (int b = 0; b < sums.length; b++) {
            int k = shape == Covariance.TIED ? 0 : b / shape.blockLength(DIMS);
            double weight = shape == Covariance.TIED ? COUNT : moments.weights()[k];
            parameters.covariances()[b] = sums[b] / (shape == Covariance.SPHERICAL ? DIMS * weight : weight);
        }
    }
}
