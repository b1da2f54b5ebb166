package org.fusedem.fit;

import java.lang.foreign.Arena;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.kernel.Observations;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Passes;
import org.fusedem.kernel.Team;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;

/**
 * The E-step over points of this process: one fused pass, which leaves {@link Moments}. A part of a fit whose other
 * points are elsewhere, see {@link MomentsSource}; or all of one.
 *
 * <pre>{@code
 * try (Expectation part = new Expectation(points, Covariance.FULL, 8)) {
 *     byte[] share = part.posterior(model).toBytes(); // for whoever merges
 * }
 * }</pre>
 *
 * <p>Moments of several parts under the same mixture are around the same shifts, so that they merge. Passes go by the
 * kernel of this process ({@link ComputeKernel#name}), on the calling thread; the same points and mixture leave the same
 * bits, as long as it is the same kernel.
 *
 * <p>Holds, beside the points, scratch of some hundred kilobytes off the heap, and moments of up to 64 ranges of the
 * points, at most 256 MB; a pass then allocates the mixture's parameters and nothing else. Not thread-safe. Close it
 * before the points.
 */
public final class Expectation implements MomentsSource, AutoCloseable {
    private final Kernel kernel = Kernels.chosen();
    private final Covariance covariance;
    private final int components;
    private final Arena arena = Arena.ofShared();
    private final Passes passes;
    private final Points points;

    /**
     * E-steps that leave moments of this shape.
     *
     * @throws IllegalArgumentException if components is not positive, or values are missing
     * @throws IllegalStateException if the points are closed
     */
    public Expectation(Points points, Covariance covariance, int components) {
        points.checkComplete("an E-step on parts of the points needs all their values");
        this.points = points;
        this.covariance = covariance;
        this.components = components;
        try {
            passes = new Passes(kernel, Observations.of(points, arena), covariance, components, Team.CALLER, arena);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /**
     * As {@link MomentsSource#posterior}, of these points.
     *
     * @return valid until the next pass
     * @throws IllegalArgumentException if the model has another shape, or other components or dims
     * @throws IllegalStateException if this or the points are closed
     */
    @Override
    public Moments posterior(GaussianMixture model) {
        checkShape(model);
        return run(model, Assignment.SOFT);
    }

    /**
     * As {@link MomentsSource#nearest}, of these points.
     *
     * @return valid until the next pass
     * @throws IllegalArgumentException if there are other components or dims
     * @throws IllegalStateException if this or the points are closed
     */
    @Override
    public Moments nearest(GaussianMixture centres) {
        return run(centres, Assignment.HARD);
    }

    /**
     * As {@link MomentsSource#logLikelihood}, of these points.
     *
     * @throws IllegalArgumentException if the model has another shape, or other components or dims
     * @throws IllegalStateException if this or the points are closed
     */
    @Override
    public double logLikelihood(GaussianMixture model) {
        checkShape(model);
        return run(model, Assignment.NONE).logLikelihood();
    }

    private void checkShape(GaussianMixture model) {
        if (model.covariance() != covariance) {
            throw new IllegalArgumentException("the mixture is of another shape: covariance="
                    + model.covariance().label() + ", asked for " + covariance.label());
        }
    }

    private Moments run(GaussianMixture model, Assignment assignment) {
        if (model.components() != components || model.dims() != points.dims()) {
            throw new IllegalArgumentException("the mixture does not fit the points: components=" + model.components()
                    + ", dims=" + model.dims() + "; asked for components=" + components + ", dims=" + points.dims());
        }
        if (!arena.scope().isAlive()) {
            throw new IllegalStateException("this expectation is closed: use it before close()");
        }
        Parameters parameters = new Parameters(model.covariance(), components, model.dims());
        model.copyTo(parameters.weights(), parameters.means(), parameters.covariances());
        parameters.factorize();
        return passes.run(Densities.of(kernel, parameters), assignment, parameters.shifts());
    }

    /** Frees the scratch; a second call does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
