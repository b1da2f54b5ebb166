package org.fusedem.model;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * A process that scores again and again, in every way that promises to make no garbage, and prints the fewest bytes
 * that a round of all of them allocated on the heap: {@code allocated <bytes> <what>}. {@link ScoringAllocationTest} starts
 * it.
 */
final class ScoringCalls {
    /** On a busy machine the compiler may take its time, and here it has all shapes of all kernels to compile. */
    private static final long PATIENCE_NANOS = 240_000_000_000L;
    private static final int COUNT = 700;
    private static final int D = 4;
    private static final int[] COUNTS = {1, 3, 100, COUNT};
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static double sum;

    private ScoringCalls() {}

    public static void main(String[] args) {
        for (ElementType type : ElementType.values()) {
            for (Covariance covariance : Covariance.values()) {
                System.out.println("allocated " + fewestBytes(covariance, type) + " " + covariance + " " + type);
            }
        }
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("what was computed is no number");
        }
    }

    private static long fewestBytes(Covariance covariance, ElementType type) {
        GaussianMixture model = RandomMixtures.of(covariance, 3, D, 0, 1);
        GaussianMixture other = RandomMixtures.of(covariance, 3, D, 1, 2);
        double[] weights = other.weights();
        double[] means = other.means();
        double[] covariances = other.covariances();
        try (Points points = model.sample(COUNT, 3);
                BatchScorer batches = model.batchScorer(type, COUNT);
                Scorer scorer = model.scorer(points);
                Arena arena = Arena.ofShared()) {
            PointScorer one = model.pointScorer();
            double[] rows = new double[COUNT * D];
            float[] floats = new float[rows.length];
            MemorySegment memory = arena.allocate(rows.length * 8L);
            double[] point = new double[D];
            for (int n = 0; n < COUNT; n++) {
                points.copyRow(n, point);
                for (int i = 0; i < D; i++) {
                    rows[n * D + i] = point[i];
                    floats[n * D + i] = (float) point[i];
                    memory.setAtIndex(ValueLayout.JAVA_DOUBLE, n * D + i, point[i]);
                }
            }
            // One that is looked at again, by itself.
            rows[17 * D] = Double.NaN;
            rows[18 * D] = 1e200;
            double[] shares = new double[3];
            long fewest = Long.MAX_VALUE;
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (fewest > 0 && System.nanoTime() < end) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int round = 0; round < 2; round++) {
                    one.use(other);
                    batches.use(weights, means, covariances);
                    scoreAll(batches, rows, floats, memory, points, shares);
                    onePoint(one, point, shares);
                    one.use(weights, means, covariances);
                    batches.use(model);
                    onePoint(one, point, shares);
                    for (int n = 0; n < COUNT; n++) {
                        sum += scorer.logDensity(n) + scorer.predict(n);
                        scorer.responsibilities(n, shares);
                    }
                }
                fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            return fewest;
        }
    }

    private static void scoreAll(BatchScorer batches, double[] rows, float[] floats, MemorySegment memory,
            Points points, double[] shares) {
        for (int count : COUNTS) {
            batches.score(rows, 0, count);
            read(batches, shares);
            batches.score(floats, 0, count);
            read(batches, shares);
            batches.score(memory, ElementType.FLOAT64, 0, D * 8L, 8, count);
            read(batches, shares);
            batches.score(points, 0, count);
            read(batches, shares);
        }
    }

    private static void read(BatchScorer batches, double[] shares) {
        for (int n = 0; n < batches.size(); n++) {
            sum += batches.isAnomaly(n, -20) ? batches.mostLikely(n) : batches.logDensity(n);
            batches.responsibilities(n, shares);
        }
    }

    private static void onePoint(PointScorer one, double[] point, double[] shares) {
        sum += one.logDensity(point) + one.responsibilities(point, shares) + one.mostLikely(point);
        sum += one.isAnomaly(point, -20) ? 1 : 0;
        one.squaredMahalanobis(point, shares);
    }
}
