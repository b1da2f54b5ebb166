package org.fusedem.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fusedem.points.Points;

/** The weighted means of labelled points. */
final class LabelMeans {
    private LabelMeans() {}

    /**
     * Sets each component's mean to that of the points with its label, or to a random point if none of these has
     * weight. One pass on the calling thread.
     *
     * @param means {@code K x D} by rows
     */
    static void set(Points points, int[] labels, double[] means, SplittableRandom random) {
        int dims = points.dims();
        double[] weights = new double[means.length / dims];
        Arrays.fill(means, 0);
        for (int n = 0; n < labels.length; n++) {
            double weight = points.weight(n);
            if (labels[n] >= 0 && weight > 0) {
                weights[labels[n]] += weight;
                double share = weight / weights[labels[n]];
                for (int i = 0; i < dims; i++) {
                    // Moved towards the point, so that no sum can overflow.
                    int index = labels[n] * dims + i;
                    means[index] += share * (points.get(n, i) - means[index]);
                }
            }
        }
        int[] without = IntStream.range(0, weights.length).filter(k -> weights[k] == 0).toArray();
        long[] rows = Sample.distinct(points, without.length, random);
        double[] row = new double[dims];
        for (int i = 0; i < without.length; i++) {
            points.copyRow(rows[i], row);
            System.arraycopy(row, 0, means, without[i] * dims, dims);
        }
    }
}
