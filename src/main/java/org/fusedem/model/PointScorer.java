package org.fusedem.model;

import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.PointKernel;

/**
 * Scores one point at a time with a mixture, without garbage: for requests that come singly and cannot wait. Many points at
 * once are cheaper per point through {@link GaussianMixture#scorer}.
 *
 * <pre>{@code
 * PointScorer scorer = model.pointScorer();
 * boolean odd = scorer.logDensity(point) < threshold;
 * }</pre>
 *
 * <p>Costs {@code O(K D)} or {@code O(K D^2)} and allocates nothing. Not thread-safe: one per thread.
 *
 * <p>Of a mixture with {@link GaussianMixture#withMissingValues}, coordinates may be NaN: then scores are those of the
 * others. A point that misses other features than the last one that missed any costs {@code O(K D^3)} for full
 * covariances.
 */
public final class PointScorer {
    private final PointKernel kernel;
    /** For points with missing values; null if these are refused. */
    private final PointKernel incomplete;
    private final int dims;
    private final int components;

    PointScorer(PointKernel kernel, PointKernel incomplete, int dims, int components) {
        this.kernel = kernel;
        this.incomplete = incomplete;
        this.dims = dims;
        this.components = components;
    }

    /**
     * {@code log p(x)} in nats. Some 10^150 standard deviations away it is -1e300, however far.
     *
     * @param point D finite coordinates
     * @throws IllegalArgumentException if there are not D of them, or one is not finite
     */
    public double logDensity(double[] point) {
        checkLength("point", point, dims);
        return checked(kernelFor(point).logDensity(point), point);
    }

    /**
     * The posterior probability of each component given x.
     *
     * @param point D finite coordinates
     * @param into receives K probabilities, which sum to one
     * @return {@code log p(x)}, as {@link #logDensity}
     * @throws IllegalArgumentException if a length is wrong, or a coordinate is not finite
     */
    public double responsibilities(double[] point, double[] into) {
        checkLength("point", point, dims);
        checkLength("into", into, components);
        return checked(kernelFor(point).responsibilities(point, into), point);
    }

    private PointKernel kernelFor(double[] point) {
        if (incomplete != null) {
            for (double x : point) {
                if (Double.isNaN(x)) {
                    return incomplete;
                }
            }
        }
        return kernel;
    }

    private static void checkLength(String name, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " numbers: length=" + values.length);
        }
    }

    /** What is not finite scores like what is out of all bounds: so only then its coordinates are looked at. */
    private double checked(double logDensity, double[] point) {
        if (logDensity <= Kernel.LOG_DENSITY_FLOOR / 2) {
            for (int i = 0; i < point.length; i++) {
                if (!Double.isFinite(point[i]) && !(incomplete != null && Double.isNaN(point[i]))) {
                    throw new IllegalArgumentException("point not finite: index=" + i + ", value=" + point[i]);
                }
            }
        }
        return logDensity;
    }
}
