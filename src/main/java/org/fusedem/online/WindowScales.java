package org.fusedem.online;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.maximization.Bulk;
import org.fusedem.points.Window;

/**
 * The variance of the {@link Bulk} of each feature of a window's points, measured feature by feature, as a batch fit of
 * these points would.
 */
final class WindowScales {
    private final Window window;
    private final double[] values;
    /** Where in each of {@link Bulk#SAMPLE} equal strata of the points a sample has its one: as in a batch fit. */
    private final double[] places;

    WindowScales(Window window) {
        this.window = window;
        values = new double[(int) Math.min(Bulk.SAMPLE, window.capacity())];
        places = new double[window.capacity() > Bulk.SAMPLE ? Bulk.SAMPLE : 0];
        SplittableRandom random = new SplittableRandom(0);
        Arrays.setAll(places, j -> random.nextDouble());
    }

    /** One feature's variance; 0 if all values are equal. Costs {@code O(n)}. */
    double variance(int feature) {
        long size = window.size();
        double reference = window.get(0, feature);
        double distance = 0;
        for (long n = 0; n < size; n++) {
            distance += window.get(n, feature) - reference;
        }
        double mean = reference + distance / size;
        double first = 0;
        double second = 0;
        for (long n = 0; n < size; n++) {
            double u = window.get(n, feature) - mean;
            first += u;
            second += u * u;
        }
        double variance = Math.max(0, (second - first * first / size) / size);
        return Bulk.variance(variance, interquartileScale(feature));
    }

    private double interquartileScale(int feature) {
        int count = (int) Math.min(window.size(), values.length);
        double stratum = (double) window.size() / count;
        for (int j = 0; j < count; j++) {
            long at = count == window.size() ? j : (long) (stratum * (j + places[j]));
            values[j] = window.get(at, feature);
        }
        return Bulk.interquartileScale(values, count);
    }
}
