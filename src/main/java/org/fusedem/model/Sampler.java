package org.fusedem.model;

import java.util.SplittableRandom;
import org.fusedem.kernel.Parameters;
import org.fusedem.matrix.LowerTriangle;

/**
 * Draws points from a mixture by ancestral sampling: a component by weight, then {@code mean + L z} with standard
 * normal z.
 *
 * <p>Not thread-safe: one per thread. A draw costs {@code O(K + D)} or {@code O(K + D^2)} and allocates nothing.
 */
public final class Sampler {
    private final Parameters parameters;
    private final SplittableRandom random;
    private final double[] z;
    private final int dims;
    /** The Cholesky factors L_k, packed like the covariances; plain standard deviations for the simple shapes. */
    private final double[] factors;

    Sampler(Parameters parameters, SplittableRandom random) {
        this.parameters = parameters;
        this.random = random;
        dims = parameters.dims();
        z = new double[dims];
        factors = Packed.choleskyFactors(parameters.covariance(), parameters.covariances(), dims);
    }

    /**
     * Draws the next point.
     *
     * @param point receives D coordinates
     * @throws IllegalArgumentException if it has not room for exactly so many; then nothing is drawn
     */
    public void next(double[] point) {
        Arguments.checkLength("point", point, dims);
        int k = drawComponent(random.nextDouble());
        for (int i = 0; i < dims; i++) {
            z[i] = random.nextGaussian();
            point[i] = parameters.means()[k * dims + i] + noise(k, i);
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
    private double noise(int k, int i) {
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
