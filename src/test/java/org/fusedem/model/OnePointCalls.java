package org.fusedem.model;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.fusedem.moments.Covariance;

/**
 * A process that asks for one point again and again, and prints the fewest bytes that a round allocated on the heap.
 */
final class OnePointCalls {
    private static final int ROUNDS = 100;

    private OnePointCalls() {}

    public static void main(String[] args) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        GaussianMixture model = RandomMixtures.of(Covariance.FULL, 3, 4, 0, 5);
        ConditionalMixture conditional = model.conditional(0, 2);
        PointScorer scorer = model.pointScorer();
        Clusters clusters = new Clusters(model, new int[] {0, 1, 0});
        double[] point = {1, 2, 3, 4};
        double[] given = {1, 2};
        double[] mean = new double[2];
        double[] componentMeans = new double[6];
        double[] covariance = new double[3];
        double[] three = new double[3];
        double[] two = new double[2];
        long fewest = Long.MAX_VALUE;
        // The first rounds load classes; plain loops need no compiler to allocate nothing.
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            conditional.weights(given, three);
            conditional.mean(given, mean);
            conditional.componentMeans(given, componentMeans);
            conditional.meanAndCovariance(given, mean, covariance);
            conditional.logDensity(given, mean);
            scorer.squaredMahalanobis(point, three);
            scorer.componentLogDensities(point, three);
            clusters.sum(three, two);
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        System.out.println("allocated " + fewest);
    }
}
