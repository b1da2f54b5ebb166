package org.fusedem.kernel;

import java.util.Arrays;
import java.util.Random;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;

/** Mixtures and points to try kernels on. */
final class Mixtures {
    private Mixtures() {}

    /**
     * Components of deviations near 1, their means {@code spread} apart around {@code offset}, features of full
     * covariances moderately correlated.
     */
    static Parameters of(Covariance shape, int components, int dims, double offset, double spread, long seed) {
        Random random = new Random(seed);
        Parameters parameters = new Parameters(shape, components, dims);
        Arrays.fill(parameters.weights(), 1.0 / components);
        for (int i = 0; i < components * dims; i++) {
            parameters.means()[i] = offset + spread * random.nextGaussian();
        }
        int length = shape.blockLength(dims);
        for (int b = 0; b < shape.blocks(components); b++) {
            if (shape == Covariance.SPHERICAL || shape == Covariance.DIAGONAL) {
                for (int i = 0; i < length; i++) {
                    parameters.covariances()[b * length + i] = 0.5 + random.nextDouble();
                }
            } else {
                correlate(parameters.covariances(), b * length, dims, random);
            }
        }
        if (parameters.factorize() >= 0) {
            throw new AssertionError("not positive definite");
        }
        return parameters;
    }

    /** {@code I + A A^T}. */
    private static void correlate(double[] covariances, int offset, int dims, Random random) {
        double[] a = random.doubles((long) dims * dims, -1, 1).map(v -> v / Math.sqrt(dims)).toArray();
        for (int i = 0; i < dims; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : 0;
                for (int m = 0; m < dims; m++) {
                    sum += a[i * dims + m] * a[j * dims + m];
                }
                covariances[offset + LowerTriangle.index(i, j)] = sum;
            }
        }
    }

    /** Columns of points near the means of a mixture. */
    static double[][] columns(Parameters parameters, int count, long seed) {
        Random random = new Random(seed);
        double[][] columns = new double[parameters.dims()][count];
        for (int n = 0; n < count; n++) {
            int k = random.nextInt(parameters.components());
            for (int i = 0; i < parameters.dims(); i++) {
                columns[i][n] = parameters.means()[k * parameters.dims() + i] + random.nextGaussian();
            }
        }
        return columns;
    }
}
