package org.fusedem.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.points.Points;

/**
 * Greedy k-means++ seeding (Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, 2007, section 6):
 * each new centre is drawn among the points with probability in proportion to weight times squared distance from the
 * nearest centre so far; of several candidates the one that lowers the sum of these most is kept.
 *
 * <p>Distances are measured with every feature divided by its standard deviation. Costs {@code O(n K D log K)} on the
 * calling thread, and a copy of the points.
 */
final class KMeansPlusPlus {
    private final int size;
    private final int dims;
    /** Standardised, {@code x[feature][point]}, so that loops over points run along memory. */
    private final double[][] x;
    private final double[] weights;
    private final double[] nearest;
    private final double[] candidateNearest;
    private final double[] bestNearest;

    KMeansPlusPlus(Points points, double[] variances) {
        size = Math.toIntExact(points.size());
        dims = points.dims();
        x = new double[dims][size];
        weights = new double[size];
        nearest = new double[size];
        candidateNearest = new double[size];
        bestNearest = new double[size];
        for (int n = 0; n < size; n++) {
            weights[n] = points.weight(n);
            for (int i = 0; i < dims; i++) {
                x[i][n] = points.get(n, i) / Math.sqrt(variances[i]);
            }
        }
    }

    /** The rows of K points to be centres, some of them twice only if there are fewer distinct points than K. */
    int[] seed(int components, SplittableRandom random) {
        int candidates = 2 + (int) Math.log(components);
        int[] seeds = new int[components];
        Arrays.fill(nearest, 1);
        seeds[0] = draw(random);
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        lower(seeds[0], nearest);
        for (int k = 1; k < components; k++) {
            double best = Double.POSITIVE_INFINITY;
            for (int c = 0; c < candidates; c++) {
                int candidate = draw(random);
                double sum = lower(candidate, candidateNearest);
                if (sum < best) {
                    best = sum;
                    seeds[k] = candidate;
                    System.arraycopy(candidateNearest, 0, bestNearest, 0, size);
                }
            }
            System.arraycopy(bestNearest, 0, nearest, 0, size);
        }
        return seeds;
    }

    /**
     * {@code into[n] = min(nearest[n], squared distance of point n from the centre)}.
     *
     * @return the sum, each point times its weight
     */
    private double lower(int centre, double[] into) {
        double[] distances = new double[size];
        for (int i = 0; i < dims; i++) {
            addSquares(x[i], x[i][centre], distances);
        }
        double sum = 0;
        for (int n = 0; n < size; n++) {
            into[n] = Math.min(nearest[n], distances[n]);
            sum += weights[n] * into[n];
        }
        return sum;
    }

    private static void addSquares(double[] column, double centre, double[] sums) {
        for (int n = 0; n < column.length; n++) {
            double u = column[n] - centre;
            sums[n] += u * u;
        }
    }

    /** A point with probability in proportion to weight times {@link #nearest}; by weight alone if all are centres. */
    private int draw(SplittableRandom random) {
        double total = 0;
        for (int n = 0; n < size; n++) {
            total += weights[n] * nearest[n];
        }
        boolean onlyCentres = !(total > 0);
        if (onlyCentres) {
            total = Arrays.stream(weights).sum();
        }
        double place = total * random.nextDouble();
        int last = 0;
        for (int n = 0; n < size; n++) {
            double mass = onlyCentres ? weights[n] : weights[n] * nearest[n];
            if (mass > 0) {
                last = n;
                place -= mass;
                if (place < 0) {
                    return n;
                }
            }
        }
        return last;
    }
}
