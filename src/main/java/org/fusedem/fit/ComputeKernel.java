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
     * Brings the vector kernel to full speed for one kind of fit, before it is needed, on the calling thread: small
     * fits of made-up points, until they get no faster. After that {@link KernelChoice#AUTOMATIC} chooses the vector
     * kernel for fits of this shape and type. Where the scalar kernel is the one of this process there is nothing to
     * do.
     *
     * @param covariance the shape of the fits to come
     * @param type how their points are stored
     * @param dims their number of features
     * @param components their number of components
     * @param limit how long it may take; some two seconds are usual
     * @return whether the kernel is warm now; if not, the limit was too short
     */
    public static boolean warmUp(Covariance covariance, ElementType type, int dims, int components, Duration limit) {
        return Kernels.chosen() == Kernels.scalar()
                || ColdStart.warmUp(covariance, type, dims, components, limit.toNanos());
    }
}
