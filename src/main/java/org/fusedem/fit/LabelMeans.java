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
     * weight. Missing values do not count; where nothing else is there, it is the feature's mean. One pass on the
     * calling thread.
     *
     * @param featureMeans D
     * @param means {@code K x D} by rows
     */
    static void set(Points points, int[] labels, double[] featureMeans, double[] means, SplittableRandom random) {
        int dims = points.dims();
        double[] weights = new double[means.length / dims];
        double[] observed = new double[means.length];
        Arrays.fill(means, 0);
        for (int n = 0; n < labels.length; n++) {
            double weight = points.weight(n);
            if (labels[n] >= 0 && weight > 0) {
                weights[labels[n]] += weight;
                for (int i = 0; i < dims; i++) {
                    double x = points.get(n, i);
                    if (!Double.isNaN(x)) {
                        // Moved towards the point, so that no sum can overflow.
                        int index = labels[n] * dims + i;
                        observed[index] += weight;
                        means[index] += weight / observed[index] * (x - means[index]);
                    }
                }
            }
        }
        for (int index = 0; index < means.length; index++) {
            means[index] = observed[index] > 0 ? means[index] : featureMeans[index % dims];
        }
        int[] without = IntStream.range(0, weights.length).filter(k -> weights[k] == 0).toArray();
        long[] rows = Sample.distinct(points, without.length, random);
        for (int k = 0; k < without.length; k++) {
            for (int i = 0; i < dims; i++) {
                double x = points.get(rows[k], i);
                means[without[k] * dims + i] = Double.isNaN(x) ? featureMeans[i] : x;
            }
        }
    }
}
