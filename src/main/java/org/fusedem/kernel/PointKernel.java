package org.fusedem.kernel;

/**
 * Scores one point at a time, for a caller who has but one point and no time. Made of parameters that it copies or that
 * must not change; then a score allocates nothing. Not thread-safe: one per thread.
 */
public sealed interface PointKernel permits ScalarPointKernel, VectorPointKernel {
    /** The same arithmetic as {@code kernel}, for one point. */
    static PointKernel of(Kernel kernel, Parameters parameters) {
        return switch (kernel) {
            case ScalarKernel scalar -> new ScalarPointKernel(parameters);
            case VectorKernel vector -> new VectorPointKernel(parameters);
        };
    }

    /** Takes other parameters, of the same shape and size, in place of those it was made of. Allocates nothing. */
    void load(Parameters parameters);

    /**
     * {@code log p(x)}, at least {@link Kernel#LOG_DENSITY_FLOOR}.
     *
     * @param point D coordinates
     */
    double logDensity(double[] point);

    /**
     * {@code log p(x)} too.
     *
     * @param point D coordinates
     * @param into receives the posterior probabilities of the K components
     */
    double responsibilities(double[] point, double[] into);
}
