package org.fusedem.fit;

import java.util.Arrays;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.PointKernel;
import org.fusedem.model.BatchScorer;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.PointScorer;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * Brings scoring to full speed: one point at a time, batches of both kinds, and the change of a model. Made-up points
 * are scored round after round until a round gets no faster.
 */
final class ScoringWarmUp {
    /** Without a faster round for so long, there is none to come: the JIT takes less for the longest of these loops. */
    private static final long QUIET_NANOS = 400_000_000;

    /** A round is faster if it takes at most this share of the fastest before. */
    private static final double FASTER = 0.95;

    /**
     * While vectors are interpreted, or half compiled, they take a hundred times as long as plain loops; compiled, one
     * point of few components and features takes them up to about this many times as long.
     */
    private static final double MOST_PLAIN_TIMES = 3;

    /** Points that a batch scores one by one. */
    private static final int HANDFUL = 4;

    private final GaussianMixture model;
    private final PointKernel plain;
    private final double[] rows;
    private final int count;
    private final int dims;
    private final double[] point;
    private final double[] shares;
    private final double[] weights;
    private final double[] means;
    private final double[] covariances;
    private final PointScorer pointScorer;
    /** Of what is computed, so that it cannot be left out. */
    private double sum;

    private ScoringWarmUp(Covariance shape, int components, Points points) {
        dims = points.dims();
        count = Math.toIntExact(points.size());
        rows = new double[count * dims];
        point = new double[dims];
        shares = new double[components];
        for (int n = 0; n < count; n++) {
            points.copyRow(n, point);
            System.arraycopy(point, 0, rows, n * dims, dims);
        }
        Parameters parameters = standard(shape, components, rows, dims);
        weights = parameters.weights();
        means = parameters.means();
        covariances = parameters.covariances();
        model = GaussianMixture.of(shape, dims, weights, means, covariances);
        plain = PointKernel.of(Kernels.scalar(), parameters);
        pointScorer = model.pointScorer();
    }

    /** A component around each of the first points. */
    private static Parameters standard(Covariance shape, int components, double[] rows, int dims) {
        Parameters parameters = new Parameters(shape, components, dims);
        Arrays.fill(parameters.weights(), 1.0 / components);
        System.arraycopy(rows, 0, parameters.means(), 0, components * dims);
        for (int block = 0; block < shape.blocks(components); block++) {
            int start = block * shape.blockLength(dims);
            switch (shape) {
                case SPHERICAL -> parameters.covariances()[start] = 1;
                case DIAGONAL -> Arrays.fill(parameters.covariances(), start, start + dims, 1);
                case TIED, FULL -> {
                    for (int i = 1; i <= dims; i++) {
                        parameters.covariances()[start + Covariance.triangle(i) - 1] = 1;
                    }
                }
            }
        }
        parameters.factorize();
        return parameters;
    }

    /**
     * Scores until that is at full speed, or the time is over.
     *
     * @param points some more than a tile, and at least as many as there are components
     * @param end what {@link System#nanoTime} says when the time is over
     * @return whether it is at full speed
     */
    static boolean run(Covariance shape, ElementType type, int components, Points points, long end) {
        ScoringWarmUp work = new ScoringWarmUp(shape, components, points);
        try (BatchScorer batches = work.model.batchScorer(type, work.count)) {
            return work.repeat(batches, points, end);
        }
    }

    private boolean repeat(BatchScorer batches, Points points, long end) {
        Kernel kernel = Kernels.chosen();
        long best = Long.MAX_VALUE;
        long bestPlain = Long.MAX_VALUE;
        long now = System.nanoTime();
        long lastFaster = now;
        while (now - lastFaster < QUIET_NANOS || kernel != Kernels.scalar() && best > MOST_PLAIN_TIMES * bestPlain) {
            if (now - end >= 0) {
                return false;
            }
            bestPlain = Math.min(bestPlain, timePlain());
            long begin = System.nanoTime();
            round(batches, points);
            now = System.nanoTime();
            if (now - begin < FASTER * best) {
                lastFaster = now;
            }
            best = Math.min(best, now - begin);
        }
        return true;
    }

    /** The same points in plain loops, as often as a round scores each of them one by one and by batches. */
    private long timePlain() {
        long begin = System.nanoTime();
        for (int n = 0; n < count; n++) {
            System.arraycopy(rows, n * dims, point, 0, dims);
            sum += plain.logDensity(point);
        }
        return System.nanoTime() - begin;
    }

    private void round(BatchScorer batches, Points points) {
        for (int n = 0; n < count; n++) {
            System.arraycopy(rows, n * dims, point, 0, dims);
            sum += n % 2 == 0 ? pointScorer.logDensity(point) : pointScorer.responsibilities(point, shares);
        }
        batches.score(rows, 0, count);
        read(batches);
        batches.score(points, 0, count);
        read(batches);
        batches.score(rows, 0, HANDFUL);
        read(batches);
        pointScorer.use(model);
        batches.use(model);
        pointScorer.use(weights, means, covariances);
        batches.use(weights, means, covariances);
    }

    private void read(BatchScorer batches) {
        for (int n = 0; n < batches.size(); n++) {
            sum += batches.isAnomaly(n, 0) ? batches.mostLikely(n) : batches.logDensity(n);
        }
    }
}
