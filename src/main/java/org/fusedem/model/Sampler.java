package org.fusedem.model;

import java.util.SplittableRandom;
import org.fusedem.kernel.Parameters;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/** Draws points from a mixture by ancestral sampling. */
final class Sampler {
    private final Parameters parameters;
    private final int dims;
    /** The Cholesky factors L_k, packed like the covariances; plain standard deviations for the simple shapes. */
    private final double[] factors;

    Sampler(Parameters parameters) {
        this.parameters = parameters;
        dims = parameters.dims();
        factors = parameters.covariances().clone();
        boolean matrices = parameters.covariance() == Covariance.TIED || parameters.covariance() == Covariance.FULL;
        if (matrices) {
            int length = parameters.covariance().blockLength(dims);
            for (int offset = 0; offset < factors.length; offset += length) {
                LowerTriangle.cholesky(factors, offset, factors, offset, dims);
            }
        } else {
            for (int i = 0; i < factors.length; i++) {
                factors[i] = Math.sqrt(factors[i]);
            }
        }
    }

    Points sample(long count, SplittableRandom random) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: count=" + count);
        }
        double[] z = new double[dims];
        double[] x = new double[dims];
        try (PointsBuilder builder = Points.builder(dims)) {
            for (long n = 0; n < count; n++) {
                int k = drawComponent(random.nextDouble());
                for (int i = 0; i < dims; i++) {
                    z[i] = random.nextGaussian();
                    x[i] = parameters.means()[k * dims + i] + noise(k, i, z);
                }
                builder.add(x);
            }
            return builder.build();
        }
    }

    /** The component whose stretch of the cumulated weights holds {@code u}, from [0, 1). */
    private int drawComponent(double u) {
        double[] weights = parameters.weights();
        int last = 0;
        for (int k = 0; k < weights.length; k++) {
            u -= weights[k];
            if (weights[k] > 0) {
                last = k;
            }
            if (u < 0) {
                return k;
            }
        }
        // Rounding may leave the weights just below one: the rest belongs to the last component that has any.
        return last;
    }

    /** {@code (L_k z)_i}, which needs z up to i only. */
    private double noise(int k, int i, double[] z) {
        int block = parameters.covariance().blockOffset(k, dims);
        return switch (parameters.covariance()) {
            case SPHERICAL -> factors[block] * z[i];
            case DIAGONAL -> factors[block + i] * z[i];
            case TIED, FULL -> {
                double sum = 0;
                for (int j = 0; j <= i; j++) {
                    sum += factors[block + LowerTriangle.index(i, j)] * z[j];
                }
                yield sum;
            }
        };
    }
}
