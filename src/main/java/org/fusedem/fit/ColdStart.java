package org.fusedem.fit;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.fusedem.events.Events;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.kernel.Tile;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * Whether the JIT has compiled the vector kernel. Interpreted, vectors are objects and a vector fit is some twenty
 * times slower than a scalar one; compiled, twenty times faster.
 *
 * <p>There is one of these for each pair of covariance shape and element type, since these have code of their own. It
 * warms up by small fits of made-up points on the thread that asks, and only when asked.
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

    private static final Map<Kind, ColdStart> ALL = new ConcurrentHashMap<>();

    private final Kind kind;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean warm;

    private ColdStart(Kind kind) {
        this.kind = kind;
    }

    /** What has code of its own. */
    private record Kind(Covariance covariance, ElementType type) {}

    private static ColdStart of(Covariance covariance, ElementType type) {
        return ALL.computeIfAbsent(new Kind(covariance, type), ColdStart::new);
    }

    /** The kernel for a fit that does not name one. */
    static Kernel choose(Points points, FitOptions options) {
        if (Kernels.chosen() == Kernels.scalar()) {
            return told(Kernels.chosen(), Kernels.forced() ? "forced" : "only");
        }
        if (Kernels.forced()) {
            return told(Kernels.chosen(), "forced");
        }
        if (isLarge(points, options)) {
            return told(Kernels.chosen(), "large");
        }
        return of(NoiseComponent.kernelShape(options), points.type()).warm
                ? told(Kernels.chosen(), "warm") : told(Kernels.scalar(), "cold");
    }

    /** The same kernel, and the recorder knows why. */
    static Kernel told(Kernel kernel, String reason) {
        Events.kernelChosen(kernel.name(), kernel.vectorBits(), reason);
        return kernel;
    }

    /** Floating-point operations of the fit, counted as in benchmarks/NOTES.md. */
    private static boolean isLarge(Points points, FitOptions options) {
        double d = points.dims();
        double perPair = switch (NoiseComponent.kernelShape(options)) {
            case SPHERICAL, DIAGONAL -> 8 * d;
            case TIED, FULL -> 2 * d * (d + 1) + 4 * d;
        };
        double passes = passes(options.maxIterations());
        double visits = options.hasShortRuns()
                ? points.size() * passes * options.finalists()
                        + ShortRuns.size(points, options) * passes(options.shortIterations()) * options.starts()
                : points.size() * passes * options.starts();
        return visits * perPair * options.components() >= LARGE_WORK;
    }

    private static int passes(int mostIterations) {
        return 1 + Math.min(EXPECTED_ITERATIONS, mostIterations);
    }

    /**
     * Warms up fits and scores until they get no faster, or the time is over.
     *
     * @return whether both are warm
     */
    static boolean warmUp(Covariance covariance, ElementType type, int dims, int components, long nanos) {
        ColdStart state = of(covariance, type);
        long end = System.nanoTime() + nanos;
        state.lock.lock();
        try (Points points = state.madeUpPoints(dims, components)) {
            return state.fitUntilWarm(points, components, end)
                    && ScoringWarmUp.run(covariance, type, components, points, end);
        } finally {
            state.lock.unlock();
        }
    }

    private boolean fitUntilWarm(Points points, int components, long end) {
        Kernel kernel = Kernels.chosen();
        long best = Long.MAX_VALUE;
        // Plain loops need not win.
        int wins = kernel == Kernels.scalar() ? WINS : 0;
        int sinceFaster = 0;
        while (wins < WINS || sinceFaster < PATIENCE) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            long time = time(kernel, points, components);
            if (wins < WINS) {
                wins = time * WINNING_FACTOR <= time(Kernels.scalar(), points, components) ? wins + 1 : 0;
                warm |= wins >= WINS;
            }
            sinceFaster = time < 0.95 * best ? 0 : sinceFaster + 1;
            best = Math.min(best, time);
        }
        return true;
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
