package org.fusedem.fit;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.em.EmLoop;
import org.fusedem.em.LatentVariableModel;
import org.fusedem.em.Trace;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.kernel.Observations;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Team;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * A process that fits again and again from a warm start, and prints the fewest bytes that a whole fit allocated on the
 * heap:
 * {@code allocated <bytes> <what>}. {@link AllocationTest} starts it.
 */
final class WarmRefits {
    /** On a busy machine the compiler may take its time. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private WarmRefits() {}

    public static void main(String[] args) {
        for (ElementType type : ElementType.values()) {
            for (Covariance covariance : Covariance.values()) {
                for (Acceleration acceleration : Acceleration.values()) {
                    System.out.println("allocated " + fewestBytes(covariance, type, acceleration, 0, null) + " "
                            + covariance + " " + type + " " + acceleration);
                }
                System.out.println("allocated " + fewestBytes(covariance, type, Acceleration.NONE, 0.2, null) + " "
                        + covariance + " " + type + " with missing values");
                System.out.println("allocated "
                        + fewestBytes(covariance, type, Acceleration.SQUAREM, 0, Noise.ofVolume(1e4)) + " "
                        + covariance + " " + type + " with noise");
            }
        }
    }

    private static long fewestBytes(
            Covariance covariance, ElementType type, Acceleration acceleration, double missingShare, Noise noise) {
        GaussianMixture truth = TestData.mixture(covariance, 3, 4, 2, 5);
        FitOptions options = FitOptions.components(3).withCovariance(covariance).withNoise(noise);
        double[][] rows = IncompleteData.draw(truth, 1003, missingShare, 6);
        try (Points points = IncompleteData.points(rows, type);
                Arena arena = Arena.ofShared();
                Observations observations = Observations.of(points, arena)) {
            Kernel kernel = Kernels.chosen();
            FeatureScales scales = FeatureScales.of(kernel, points, Team.CALLER, arena);
            GaussianEm em = new GaussianEm(kernel, observations, options, scales, Team.CALLER, arena);
            Parameters start = new Parameters(covariance, 3, 4);
            System.arraycopy(truth.weights(), 0, start.weights(), 0, start.weights().length);
            System.arraycopy(truth.means(), 0, start.means(), 0, start.means().length);
            System.arraycopy(truth.covariances(), 0, start.covariances(), 0, start.covariances().length);
            // Enough for EM to become slow, so that an accelerated run extrapolates.
            EmLoop loop = new EmLoop(Convergence.AITKEN, Double.MIN_VALUE, 40);
            LatentVariableModel model = acceleration.of(em);
            Trace trace = new Trace();
            long fewest = Long.MAX_VALUE;
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (fewest > 0 && System.nanoTime() < end) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                em.begin(0);
                em.parameters().copyFrom(start);
                em.startWith();
                loop.run(model, trace);
                fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            return fewest;
        }
    }
}
