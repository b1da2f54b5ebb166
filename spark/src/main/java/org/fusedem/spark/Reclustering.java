package org.fusedem.spark;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Moments;

/**
 * K centres from some more candidates, each of which stands for the points nearest to it: k-means++ with weights
 * (Arthur and Vassilvitskii 2007), then Lloyd's steps, from several random beginnings, of which the best is kept. Plain
 * loops over a few hundred candidates.
 */
final class Reclustering {
    private static final int BEGINNINGS = 20;
    private static final int LLOYD_STEPS = 30;

    private final int dims;
    private final int count;
    private final double[] weights;
    /** The means of the clusters around the candidates, in standard deviations. */
    private final double[] places;
    private final double[] deviations;

    Reclustering(GaussianMixture candidates, Moments clusters) {
        dims = candidates.dims();
        count = candidates.components();
        weights = clusters.weights().clone();
        deviations = new double[dims];
        Arrays.setAll(deviations, i -> Math.sqrt(candidates.covariance(0, i, i)));
        places = new double[count * dims];
        for (int c = 0; c < count; c++) {
            for (int i = 0; i < dims; i++) {
                int at = c * dims + i;
                double mean = weights[c] > 0
                        ? clusters.shifts()[at] + clusters.first()[at] / weights[c] : candidates.mean(c, i);
                places[at] = mean / deviations[i];
            }
        }
    }

    /** K centres, row after row, in the data's own units. */
    double[] centres(int components, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int beginning = 0; beginning < BEGINNINGS; beginning++) {
            double[] centres = seeds(components, random);
            double cost = Double.POSITIVE_INFINITY;
            for (int step = 0; step < LLOYD_STEPS; step++) {
                double lower = step(centres);
                if (lower >= cost) {
                    break;
                }
                cost = lower;
            }
            if (best == null || cost < least) {
                best = centres;
                least = cost;
            }
        }
        double[] scaled = best;
        Arrays.setAll(scaled, at -> scaled[at] * deviations[at % dims]);
        return scaled;
    }

    private double[] seeds(int components, SplittableRandom random) {
        double[] centres = new double[components * dims];
        double[] mass = weights.clone();
        for (int k = 0; k < components; k++) {
            int drawn = draw(mass, random);
            System.arraycopy(places, drawn * dims, centres, k * dims, dims);
            for (int c = 0; c < count; c++) {
                double distance = weights[c] * squaredDistance(c, centres, k);
                mass[c] = k == 0 ? distance : Math.min(mass[c], distance);
            }
        }
        return centres;
    }

    /** By mass; by weight if none has any. */
    private int draw(double[] mass, SplittableRandom random) {
        double total = Arrays.stream(mass).sum();
        if (total == 0) {
            return draw(weights, random);
        }
        double place = total * random.nextDouble();
        int last = 0;
        for (int c = 0; c < count; c++) {
            if (mass[c] > 0) {
                last = c;
                place -= mass[c];
                if (place < 0) {
                    return c;
                }
            }
        }
        return last;
    }

    /**
     * Moves each centre to the mean of what is nearest to it; one that is nearest to nothing stays.
     *
     * @return the sum of weighted squared distances before
     */
    private double step(double[] centres) {
        int components = centres.length / dims;
        double[] sums = new double[centres.length];
        double[] masses = new double[components];
        double cost = 0;
        for (int c = 0; c < count; c++) {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < components; k++) {
                double distance = squaredDistance(c, centres, k);
                if (distance < least) {
                    least = distance;
                    nearest = k;
                }
            }
            cost += weights[c] * least;
            masses[nearest] += weights[c];
            for (int i = 0; i < dims; i++) {
                sums[nearest * dims + i] += weights[c] * places[c * dims + i];
            }
        }
        for (int at = 0; at < centres.length; at++) {
            double mass = masses[at / dims];
            centres[at] = mass > 0 ? sums[at] / mass : centres[at];
        }
        return cost;
    }

    private double squaredDistance(int candidate, double[] centres, int k) {
        double sum = 0;
        for (int i = 0; i < dims; i++) {
            double distance = places[candidate * dims + i] - centres[k * dims + i];
            sum += distance * distance;
        }
        return sum;
    }
}
