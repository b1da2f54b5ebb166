package org.fusedem.model;

import java.lang.foreign.Arena;
import java.util.Objects;
import org.fusedem.em.Elbo;
import org.fusedem.kernel.ComponentKernel;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.ScalarPointKernel;
import org.fusedem.kernel.Tile;
import org.fusedem.points.Points;

/**
 * Scores points with a mixture: log-densities, responsibilities and most likely components, computed a tile at a time
 * as points are asked for; so ask in ascending order. Points that miss values are scored by what is observed, if the
 * mixture allows that ({@link GaussianMixture#withMissingValues}): one by one, in plain loops.
 *
 * <p>What returns an array allocates it, and nothing else is allocated. One per thread. Close it before the points. To
 * score points that come in batches, in arrays and from memory elsewhere, see {@link BatchScorer}.
 */
public final class Scorer implements AutoCloseable {
    private final Kernel kernel;
    private final Parameters parameters;
    private final Points points;
    private final Arena arena = Arena.ofConfined();
    private final Tile tile;
    private final ComponentKernel componentKernel;
    /** Scores points of which some miss values; null if none does. */
    private final ScalarPointKernel incomplete;
    private final double[] point;
    private final double[] logJoint;
    private long tileStart;
    private int tileCount;

    Scorer(Kernel kernel, Parameters parameters, Points points) {
        this.kernel = kernel;
        this.parameters = parameters;
        this.points = points;
        tile = new Tile(points, parameters.components(), arena);
        incomplete = points.missingValues() > 0 ? new ScalarPointKernel(parameters, true) : null;
        componentKernel = new ComponentKernel(parameters);
        point = new double[parameters.dims()];
        logJoint = new double[parameters.components()];
    }

    /**
     * {@code log weight_k + log N(x | mean_k, Sigma_k)} of a point for each component: K numbers, minus infinity where
     * the weight is zero.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalStateException if the points, or this, are closed
     */
    public double[] logJoint(long row) {
        return computed(row).clone();
    }

    /** Those numbers; live, until the next call. */
    private double[] computed(long row) {
        points.checkOpen();
        Objects.checkIndex(row, points.size());
        if (incomplete != null) {
            points.copyRow(row, point);
            return incomplete.logJoint(point);
        }
        if (row < tileStart || row >= tileStart + tileCount) {
            tileStart = row;
            tileCount = (int) Math.min(Tile.capacity(parameters.components(), points.type()), points.size() - row);
            tile.load(tileStart, tileCount);
            kernel.logDensities(parameters, tile);
        }
        for (int k = 0; k < logJoint.length; k++) {
            logJoint[k] = parameters.weights()[k] == 0
                    ? Double.NEGATIVE_INFINITY : tile.value(k, (int) (row - tileStart));
        }
        return logJoint;
    }

    /**
     * {@code log p(x)} of a point.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double logDensity(long row) {
        return Elbo.logEvidence(computed(row));
    }

    /**
     * The posterior probability of each component for a point.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double[] responsibilities(long row) {
        return Elbo.posterior(computed(row));
    }

    /**
     * The same into an array of the caller's.
     *
     * @param into receives K probabilities
     * @throws IllegalArgumentException if it has not K numbers
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public void responsibilities(long row, double[] into) {
        Arguments.checkLength("into", into, parameters.components());
        Elbo.posterior(computed(row), into);
    }

    /**
     * The most likely component of a point, from 0; the first, if several tie.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public int predict(long row) {
        return Elbo.mostLikely(computed(row));
    }

    /**
     * The squared Mahalanobis distance of a point to each component, {@code (x - mean_k)^T Sigma_k^-1 (x - mean_k)}: K
     * numbers, infinite where that is more than a double holds. In double whatever the points' type, row by row.
     *
     * @throws IllegalArgumentException if the point misses a value
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalStateException if the points are closed
     */
    public double[] squaredMahalanobis(long row) {
        copyComplete(row);
        double[] squared = new double[parameters.components()];
        componentKernel.squaredMahalanobis(point, squared);
        return squared;
    }

    /**
     * {@code log N(x | mean_k, Sigma_k)} of a point for each component, whatever it weighs: K numbers. In double
     * whatever the points' type, row by row.
     *
     * @throws IllegalArgumentException if the point misses a value
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalStateException if the points are closed
     */
    public double[] componentLogDensities(long row) {
        copyComplete(row);
        double[] logDensities = new double[parameters.components()];
        componentKernel.logDensities(point, logDensities);
        return logDensities;
    }

    private void copyComplete(long row) {
        points.copyRow(row, point);
        for (int i = 0; i < point.length; i++) {
            if (Double.isNaN(point[i])) {
                throw new IllegalArgumentException("value missing: column=" + i + ", row=" + row
                        + "; what is asked for needs the whole point");
            }
        }
    }

    /** Frees the scratch memory. A second call does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
