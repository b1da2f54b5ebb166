package org.fusedem.model;

import org.fusedem.kernel.ComponentKernel;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.PointKernel;
import org.fusedem.kernel.ScalarPointKernel;

/**
 * Scores one point at a time with a mixture, without garbage: for requests that come singly and cannot wait. Many
 * points at once, or those that stand elsewhere than in an array of their own, are cheaper through {@link BatchScorer}.
 *
 * <pre>{@code
 * PointScorer scorer = model.pointScorer();
 * boolean odd = scorer.logDensity(point) < threshold;
 * }</pre>
 *
 * <p>Costs {@code O(K D)} or {@code O(K D^2)} and allocates nothing. Another model of the same shape, components and
 * dims can take the place of its own, again without garbage: {@link #use}. Not thread-safe: one per thread.
 *
 * <p>Of a mixture with {@link GaussianMixture#withMissingValues}, coordinates may be NaN: then scores are those of the
 * others. A point that misses other features than the last one that missed any costs {@code O(K D^3)} for full
 * covariances.
 */
public final class PointScorer {
    private final ModelInUse model;
    private final PointKernel kernel;
    /** For points with missing values; null if these are refused. */
    private final PointKernel incomplete;
    private final ComponentKernel componentKernel;
    private final int dims;
    private final int components;
    private final double[] shares;

    PointScorer(Kernel kernel, Parameters parameters, boolean missingValues) {
        model = new ModelInUse(parameters);
        this.kernel = PointKernel.of(kernel, parameters);
        incomplete = missingValues ? new ScalarPointKernel(parameters, true) : null;
        componentKernel = new ComponentKernel(parameters);
        dims = parameters.dims();
        components = parameters.components();
        shares = new double[components];
    }

    /**
     * Scores with another model from now on, in place. Costs {@code O(K D^2)}. Whether NaN means missing stays as it
     * was at the start.
     *
     * @throws IllegalArgumentException if its shape, components or dims are others
     */
    public void use(GaussianMixture newModel) {
        model.use(newModel);
        load();
    }

    /**
     * Scores with another model from now on, given by its numbers, which are copied: those of
     * {@link GaussianMixture#of}. The first call allocates room for them, later ones nothing. Costs {@code O(K D^3)}
     * for full covariances.
     *
     * @throws IllegalArgumentException as {@link GaussianMixture#of}; then the model stays as it was
     */
    public void use(double[] weights, double[] means, double[] covariances) {
        model.use(weights, means, covariances);
        load();
    }

    private void load() {
        kernel.load(model.parameters());
        componentKernel.load(model.parameters());
        if (incomplete != null) {
            incomplete.load(model.parameters());
        }
    }

    /**
     * {@code log p(x)} in nats. Some 10^150 standard deviations away it is -1e300, however far.
     *
     * @param point D finite coordinates
     * @throws IllegalArgumentException if there are not D of them, or one is not finite
     */
    public double logDensity(double[] point) {
        Arguments.checkLength("point", point, dims);
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
        Arguments.checkLength("point", point, dims);
        Arguments.checkLength("into", into, components);
        return checked(kernelFor(point).responsibilities(point, into), point);
    }

    /**
     * The most likely component of x, from 0: the first of several that tie, and never one of weight zero.
     *
     * @param point D finite coordinates
     * @throws IllegalArgumentException if there are not D of them, or one is not finite
     */
    public int mostLikely(double[] point) {
        responsibilities(point, shares);
        double[] weights = model.parameters().weights();
        int best = -1;
        for (int k = 0; k < components; k++) {
            if (weights[k] > 0 && (best < 0 || shares[k] > shares[best])) {
                best = k;
            }
        }
        return best;
    }

    /**
     * Whether x is less likely than a threshold, or has a coordinate that is not finite: of that, and not by an
     * exception, a service is told.
     *
     * @param point D numbers
     * @param threshold a log density: {@link LogDensityQuantile} finds one
     * @throws IllegalArgumentException if there are not D numbers
     */
    public boolean isAnomaly(double[] point, double threshold) {
        Arguments.checkLength("point", point, dims);
        double logDensity = kernelFor(point).logDensity(point);
        return !(logDensity >= threshold)
                || logDensity <= Kernel.LOG_DENSITY_FLOOR / 2 && !Arguments.isPoint(point, incomplete != null);
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

    /**
     * The squared Mahalanobis distance to each component, {@code (x - mean_k)^T Sigma_k^-1 (x - mean_k)}.
     *
     * @param point D finite coordinates
     * @param into receives K numbers, infinite where that is more than a double holds
     * @throws IllegalArgumentException if a length is wrong, or a coordinate is not finite
     */
    public void squaredMahalanobis(double[] point, double[] into) {
        check(point, into);
        componentKernel.squaredMahalanobis(point, into);
    }

    /**
     * {@code log N(x | mean_k, Sigma_k)} for each component, whatever it weighs.
     *
     * @param point D finite coordinates
     * @param into receives K log-densities
     * @throws IllegalArgumentException if a length is wrong, or a coordinate is not finite
     */
    public void componentLogDensities(double[] point, double[] into) {
        check(point, into);
        componentKernel.logDensities(point, into);
    }

    private void check(double[] point, double[] into) {
        Arguments.checkLength("point", point, dims);
        Arguments.checkFinite("point", point);
        Arguments.checkLength("into", into, components);
    }

    /** What is not finite scores like what is out of all bounds: so only then its coordinates are looked at. */
    private double checked(double logDensity, double[] point) {
        if (logDensity <= Kernel.LOG_DENSITY_FLOOR / 2) {
            Arguments.checkPoint(point, incomplete != null);
        }
        return logDensity;
    }
}
