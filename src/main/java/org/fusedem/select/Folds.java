package org.fusedem.select;

import java.util.SplittableRandom;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * Points cut into J folds, and for each fold the points of all others. Each J points in a row go to J different folds
 * at random; so folds differ by one point at most, are spread evenly over the order of the data, and depend on the seed
 * alone. Points without weight belong to no fold.
 *
 * <p>The folds stand one after the other in a circle, and what is left of a circle without one fold is one piece. So
 * there is one copy of the points, long enough to unroll the circle, {@code 2 - 2/J} times the points' memory; all that
 * is handed out are views of it, valid until {@link #close}.
 */
final class Folds implements AutoCloseable {
    private final Points circle;
    private final Points[] training;
    private final Points[] test;
    private final double[] testWeights;

    /**
     * Copies the points. Reads them {@code 2 J} times.
     *
     * @throws IllegalArgumentException if fewer points than folds have weight
     */
    Folds(Points points, int folds, long seed) {
        training = new Points[folds];
        test = new Points[folds];
        testWeights = new double[folds];
        long[] sizes = sizes(points, folds, seed);
        circle = circle(points, folds, seed);
        long total = circleStart(sizes, folds);
        for (int j = 0; j < folds; j++) {
            long start = circleStart(sizes, j);
            test[j] = circle.slice(start, sizes[j]);
            training[j] = circle.slice(j == folds - 1 ? 0 : start + sizes[j], total - sizes[j]);
            for (long row = 0; row < sizes[j]; row++) {
                testWeights[j] += test[j].weight(row);
            }
        }
    }

    /** Deals the points that have weight out to folds, in their order. */
    private static final class Dealer {
        private final SplittableRandom random;
        private final int[] order;
        private int next;

        Dealer(int folds, long seed) {
            random = new SplittableRandom(seed);
            order = new int[folds];
            for (int j = 0; j < folds; j++) {
                order[j] = j;
            }
        }

        /** The fold of the next point. Each round of J is one Fisher-Yates shuffle. */
        int next() {
            int chosen = next + random.nextInt(order.length - next);
            int fold = order[chosen];
            order[chosen] = order[next];
            order[next] = fold;
            next = (next + 1) % order.length;
            return fold;
        }
    }

    private static long[] sizes(Points points, int folds, long seed) {
        Dealer dealer = new Dealer(folds, seed);
        long[] sizes = new long[folds];
        long dealt = 0;
        for (long row = 0; row < points.size(); row++) {
            if (points.weight(row) > 0) {
                sizes[dealer.next()]++;
                dealt++;
            }
        }
        if (dealt < folds) {
            throw new IllegalArgumentException("there must be at least as many points with weight as folds: points="
                    + dealt + ", folds=" + folds);
        }
        return sizes;
    }

    /** Folds 0 to J - 1, then 0 to J - 3: the others begin behind a fold, those of the last at 0. */
    private static Points circle(Points points, int folds, long seed) {
        double[] point = new double[points.dims()];
        try (PointsBuilder builder = Points.builder(points.dims(), points.type()).allowMissing()) {
            for (int place = 0; place < 2 * folds - 2; place++) {
                Dealer dealer = new Dealer(folds, seed);
                for (long row = 0; row < points.size(); row++) {
                    double weight = points.weight(row);
                    if (weight > 0 && dealer.next() == place % folds) {
                        points.copyRow(row, point);
                        if (points.weighted()) {
                            builder.addWeighted(weight, point);
                        } else {
                            builder.add(point);
                        }
                    }
                }
            }
            return builder.build();
        }
    }

    private static long circleStart(long[] sizes, int fold) {
        long start = 0;
        for (int j = 0; j < fold; j++) {
            start += sizes[j];
        }
        return start;
    }

    /** J. */
    int count() {
        return test.length;
    }

    /** The points of all folds but this one. */
    Points training(int fold) {
        return training[fold];
    }

    /** The points of this fold. */
    Points test(int fold) {
        return test[fold];
    }

    /** The weight of the points of each fold. */
    double[] testWeights() {
        return testWeights.clone();
    }

    /** Frees the copy. */
    @Override
    public void close() {
        circle.close();
    }
}
