package org.fusedem.online;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.fusedem.fit.FitOptions;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Window;

/**
 * A process that appends points, refits, and learns step by step, again and again, and prints the fewest bytes that a
 * round of it allocated on the heap: {@code allocated <bytes> <what>}. {@link OnlineAllocationTest} starts it.
 */
final class WarmStreams {
    /** On a busy machine the compiler may take its time. */
    private static final long PATIENCE_NANOS = 180_000_000_000L;
    private static final int POINTS = 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private WarmStreams() {}

    public static void main(String[] args) {
        for (ElementType type : ElementType.values()) {
            for (Covariance covariance : Covariance.values()) {
                for (Sweep sweep : Sweep.values()) {
                    print(refit(covariance, type, sweep), covariance + " " + type + " " + sweep);
                }
                print(learn(covariance, type), covariance + " " + type + " stepwise");
            }
        }
    }

    private static void print(long bytes, String what) {
        System.out.println("allocated " + bytes + " " + what);
    }

    /** A round: points from arrays and from memory, one that is refused, a model given, refits of all kinds. */
    private static long refit(Covariance covariance, ElementType type, Sweep sweep) {
        GaussianMixture truth = Streams.truth(covariance, 3, 4, 1);
        GaussianMixture start = Streams.start(truth, 0.3);
        FitOptions options = FitOptions.components(3).withCovariance(covariance).withMaxIterations(6);
        double[][] rows = rows(truth);
        double[] bad = {1, 2, Double.NaN, 4};
        double[] weights = new double[3];
        double[] means = new double[12];
        double[] covariances = new double[covariance.packedLength(3, 4)];
        try (Window window = Window.of(4, 400, type);
                Refitter refitter = Refitter.of(window, options, sweep);
                Arena arena = Arena.ofConfined()) {
            Streams.append(window, truth.sampler(3), 400);
            MemorySegment memory = arena.allocate(4L * Double.BYTES);
            long fewest = Long.MAX_VALUE;
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (fewest > 0 && System.nanoTime() < end) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (double[] row : rows) {
                    window.append(row);
                }
                window.offer(bad);
                window.append(memory, 0);
                window.evictOldest(3);
                refitter.startFrom(start);
                refitter.refit();
                refitter.refitUntil(System.nanoTime() + 1_000);
                window.append(rows[0]);
                refitter.refitUntil(System.nanoTime() + 1_000_000_000, 1);
                while (!refitter.step(2)) {
                    window.append(rows[1]);
                }
                refitter.copyWeights(weights);
                refitter.copyMeans(means);
                refitter.copyCovariances(covariances);
                fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            return fewest;
        }
    }

    private static long learn(Covariance covariance, ElementType type) {
        GaussianMixture truth = Streams.truth(covariance, 3, 4, 1);
        FitOptions options = FitOptions.components(3).withCovariance(covariance);
        double[][] rows = rows(truth);
        double[] means = new double[12];
        try (StepwiseEm em = StepwiseEm.of(truth, type, POINTS - 1, new StepSize.Decreasing(0.6), options)) {
            long fewest = Long.MAX_VALUE;
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (fewest > 0 && System.nanoTime() < end) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int round = 0; round < 10; round++) {
                    for (double[] row : rows) {
                        em.append(row);
                    }
                    em.flush();
                }
                em.copyMeans(means);
                fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            return fewest;
        }
    }

    private static double[][] rows(GaussianMixture source) {
        Sampler sampler = source.sampler(2);
        double[][] rows = new double[POINTS][4];
        for (double[] row : rows) {
            sampler.next(row);
        }
        return rows;
    }
}
