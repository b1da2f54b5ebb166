package org.fusedem.online;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.fusedem.events.Events;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Start;
import org.fusedem.kernel.Densities;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Window;

/**
 * Fits a mixture to a {@link Window} again and again, each time from the model of the last: in place, on the calling
 * thread, with memory that is allocated once. A refit allocates nothing, starts no thread and takes no lock; it can be
 * held to a deadline, or done in small steps.
 *
 * <pre>{@code
 * FitOptions options = FitOptions.components(3);
 * try (Points points = window.copy();
 *         Refitter refitter = Refitter.of(window, options)) {
 *     refitter.startFrom(Fitter.fit(points, options).model());
 *     window.append(newest);
 *     RefitReason reason = refitter.refitUntil(System.nanoTime() + 100_000);
 *     refitter.copyMeans(means);
 * }
 * }</pre>
 *
 * <p>A refit is EM, and comes to what {@code Fitter.fit} comes to for the same points, start and options, but for
 * rounding: the variance floor follows the points that are in the window, and an M-step that lowers the log-likelihood
 * is taken back. What it saves: the moments of each block of points are kept, with the parameters they were made with;
 * so the first E-step from the model of the last refit looks only at blocks that have new points. (A block is a tile,
 * or part of one where the window has few; see {@link Sweep} for refits whose every step costs no more than that.)
 *
 * <p>The model may be read at any time: it is that of the last M-step. In exact arithmetic each has a higher
 * log-likelihood than the one before, also when a deadline has cut the refit short.
 *
 * <p>Points may be appended between the steps of a refit: blocks not visited yet take them in, the others at the next
 * refit. As long as they come, gains say nothing, and a refit ends by its number of iterations.
 *
 * <p>Not thread-safe: one thread at a time, which must be the one that appends.
 */
public final class Refitter extends OnlineFit {
    private final Window window;
    private final FitOptions options;
    private final LongSupplier clock;
    private final RefitRun run;
    /** When the refit under way began: for events. */
    private long beginNanos;
    private boolean closed;

    /** With a clock of its own, for tests. */
    Refitter(Window window, FitOptions options, Sweep sweep, LongSupplier clock) {
        super(options, window.dims(), window.type());
        window.slots().checkOpen();
        this.window = window;
        this.options = options;
        this.clock = clock;
        if (options.start() instanceof Start.Given(GaussianMixture model)) {
            estimate.set(model);
        }
        Blocks blocks = new Blocks(kernel, window, options.covariance(), options.components(), arena);
        Densities densities = Densities.of(kernel, estimate.parameters());
        run = new RefitRun(window, options, Objects.requireNonNull(sweep, "sweep"), estimate, blocks, densities);
    }

    /**
     * A refitter of batch sweeps.
     *
     * @param options components, covariance, tolerance, maxIterations, regularization, varianceFloor and kernel count,
     *     and a given start; the automatic kernel is the vector kernel wherever there is one, so warm it up
     *     ({@link org.fusedem.fit.ComputeKernel#warmUp}) before the first refit that matters
     * @throws IllegalArgumentException if the options ask for a prior, missing values, noise, fixed parts, checkpoints,
     *     acceleration, more than one thread, another convergence test than the gain, or a stop ({@link #refitUntil}
     *     and {@link #step(int)} end where they are told to), or a given start is of other dims
     * @throws IllegalStateException if the window is closed, or the vector kernel is asked for in a JVM without it
     */
    public static Refitter of(Window window, FitOptions options) {
        return of(window, options, Sweep.BATCH);
    }

    /** As {@link #of(Window, FitOptions)}, with sweeps of this kind. */
    public static Refitter of(Window window, FitOptions options, Sweep sweep) {
        return new Refitter(window, options, sweep, System::nanoTime);
    }

    /**
     * Takes a model to go on from, and ends the refit under way, if there is one. Allocates nothing.
     *
     * @throws IllegalArgumentException if it is another kind of mixture than the options say
     */
    public void startFrom(GaussianMixture model) {
        estimate.set(model);
        run.restart();
    }

    /**
     * A whole refit, however long it takes. One under way is given up, but for the model it has come to.
     *
     * @return why it ended
     * @throws IllegalStateException if there is no model to start from, or the window or this is closed
     */
    public RefitReason refit() {
        begin(options.maxIterations());
        while (run.isUnderWay()) {
            run.advance();
        }
        return run.reason();
    }

