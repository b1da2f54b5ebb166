package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Tile;
import org.fusedem.points.Points;

/**
 * Greedy k-means++ seeding (Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, 2007, section 6):
 * each new centre is drawn among the points with probability in proportion to weight times squared distance from the
 * nearest centre so far; of several candidates the one that lowers the sum of these most is kept. Where there is noise,
 * points far from all centres count as no farther than some reach, or outliers would be all that is drawn (compare
 * Bhaskara, Vadgama and Xu, Greedy sampling for approximate clustering in the presence of outliers, 2019).
 *
 * <p>Distances are measured with every feature divided by its standard deviation. They come from the kernel's first
 * stage: the candidates are the means of a mixture with one diagonal covariance, whose log-densities are a constant
 * minus half the squared distance. Costs {@code O(n K D)} on the calling thread.
 */
final class KMeansPlusPlus {
    /** Drawn for each new centre. More would find little better places, and the kernel takes four at one go. */
    private static final int CANDIDATES = 4;

    private final Points points;
    private final int size;
    private final Parameters candidates;
    private final double reach;
    private final Densities densities;
    private final Tile tile;
    /** The squared distance of each point from its nearest centre. */
    private double[] nearest;
    /** What {@link #nearest} would become with each candidate as a centre too. */
    private final double[][] nearestWith;
    /** And the sum of it, each point times its weight. */
    private final double[] sums = new double[CANDIDATES];
    private final int[] drawn = new int[CANDIDATES];
    private final double[] weights;

    /**
     * Seeding on these points; scratch comes from an arena that must outlive it.
     *
     * @param reach the largest squared distance that counts; infinite without noise
     */
    KMeansPlusPlus(Kernel kernel, Points points, double[] variances, double reach, Arena arena) {
        this.points = points;
        this.reach = reach;
        size = Math.toIntExact(points.size());
        candidates = NearestMean.parameters(CANDIDATES, variances);
        densities = Densities.of(kernel, candidates);
        tile = new Tile(points, CANDIDATES, arena);
        nearest = new double[size];
        nearestWith = new double[CANDIDATES][size];
        weights = new double[size];
        Arrays.setAll(weights, points::weight);
    }

    /** The rows of K points to be centres, some of them twice only if there are fewer distinct points than K. */
    int[] seed(int centres, SplittableRandom random) {
        int[] seeds = new int[centres];
        Arrays.fill(nearest, reach);
        for (int k = 0; k < centres; k++) {
            // All distances are as large as they get until there is a centre: then weight alone decides.
            draw(k > 0, random);
            measure();
            int best = 0;
            for (int c = 1; c < CANDIDATES; c++) {
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
        for (int c = 0; c < CANDIDATES; c++) {
            for (int i = 0; i < points.dims(); i++) {
                candidates.means()[c * points.dims() + i] = points.get(drawn[c], i);
            }
        }
        candidates.factorize();
        Arrays.fill(sums, 0);
        int capacity = Tile.capacity(CANDIDATES, points.type());
        for (int start = 0; start < size; start += capacity) {
            tile.load(start, Math.min(capacity, size - start));
            densities.fill(tile, start);
            for (int c = 0; c < CANDIDATES; c++) {
                sums[c] += measureTile(c, start);
            }
        }
    }

    private double measureTile(int c, int start) {
        tile.copyRow(c, nearestWith[c], start);
        lower(nearestWith[c], candidates.logConstants()[c], start, start + tile.count());
        double sum = 0;
        for (int n = start; n < start + tile.count(); n++) {
            sum += weights[n] * nearestWith[c][n];
        }
        return sum;
    }

    /** Turns log-densities into squared distances, cut off at {@link #nearest}. */
    private void lower(double[] distances, double logConstant, int start, int end) {
        for (int n = start; n < end; n++) {
            // Rounding may leave a point's distance from itself just below zero.
            double distance = Math.max(0, 2 * (logConstant - distances[n]));
            distances[n] = Math.min(nearest[n], distance);
        }
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
        double[] places = new double[CANDIDATES];
        for (int c = 0; c < CANDIDATES; c++) {
            places[c] = total * random.nextDouble();
        }
        Arrays.sort(places);
        int c = 0;
        double passed = 0;
        for (int n = 0; n < size && c < CANDIDATES; n++) {
            double mass = mass(n, distant);
            passed += mass;
            while (mass > 0 && c < CANDIDATES && places[c] < passed) {
                drawn[c++] = n;
            }
            if (mass > 0) {
                // Rounding may leave the last places beyond the sum: then the last point with any mass is drawn.
                Arrays.fill(drawn, c, CANDIDATES, n);
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
        return byDistance ? weights[n] * nearest[n] : weights[n];
    }
}
