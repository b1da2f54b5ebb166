package org.fusedem.fit;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.kernel.Tile;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * Whether the JIT has compiled the vector kernel, and what to do until it has. Interpreted, vectors are objects and a
 * vector fit is some twenty times slower than a scalar one; compiled, twenty times faster.
 *
 * <p>There is one of these for each pair of covariance shape and element type, since these have code of their own. It warms
 * up by small fits of made-up points on the thread that asks.
 */
final class ColdStart {
    /** Above this many floating-point operations, half a second in plain loops, the vector kernel warms up on the way. */
    private static final double LARGE_WORK = 6e8;

    /** As many iterations as one may expect where no tolerance or limit says fewer. */
    private static final int EXPECTED_ITERATIONS = 20;

    /** Made-up points beyond a full tile: a second tile that is not full takes other ways. */
    private static final int POINTS_BESIDE_TILE = 200;

    /** The vector kernel counts as warm when it is so many times as fast as the scalar one. */
    private static final double WINNING_FACTOR = 2;

    /** So many wins in a row are no accident. */
    private static final int WINS = 3;

    /** After so many fits without one that is faster by a twentieth, the vector kernel is as fast as it gets. */
    private static final int PATIENCE = 30;

    /** What the first warm-up fit costs: the classes of the vector module have to be loaded. */
    private static final long FIRST_FIT_NANOS = 100_000_000;

    private static final Map<Kind, ColdStart> ALL = new ConcurrentHashMap<>();

    private final Kind kind;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean warm;
    // Below: guarded by the lock.
    private long credit;
    private long nextCost = FIRST_FIT_NANOS;
    private int wins;

    private ColdStart(Kind kind) {
        this.kind = kind;
    }

    /** What has code of its own. */
    private record Kind(Covariance covariance, ElementType type) {}

    private static ColdStart of(Covariance covariance, ElementType type) {
        return ALL.computeIfAbsent(new Kind(covariance, type), ColdStart::new);
    }

    /** A fit whose kernel is chosen automatically. */
    static FitResult fit(Points points, FitOptions options) {
        Kernel best = Kernels.chosen();
        if (Kernels.forced() || best == Kernels.scalar() || isLarge(points, options)) {
            return Fitter.fit(best, points, options);
        }
        ColdStart state = of(options.covariance(), points.type());
        if (state.warm) {
            return Fitter.fit(best, points, options);
        }
        long begin = System.nanoTime();
        FitResult result = Fitter.fit(Kernels.scalar(), points, options);
        state.spend(System.nanoTime() - begin, points.dims(), options.components());
        return result;
    }

    /** Floating-point operations of the fit, counted as in benchmarks/NOTES.md. */
    private static boolean isLarge(Points points, FitOptions options) {
        double d = points.dims();
        double perPair = switch (options.covariance()) {
            case SPHERICAL, DIAGONAL -> 8 * d;
            case TIED, FULL -> 2 * d * (d + 1) + 4 * d;
        };
        int restarts = options.start() instanceof Start.Given ? 1 : options.restarts();
        int passes = 1 + Math.min(EXPECTED_ITERATIONS, options.maxIterations());
        return points.size() * perPair * options.components() * restarts * passes >= LARGE_WORK;
    }

    /**
     * Spends as much time on warming up as fits in plain loops have taken: so they cost twice what they would, no more,
     * and only until the vector kernel is warm.
     */
    private void spend(long nanos, int dims, int components) {
        if (!lock.tryLock()) {
            return; // Somebody else is at it.
        }
        try {
            credit += nanos;
            while (!warm && credit >= nextCost) {
                nextCost = compare(dims, components);
                credit -= nextCost;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Warms up until the vector kernel gets no faster, or the time is over.
     *
     * @return whether the vector kernel is warm
     */
    static boolean warmUp(Covariance covariance, ElementType type, int dims, int components, long nanos) {
        ColdStart state = of(covariance, type);
        long begin = System.nanoTime();
        state.lock.lock();
        try (Points points = state.madeUpPoints(dims, components)) {
            double best = Double.POSITIVE_INFINITY;
            for (int fits = 0; fits < PATIENCE && System.nanoTime() - begin < nanos; fits++) {
                if (!state.warm) {
                    state.compare(points, components);
                }
                long cost = state.time(Kernels.vector(), points, components);
                if (!state.warm || cost < 0.95 * best) {
                    fits = 0;
                }
                best = Math.min(best, cost);
            }
            return state.warm;
        } finally {
            state.lock.unlock();
        }
    }

    private long compare(int dims, int components) {
        try (Points points = madeUpPoints(dims, components)) {
            return compare(points, components);
        }
    }

    /** One small fit by each kernel; returns what both took. */
    private long compare(Points points, int components) {
        long vector = time(Kernels.vector(), points, components);
        long scalar = time(Kernels.scalar(), points, components);
        wins = vector * WINNING_FACTOR <= scalar ? wins + 1 : 0;
        warm = wins >= WINS;
        return vector + scalar;
    }

    private long time(Kernel kernel, Points points, int components) {
        FitOptions options = FitOptions.components(components).withCovariance(kind.covariance()).withRestarts(1)
                .withTolerance(0).withMaxIterations(5);
        long begin = System.nanoTime();
        Fitter.fit(kernel, points, options);
        return System.nanoTime() - begin;
    }

    private Points madeUpPoints(int dims, int components) {
        SplittableRandom random = new SplittableRandom(1);
        int size = Math.max(components, Tile.capacity(components, kind.type()) + POINTS_BESIDE_TILE);
        double[][] columns = new double[dims][size];
        for (double[] column : columns) {
            Arrays.setAll(column, n -> random.nextGaussian());
        }
        return Points.ofColumns(columns, kind.type());
    }
}
