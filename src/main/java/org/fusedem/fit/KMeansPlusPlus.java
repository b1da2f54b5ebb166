package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Tile;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;

/**
 * Greedy k-means++ seeding (Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, 2007, section 6):
 * each new centre is drawn among the points with probability in proportion to weight times squared distance from the
 * nearest centre so far; of several candidates the one that lowers the sum of these most is kept.
 *
 * <p>Distances are measured with every feature divided by its standard deviation. They come from the kernel's first
 * stage: the candidates are the means of a mixture with one diagonal covariance, whose log-densities are a constant minus
 * half the squared distance. Costs {@code O(n K D log K)} on the calling thread.
 */
final class KMeansPlusPlus {
    private final Points points;
    private final int size;
    private final Parameters candidates;
    private final Densities densities;
    private final Tile tile;
    /** The squared distance of each point from its nearest centre. */
    private double[] nearest;
    /** What {@link #nearest} would become with each candidate as a centre too. */
    private final double[][] nearestWith;
    /** And the sum of it, each point times its weight. */
    private final double[] sums;
    private final int[] drawn;

    /** Seeding on these points for so many centres; scratch comes from an arena that must outlive it. */
    KMeansPlusPlus(Kernel kernel, Points points, double[] variances, int centres, Arena arena) {
        this.points = points;
        size = Math.toIntExact(points.size());
        int count = 2 + (int) Math.log(centres);
        candidates = new Parameters(Covariance.DIAGONAL, count, points.dims());
        Arrays.fill(candidates.weights(), 1.0 / count);
        for (int c = 0; c < count; c++) {
            System.arraycopy(variances, 0, candidates.covariances(), c * variances.length, variances.length);
        }
        densities = Densities.of(kernel, candidates);
        tile = new Tile(points, count, arena);
        nearest = new double[size];
        nearestWith = new double[count][size];
        sums = new double[count];
        drawn = new int[count];
    }

    /** The rows of K points to be centres, some of them twice only if there are fewer distinct points than K. */
    int[] seed(int centres, SplittableRandom random) {
        int[] seeds = new int[centres];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (int k = 0; k < centres; k++) {
            // All distances are infinite until there is a centre: then weight alone decides.
            draw(k > 0, random);
            measure();
            int best = 0;
            for (int c = 1; c < sums.length; c++) {
                best = sums[c] < sums[best] ? c : best;
            }
            seeds[k] = drawn[best];
            double[] before = nearest;
            nearest = nearestWith[best];
            nearestWith[best] = before;
        }
        return seeds;
    }

    /** Sets {@link #nearestWith} and {@link #sums} for the candidates drawn. */
    private void measure() {
        for (int c = 0; c < drawn.length; c++) {
            for (int i = 0; i < points.dims(); i++) {
                candidates.means()[c * points.dims() + i] = points.get(drawn[c], i);
            }
        }
        candidates.factorize();
        Arrays.fill(sums, 0);
        int capacity = Tile.capacity(drawn.length, points.type());
        for (int start = 0; start < size; start += capacity) {
            tile.load(start, Math.min(capacity, size - start));
            densities.fill(tile, start);
            for (int c = 0; c < drawn.length; c++) {
                sums[c] += measureTile(c, start);
            }
        }
    }

    private double measureTile(int c, int start) {
        double constant = candidates.logConstants()[c];
        double[] into = nearestWith[c];
        double sum = 0;
        for (int n = 0; n < tile.count(); n++) {
            // Rounding may leave a point's distance from itself just below zero.
            double distance = Math.max(0, 2 * (constant - tile.value(c, n)));
            into[start + n] = Math.min(nearest[start + n], distance);
            sum += points.weight(start + n) * into[start + n];
        }
        return sum;
    }

    /**
     * Draws all candidates in one walk over the points, each with probability in proportion to weight times
     * {@link #nearest}; by weight alone if there are no centres yet, or every point is one.
     */
    private void draw(boolean byDistance, SplittableRandom random) {
        double total = total(byDistance);
        boolean distant = byDistance && total > 0;
        if (byDistance && !distant) {
            total = total(false);
        }
        double[] places = new double[drawn.length];
        for (int c = 0; c < places.length; c++) {
            places[c] = total * random.nextDouble();
        }
        Arrays.sort(places);
        int c = 0;
        double passed = 0;
        for (int n = 0; n < size && c < places.length; n++) {
            double mass = mass(n, distant);
            passed += mass;
            while (mass > 0 && c < places.length && places[c] < passed) {
                drawn[c++] = n;
            }
            if (mass > 0) {
                // Rounding may leave the last places beyond the sum: then the last point with any mass is drawn.
                Arrays.fill(drawn, c, drawn.length, n);
            }
        }
    }

    private double total(boolean byDistance) {
        double total = 0;
        for (int n = 0; n < size; n++) {
            total += mass(n, byDistance);
        }
        return total;
    }

    private double mass(int n, boolean byDistance) {
        return byDistance ? points.weight(n) * nearest[n] : points.weight(n);
    }
}
