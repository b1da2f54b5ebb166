package org.fusedem.fit;

import java.time.Duration;
import org.fusedem.kernel.Kernels;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;

/**
 * The kernel of this process: what fits and scores are computed with once it is warm.
 *
 * <p>A JVM starts cold, and vectors are worse than cold: until the JIT has compiled the vector kernel they are objects,
 * and a score takes a thousand times as long as later. A service has two remedies, which go together.
 *
 * <p><strong>Warm up before traffic:</strong> {@link #warmUp}, once for each kind of model, on the thread that starts
 * the service. When it returns true the kernels have been compiled and make no garbage; what differs from then on is
 * the service's own code.
 *
 * <p><strong>An ahead-of-time cache</strong> (JEP 483, 514 and 515) spares the loading and linking of classes, and
 * remembers profiles. Train it by a run that does what the service does, a warm-up included; then start with it:
 *
 * <pre>{@code
 * java -XX:AOTCacheOutput=service.aot -p service.jar:fusedem.jar -m service/service.Main
 * java -XX:AOTCache=service.aot       -p service.jar:fusedem.jar -m service/service.Main
 * }</pre>
 *
 * <p>On the class path the same, with {@code --add-modules jdk.incubator.vector} in both. Everything on the path must
 * be a jar, and both runs need the same JVM and path. As long as the vector module incubates, JDK 25 keeps no module
 * graph in the cache, and complains of that by a line {@code full module graph} while it writes it: that costs some of
 * the gain, and nothing else. The cache brings the first score about twice as early, but holds no compiled code: the
 * time until all scores are fast is hardly shorter, so it does not replace the warm-up.
 */
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
     * @throws IllegalArgumentException if dims or components are not positive
     * @throws ArithmeticException if the limit is more than some 292 years
     */
    public static boolean warmUp(Covariance covariance, ElementType type, int dims, int components, Duration limit) {
        if (dims <= 0 || components <= 0) {
            throw new IllegalArgumentException(
                    "dims and components must be positive: dims=" + dims + ", components=" + components);
        }
        return ColdStart.warmUp(covariance, type, dims, components, limit.toNanos());
    }
}
