package org.fusedem.fit;

import java.util.List;
import java.util.Set;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** A young process that fits once and prints which threads that has left. {@link ThreadsTest} starts it. */
final class OneFit {
    private OneFit() {}

    /** {@code MISSING} for points with many patterns of missing values, anything else for complete ones. */
    public static void main(String[] args) {
        double share = args[0].equals("MISSING") ? 0.3 : 0;
        double[][] rows = IncompleteData.draw(TestData.mixture(Covariance.FULL, 2, 10, 2, 1), 4000, share, 2);
        try (Points points = IncompleteData.points(rows, ElementType.FLOAT64)) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            Fitter.fit(points, FitOptions.components(2).withRestarts(1).withMaxIterations(2).withMissingValues());
            List<String> now = Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread))
                    .map(Thread::getName).toList();
            System.out.println("new threads: " + now);
        }
    }
}
