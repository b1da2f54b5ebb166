package org.fusedem.kernel;

/**
 * What one point is to each component by itself, whatever the components weigh: its distance, and its density. Plain
 * loops in double.
 *
 * <p>Means are read anew at each call; weights do not matter; covariances must not change. Then a call allocates
 * nothing. Not thread-safe: one per thread.
 */
public final class ComponentKernel {
    private Parameters parameters;
    private final double[] centred;
    private final double[] logNormalizers;

    /** Costs a logarithm per component and feature. */
    public ComponentKernel(Parameters parameters) {
        centred = new double[parameters.dims()];
        logNormalizers = new double[parameters.components()];
        load(parameters);
    }

    /** Takes other parameters, of the same shape and size, in place of those it was made of. Allocates nothing. */
    public void load(Parameters others) {
        parameters = others;
        for (int k = 0; k < logNormalizers.length; k++) {
            logNormalizers[k] = parameters.logNormalizer(k);
        }
    }

    /**
     * {@code (x - mean_k)^T Sigma_k^-1 (x - mean_k)}, infinite where that is more than a double holds.
     *
     * @param point D finite coordinates
     * @param into receives K squared distances
     */
    public void squaredMahalanobis(double[] point, double[] into) {
        for (int k = 0; k < logNormalizers.length; k++) {
            for (int i = 0; i < centred.length; i++) {
                centred[i] = point[i] - parameters.means()[k * centred.length + i];
            }
            double squared = ScalarKernel.squaredDistance(parameters, k, centred);
            // A NaN comes from infinity minus infinity, on the way to a distance beyond all bounds.
            into[k] = squared >= 0 ? squared : Double.POSITIVE_INFINITY;
        }
    }

    /**
     * {@code log N(x | mean_k, Sigma_k)}, at least {@link Kernel#LOG_DENSITY_FLOOR}.
     *
     * @param point D finite coordinates
     * @param into receives K log-densities
     */
    public void logDensities(double[] point, double[] into) {
        squaredMahalanobis(point, into);
        for (int k = 0; k < logNormalizers.length; k++) {
            into[k] = Math.max(logNormalizers[k] - 0.5 * into[k], Kernel.LOG_DENSITY_FLOOR);
        }
    }
}
