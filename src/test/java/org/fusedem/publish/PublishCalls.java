package org.fusedem.publish;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.PointScorer;
import org.fusedem.moments.Covariance;

/**
 * A process that publishes, reads and scores again and again, and prints the fewest bytes that a round of it allocated
 * on the heap: {@code allocated <bytes> <where>}. {@link PublishAllocationTest} starts it.
 */
final class PublishCalls {
    /** On a busy machine the compiler may take its time. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private PublishCalls() {}

    public static void main(String[] args) throws IOException {
        GaussianMixture model = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.5, 0.5},
                new double[] {0, 0, 1, 1}, new double[] {1, 0, 1, 2, 0.5, 2});
        try (SharedModelWriter writer = SharedModelWriter.open(Path.of(args[0]), Covariance.FULL, 2, 2);
                SharedModelReader reader = SharedModelReader.open(Path.of(args[0]))) {
            System.out.println("allocated " + fewestBytes(model, writer, reader) + " through a file");
        }
        try (SharedModelWriter writer = SharedModelWriter.inMemory(Covariance.FULL, 2, 2);
                SharedModelReader reader = writer.newReader()) {
            System.out.println("allocated " + fewestBytes(model, writer, reader) + " in memory");
        }
    }

    private static long fewestBytes(GaussianMixture model, SharedModelWriter writer, SharedModelReader reader)
            throws IOException {
        PointScorer scorer = model.pointScorer();
        double[] point = {0.3, 0.4};
        long fewest = Long.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (fewest > 0 && System.nanoTime() < end) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                writer.publish(model);
                if (!reader.refresh() || reader.refresh() || reader.version() != writer.version()) {
                    throw new IllegalStateException("not what was published: version=" + reader.version());
                }
                writer.publish(reader.weights(), reader.means(), reader.covariances());
                scorer.use(reader.weights(), reader.means(), reader.covariances());
                if (!(scorer.logDensity(point) < 0) || !reader.refresh()) {
                    throw new IllegalStateException("no such density");
                }
            }
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }
}
