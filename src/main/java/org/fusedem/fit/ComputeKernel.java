package org.fusedem.fit;

import java.time.Duration;
import org.fusedem.kernel.Kernels;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;

/** The kernel of this process: what fits are computed with once it is warm. */
public final class ComputeKernel {
    private ComputeKernel() {}

    /** {@code scalar} or {@code vector}. */
    public static String name() {
        return Kernels.chosen().name();
    }

    /** The bits that one instruction works on: 512, 256 or 128 in vectors, 64 in plain loops. */
    public static int vectorBits() {
        return Kernels.chosen().vectorBits();
    }

    /**
     * Brings one kind of model to full speed before it is needed, on the calling thread: small fits of made-up points,
     * then scores of them by {@link org.fusedem.model.PointScorer} and {@link org.fusedem.model.BatchScorer}, a change
     * of their models included, until nothing gets faster. After that {@link KernelChoice#AUTOMATIC} chooses the vector
     * kernel for fits of this shape and type.
     *
     * @param covariance the shape of the models to come
     * @param type how the points of fits are stored, and what batches are scored in
     * @param dims their number of features
     * @param components their number of components
     * @param limit how long it may take; some three seconds are usual
     * @return whether all of it is at full speed now; if not, the limit was too short
     */
    public static boolean warmUp(Covariance covariance, ElementType type, int dims, int components, Duration limit) {
        return ColdStart.warmUp(covariance, type, dims, components, limit.toNanos());
    }
}
