package org.fusedem.service;

import java.time.Duration;
import java.util.Objects;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.online.Sweep;
import org.fusedem.points.ElementType;

/**
 * What a {@link FittingAgent} fits, and how much of it in one duty cycle.
 *
 * <pre>{@code
 * FittingOptions options = FittingOptions.startingFrom(model).withWindow(5000).withDeadline(Duration.ofMillis(1));
 * }</pre>
 *
 * <p>Immutable; each method gives new options.
 */
public final class FittingOptions {
    /** EM iterations of a fit: points come while it runs, so it has no end of its own, and follows them anyhow. */
    public static final int DEFAULT_ITERATIONS = 10;

    /** Points in the window. */
    public static final int DEFAULT_WINDOW = 1000;

    /** New points between the beginnings of two fits. */
    public static final int DEFAULT_REFIT_AFTER = 10;

    /** Tiles of a duty cycle: one is some 10 to 100 microseconds of work. */
    public static final int DEFAULT_TILES_PER_CYCLE = 1;

    /** Messages of a duty cycle: some 10 microseconds of work, so that a fit does not wait for long. */
    public static final int DEFAULT_MESSAGES_PER_CYCLE = 256;

    /** What a long of nanoseconds holds: some 292 years. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final FitListener NOBODY = (nanos, iterations, logLikelihood) -> {};

    private final FitOptions fit;
    private final Sweep sweep;
    private final ElementType type;
    private final int window;
    private final int refitAfter;
    private final long deadlineNanos;
    private final int tilesPerCycle;
    private final int messagesPerCycle;
    private final FitListener listener;

    private FittingOptions(FitOptions fit, Sweep sweep, ElementType type, int window, int refitAfter,
            long deadlineNanos, int tilesPerCycle, int messagesPerCycle, FitListener listener) {
        this.fit = fit;
        this.sweep = sweep;
        this.type = type;
        this.window = window;
        this.refitAfter = refitAfter;
        this.deadlineNanos = deadlineNanos;
        this.tilesPerCycle = tilesPerCycle;
        this.messagesPerCycle = messagesPerCycle;
        this.listener = listener;
    }

    /**
     * Fits of up to {@value #DEFAULT_ITERATIONS} iterations that start from this model, and each one from the last; it
     * also says the shape, dims and components. Fit some history with {@link org.fusedem.fit.Fitter} to get one.
     */
    public static FittingOptions startingFrom(GaussianMixture model) {
        return of(FitOptions.components(model.components())
                .withCovariance(model.covariance())
                .withStart(new Start.Given(model))
                .withMaxIterations(DEFAULT_ITERATIONS));
    }

    /**
     * Fits with these options, as far as {@link org.fusedem.online.Refitter} takes them.
     *
     * @throws IllegalArgumentException if the start is not a given model
     */
    public static FittingOptions of(FitOptions fit) {
        if (!(fit.start() instanceof Start.Given)) {
            throw new IllegalArgumentException("fits must start from a given model: start=" + fit.start());
        }
        return new FittingOptions(fit, Sweep.BATCH, ElementType.FLOAT64, DEFAULT_WINDOW, DEFAULT_REFIT_AFTER,
                Long.MAX_VALUE, DEFAULT_TILES_PER_CYCLE, DEFAULT_MESSAGES_PER_CYCLE, NOBODY);
    }

    /**
     * How many points the window holds, the latest ones; {@value #DEFAULT_WINDOW} if not said. There is no fit before
     * it is full.
     */
    public FittingOptions withWindow(int points) {
        return new FittingOptions(fit, sweep, type, positive("window", points), refitAfter, deadlineNanos,
                tilesPerCycle, messagesPerCycle, listener);
    }

    /** How the window stores numbers; {@code FLOAT64} if not said. */
    public FittingOptions withType(ElementType changed) {
        return new FittingOptions(fit, sweep, Objects.requireNonNull(changed), window, refitAfter, deadlineNanos,
                tilesPerCycle, messagesPerCycle, listener);
    }

    /** In which order fits take their steps; {@link Sweep#BATCH} if not said. */
    public FittingOptions withSweep(Sweep changed) {
        return new FittingOptions(fit, Objects.requireNonNull(changed), type, window, refitAfter, deadlineNanos,
                tilesPerCycle, messagesPerCycle, listener);
    }

    /**
     * A fit begins when so many points have come since the last one began; {@value #DEFAULT_REFIT_AFTER} if not said.
     */
    public FittingOptions withRefitAfter(int points) {
        return new FittingOptions(fit, sweep, type, window, positive("refitAfter", points), deadlineNanos,
                tilesPerCycle, messagesPerCycle, listener);
    }

    /**
     * A fit is ended when it takes longer, and what it has reached is published; the counters show how often. Without
     * this call there is no deadline.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public FittingOptions withDeadline(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline must be positive: deadline=" + deadline);
        }
        long nanos = deadline.compareTo(LONGEST) < 0 ? deadline.toNanos() : Long.MAX_VALUE;
        return new FittingOptions(fit, sweep, type, window, refitAfter, nanos, tilesPerCycle, messagesPerCycle,
                listener);
    }

    /**
     * How much of a fit one duty cycle does at most, in tiles of a few hundred points;
     * {@value #DEFAULT_TILES_PER_CYCLE} if not said.
     */
    public FittingOptions withTilesPerCycle(int tiles) {
        return new FittingOptions(fit, sweep, type, window, refitAfter, deadlineNanos,
                positive("tilesPerCycle", tiles), messagesPerCycle, listener);
    }

    /** The most messages that one duty cycle reads; {@value #DEFAULT_MESSAGES_PER_CYCLE} if not said. */
    public FittingOptions withMessagesPerCycle(int messages) {
        return new FittingOptions(fit, sweep, type, window, refitAfter, deadlineNanos, tilesPerCycle,
                positive("messagesPerCycle", messages), listener);
    }

    /** Who is told of each fit; nobody if not said. */
    public FittingOptions withListener(FitListener changed) {
        return new FittingOptions(fit, sweep, type, window, refitAfter, deadlineNanos, tilesPerCycle,
                messagesPerCycle, Objects.requireNonNull(changed));
    }

    private static int positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + name + "=" + value);
        }
        return value;
    }

    FitOptions fit() {
        return fit;
    }

    /** The model of the start. */
    GaussianMixture model() {
        return ((Start.Given) fit.start()).model();
    }

    Sweep sweep() {
        return sweep;
    }

    ElementType type() {
        return type;
    }

    int window() {
        return window;
    }

    int refitAfter() {
        return refitAfter;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    int tilesPerCycle() {
        return tilesPerCycle;
    }

    int messagesPerCycle() {
        return messagesPerCycle;
    }

    FitListener listener() {
        return listener;
    }
}
