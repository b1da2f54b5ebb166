package org.fusedem.online;

import java.util.Arrays;
import org.fusedem.kernel.Rounding;
import org.fusedem.maximization.Bulk;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;

/**
 * The variance of each feature over all points, from their moments: what components have lost by the split into
 * responsibilities comes back in the sum. With {@code e_k = shift_k - mean},
 *
 * <pre>
 * mean       = sum_k (weight_k shift_k + first_k) / sum_k weight_k
 * variance_i = sum_k (second_kii + e_ki (2 first_ki + weight_k e_ki)) / sum_k weight_k
 * </pre>
 *
 * Spherical moments only know the sum over the features: then each gets its average.
 */
final class TotalVariances {
    /** The square of what rounding leaves of a mean, relative to the mean's, and then some. */
    private static final double MEAN_ROUNDING = 0x1p-90;

    private TotalVariances() {}

    /**
     * The variances; for a feature that is constant, or might be for all that rounding leaves to tell, the average of
     * the others', or 1 if there are none.
     *
     * @param moments of at least one point
     * @param type of the points, as kernels have computed with
     * @param into receives D numbers
     */
    static void of(Moments moments, ElementType type, double[] into) {
        double present = 0;
        for (double weight : moments.weights()) {
            present += weight;
        }
        double average = 0;
        double averageRounding = 0;
        for (int i = 0; i < into.length; i++) {
            // Near all the others, so that no digits are lost far from zero.
            double reference = moments.shifts()[i];
            double distance = 0;
            for (int k = 0; k < moments.components(); k++) {
                int at = k * into.length + i;
                distance += moments.weights()[k] * (moments.shifts()[at] - reference) + moments.first()[at];
            }
            distance /= present;
            double sum = 0;
            for (int k = 0; k < moments.components(); k++) {
                int at = k * into.length + i;
                double e = moments.shifts()[at] - reference - distance;
                sum += e * (2 * moments.first()[at] + moments.weights()[k] * e);
            }
            double scatter = second(moments, i) / present;
            double variance = scatter + sum / present;
            double mean = reference + distance;
            double rounding = Rounding.bound(type, scatter) + MEAN_ROUNDING * mean * mean;
            into[i] = variance <= rounding ? 0 : variance;
            average += variance / into.length;
            averageRounding += rounding / into.length;
        }
        if (moments.covariance() == Covariance.SPHERICAL) {
            Arrays.fill(into, average <= averageRounding ? 0 : average);
        }
        Bulk.replaceZeros(into);
    }

    /** The sum of the second moments of a feature over all components; spherical ones' own share of it. */
    private static double second(Moments moments, int feature) {
        int dims = moments.dims();
        int blocks = moments.covariance().blocks(moments.components());
        int length = moments.covariance().blockLength(dims);
        int at = switch (moments.covariance()) {
            case SPHERICAL -> 0;
            case DIAGONAL -> feature;
            case TIED, FULL -> Covariance.triangle(feature + 1) - 1;
        };
        double sum = 0;
        for (int b = 0; b < blocks; b++) {
            sum += moments.second()[b * length + at];
        }
        return moments.covariance() == Covariance.SPHERICAL ? sum / dims : sum;
    }
}