    /**
     * A refit until a moment in time, and no longer than one tile of points past it.
     *
     * @param deadlineNanos as {@link System#nanoTime} counts
     * @return why it ended
     * @throws IllegalStateException as {@link #refit()}
     */
    public RefitReason refitUntil(long deadlineNanos) {
        return refitUntil(deadlineNanos, options.maxIterations());
    }

    /**
     * A refit until a moment in time, of at most so many iterations.
     *
     * @param deadlineNanos as {@link System#nanoTime} counts
     * @param mostIterations instead of what the options say; 0 or more
     * @return why it ended
     * @throws IllegalArgumentException if {@code mostIterations} is negative
     * @throws IllegalStateException as {@link #refit()}
     */
    public RefitReason refitUntil(long deadlineNanos, int mostIterations) {
        if (mostIterations < 0) {
            throw new IllegalArgumentException("mostIterations must not be negative: mostIterations=" + mostIterations);
        }
        begin(mostIterations);
        for (long units = 0; run.isUnderWay(); units++) {
            long now = clock.getAsLong();
            beginNanos = units == 0 ? now : beginNanos;
            // A difference, since the clock may overflow.
            if (now - deadlineNanos >= 0) {
                missDeadline(deadlineNanos, now);
            } else {
                run.advance();
            }
        }
        return run.reason();
    }

    /**
     * Goes on with the refit under way, or begins one: for loops that do a little of everything in turn.
     *
     * @param maxTiles how much to do at most, in tiles of points; an M-step counts as one too
     * @return whether the refit has ended; {@link #reason()} then says why
     * @throws IllegalArgumentException if {@code maxTiles} is not positive
     * @throws IllegalStateException as {@link #refit()}
     */
    public boolean step(int maxTiles) {
        if (maxTiles <= 0) {
            throw new IllegalArgumentException("maxTiles must be positive: maxTiles=" + maxTiles);
        }
        if (run.isUnderWay()) {
            checkOpen();
            run.noteChanges();
        } else {
            begin(options.maxIterations());
            beginNanos = clock.getAsLong();
        }
        for (int tile = 0; tile < maxTiles && run.isUnderWay(); tile++) {
            run.advance();
        }
        return !run.isUnderWay();
    }

    /**
     * As {@link #step(int)}, and ends the refit if its time is over after that: so every step does something, and a refit
     * is no more than one step late.
     *
     * @param deadlineNanos for the whole refit, as {@link System#nanoTime} counts; the same at each step of it
     * @return whether the refit has ended
     * @throws IllegalArgumentException if {@code maxTiles} is not positive
     * @throws IllegalStateException as {@link #refit()}
     */
    public boolean step(int maxTiles, long deadlineNanos) {
        if (step(maxTiles)) {
            return true;
        }
        long now = clock.getAsLong();
        if (now - deadlineNanos < 0) {
            return false;
        }
        missDeadline(deadlineNanos, now);
        return true;
    }

    private void missDeadline(long deadlineNanos, long now) {
        run.end(RefitReason.DEADLINE);
        Events.deadlineMissed("refit", deadlineNanos - beginNanos, now - beginNanos, run.iterations());
    }

    private void begin(int mostIterations) {
        checkOpen();
        estimate.checkModel();
        run.begin(mostIterations);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this refitter is closed: use it before close()");
        }
        window.slots().checkOpen();
    }

    /** Why the last refit ended; null before the first has, and while one is under way. */
    public RefitReason reason() {
        return run.isUnderWay() ? null : run.reason();
    }

    /** How many iterations the last refit has done, or the one under way so far. */
    public int iterations() {
        return run.iterations();
    }

    /**
     * The latest log-likelihood of the window's points, in nats: the model's own if {@link #isEvaluated()}, else, in
     * batch sweeps, of the parameters before the last M-step, which that can only raise; in incremental ones the sum
     * over the blocks, each as it was visited last. NaN before there is one.
     */
    public double logLikelihood() {
        return run.logLikelihood();
    }

    /** {@link #logLikelihood()} divided by the number of points that it is of. */
    public double meanLogLikelihood() {
        return run.logLikelihood() / run.totalWeight();
    }

    /** Whether {@link #logLikelihood()} is that of the model as it is. */
    public boolean isEvaluated() {
        return run.isEvaluated();
    }

    /** Frees the scratch memory; the window stays open. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
        }
    }
}
