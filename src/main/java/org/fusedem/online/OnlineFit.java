package org.fusedem.online;

import java.lang.foreign.Arena;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.fit.Checkpoints;
import org.fusedem.fit.FitOptions;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;

/**
 * A mixture that follows a stream of points, in place, with memory that is allocated once. However it learns, its model
 * can be read at any time: that of the last M-step. Nothing here but {@link #snapshot} allocates.
 *
 * <p>Not thread-safe: one thread at a time.
 */
public abstract sealed class OnlineFit implements AutoCloseable permits Refitter, StepwiseEm {
    final Arena arena = Arena.ofShared();
    final Kernel kernel;
    final Estimate estimate;

    OnlineFit(FitOptions options, int dims, ElementType type) {
        check(options);
        kernel = kernel(options);
        estimate = new Estimate(options, dims, type);
    }

    /** The kernel of one that lives long. */
    private static Kernel kernel(FitOptions options) {
        return switch (options.kernel()) {
            case SCALAR -> Kernels.scalar();
            case VECTOR -> Kernels.vector();
            // It warms up on the way.
            case AUTOMATIC -> Kernels.chosen();
        };
    }

    /** Refuses options that only a batch fit can follow. */
    private static void check(FitOptions options) {
        String unwanted = options.prior() != null ? "a prior"
                : options.missingValues() ? "missing values"
                : options.noise() != null ? "noise"
                : !options.fixed().isEmpty() ? "fixed parts"
                : options.checkpoints() != Checkpoints.NONE || options.resume() != null ? "checkpoints"
                : options.acceleration() != Acceleration.NONE ? "acceleration"
                : options.threads() != 1 ? "more than one thread"
                : options.convergence() != Convergence.GAIN ? "another convergence test than the gain"
                : options.stop() != FitOptions.NEVER ? "a stop" : null;
        if (unwanted != null) {
            throw new IllegalArgumentException("online fits cannot do with " + unwanted + ": leave it out of the options");
        }
    }

    /**
     * How many components the last M-step held at the variance floor, since their points lie too close together; in
     * features that are constant for all points that does not count.
     */
    public final int flooredComponents() {
        return estimate.degenerate().floored();
    }

    /** How many components have no weight left that a double could tell: weight 0, the rest as it was. */
    public final int vanishedComponents() {
        return estimate.degenerate().vanished();
    }

    /**
     * Copies the mixing weights of the model as it is.
     *
     * @param into receives K numbers
     * @throws IllegalArgumentException if there is no room for them
     */
    public final void copyWeights(double[] into) {
        Estimate.copy("weights", estimate.parameters().weights(), into);
    }

    /**
     * Copies the means of the model as it is.
     *
     * @param into receives {@code K x D} numbers, by rows
     * @throws IllegalArgumentException if there is no room for them
     */
    public final void copyMeans(double[] into) {
        Estimate.copy("means", estimate.parameters().means(), into);
    }

    /**
     * Copies the covariances of the model as it is.
     *
     * @param into receives them, packed as {@link Covariance} says
     * @throws IllegalArgumentException if there is no room for them
     */
    public final void copyCovariances(double[] into) {
        Estimate.copy("covariances", estimate.parameters().covariances(), into);
    }

    /**
     * The model as it is; this allocates.
     *
     * @throws IllegalStateException if there is none yet
     */
    public final GaussianMixture snapshot() {
        return estimate.snapshot();
    }

    /** The kernel that does the arithmetic: {@code scalar} or {@code vector}. */
    public final String kernel() {
        return kernel.name();
    }

    /** Frees the memory off the heap. A second call does nothing. */
    @Override
    public abstract void close();
}
