package org.fusedem.fit;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.fusedem.em.EmLoop;
import org.fusedem.moments.Covariance;

/**
 * What to fit and how. Immutable; made by {@link #components(int)}, changed by the {@code with} methods, each of which
 * returns a changed copy and refuses a value out of range with {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * FitOptions options = FitOptions.components(3).withCovariance(Covariance.DIAGONAL).withSeed(7);
 * }</pre>
 */
public final class FitOptions {
    /** The most {@link #restarts}. */
    public static final int MOST_RESTARTS = 1_000_000;

    /** The default of {@link #restarts}. */
    public static final int DEFAULT_RESTARTS = 10;

    /** The default of {@link #tolerance}. */
    public static final double DEFAULT_TOLERANCE = 1e-7;

    /** The default of {@link #maxIterations}. */
    public static final int DEFAULT_MAX_ITERATIONS = 1000;

    /** The default of {@link #regularization}. */
    public static final double DEFAULT_REGULARIZATION = 1e-6;

    // Nothing writes to them once with() has returned.
    private int components;
    private Covariance covariance = Covariance.FULL;
    private Start start = new Start.KMeansPlusPlus();
    private int restarts = DEFAULT_RESTARTS;
    private long seed;
    private double tolerance = DEFAULT_TOLERANCE;
    private int maxIterations = DEFAULT_MAX_ITERATIONS;
    private double regularization = DEFAULT_REGULARIZATION;
    private boolean missingValues;
    private int threads = 1;
    private Executor executor;
    private Progress progress = Progress.SILENT;
    private KernelChoice kernel = KernelChoice.AUTOMATIC;

    private FitOptions() {}

    private FitOptions(FitOptions other) {
        components = other.components;
        covariance = other.covariance;
        start = other.start;
        restarts = other.restarts;
        seed = other.seed;
        tolerance = other.tolerance;
        maxIterations = other.maxIterations;
        regularization = other.regularization;
        missingValues = other.missingValues;
        threads = other.threads;
        executor = other.executor;
        progress = other.progress;
        kernel = other.kernel;
    }

    /** The defaults, for so many components. */
    public static FitOptions components(int components) {
        return new FitOptions().with(options -> options.components = components);
    }

    private FitOptions with(Consumer<FitOptions> change) {
        FitOptions changed = new FitOptions(this);
        change.accept(changed);
        changed.check();
        return changed;
    }

    private void check() {
        atLeastOne("components", components);
        Objects.requireNonNull(covariance, "covariance");
        Objects.requireNonNull(start, "start");
        atLeastOne("restarts", restarts);
        if (restarts > MOST_RESTARTS) {
            throw new IllegalArgumentException("restarts must be at most " + MOST_RESTARTS + ": restarts=" + restarts);
        }
        new EmLoop(tolerance, maxIterations);
        if (!(regularization >= 0 && regularization <= 1)) {
            throw new IllegalArgumentException("regularization must be from 0 to 1: regularization=" + regularization);
        }
        atLeastOne("threads", threads);
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(kernel, "kernel");
        if (start instanceof Start.Given(var model)
                && (model.components() != components || model.covariance() != covariance)) {
            throw new IllegalArgumentException("the start is another kind of mixture: asked for components=" + components
                    + ", covariance=" + covariance.label() + "; the start has components=" + model.components()
                    + ", covariance=" + model.covariance().label());
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + name + "=" + value);
        }
    }

    /** Another number of components, at least 1. */
    public FitOptions withComponents(int changed) {
        return with(options -> options.components = changed);
    }

    /** K. */
    public int components() {
        return components;
    }

    /** Another shape of covariances. */
    public FitOptions withCovariance(Covariance changed) {
        return with(options -> options.covariance = changed);
    }

    /** The shape of the covariances; full unless changed. */
    public Covariance covariance() {
        return covariance;
    }

    /** Another start; a {@link Start.Given} one brings its own covariance shape, which must be the one asked for. */
    public FitOptions withStart(Start changed) {
        return with(options -> options.start = changed);
    }

    /** Where each restart begins; k-means++ unless changed. */
    public Start start() {
        return start;
    }

    /** Another number of restarts. */
    public FitOptions withRestarts(int changed) {
        return with(options -> options.restarts = changed);
    }

    /** How many starts to try, each to its end; the best result is kept. 10 unless changed. */
    public int restarts() {
        return restarts;
    }

    /** Another seed. */
    public FitOptions withSeed(long changed) {
        return with(options -> options.seed = changed);
    }

    /** Of all randomness; 0 unless changed. */
    public long seed() {
        return seed;
    }

    /** Another tolerance, in nats per point; 0 for exactly {@link #maxIterations}. */
    public FitOptions withTolerance(double changed) {
        return with(options -> options.tolerance = changed);
    }

    /**
     * An EM run ends when an iteration raises the mean log-likelihood by less than this many nats; 0 means never. 1e-7
     * unless changed.
     */
    public double tolerance() {
        return tolerance;
    }

    /** Another limit of iterations. */
    public FitOptions withMaxIterations(int changed) {
        return with(options -> options.maxIterations = changed);
    }

    /** The most iterations of each run; 1000 unless changed. */
    public int maxIterations() {
        return maxIterations;
    }

    /** Another variance floor. */
    public FitOptions withRegularization(double changed) {
        return with(options -> options.regularization = changed);
    }

    /**
     * The variance floor R: no component's variance, in any direction, falls below R times the data's (each feature
     * measured in its own standard deviation; for spherical covariances, below R times the average variance). It changes
     * nothing as long as no component collapses. From 0 to 1, where anything below 1e-12 counts as 1e-12; 1e-6 unless
     * changed.
     */
    public double regularization() {
        return regularization;
    }

    /** Takes points with missing values too. */
    public FitOptions withMissingValues() {
        return with(options -> options.missingValues = true);
    }

    /**
     * Whether points may miss values ({@link org.fusedem.points.PointsBuilder#allowMissing}); not unless changed, and
     * then such points are refused. With it the fit maximises the likelihood of what is observed, exactly and for all
     * shapes: the E-step takes the expectation over the missing values too (Ghahramani and Jordan 1994). That is right
     * where values are missing at random, so that whether one is missing does not depend on what it would have been.
     *
     * <p>A point of which nothing is observed adds nothing to the log-likelihood; it slows the iterations down.
     */
    public boolean missingValues() {
        return missingValues;
    }

    /** So many threads, the caller included; the fit starts and ends the others. */
    public FitOptions withThreads(int changed) {
        return with(options -> {
            options.threads = changed;
            options.executor = null;
        });
    }

    /** So many threads, the caller included; the others are the executor's. */
    public FitOptions withExecutor(int changedThreads, Executor changed) {
        Objects.requireNonNull(changed, "executor");
        return with(options -> {
            options.threads = changedThreads;
            options.executor = changed;
        });
    }

    /**
     * How many threads work on a pass, the caller included; 1 unless changed. More than one without an executor: the fit
     * starts threads and ends them before it returns.
     */
    public int threads() {
        return threads;
    }

    /** Lends threads; null for none. */
    public Executor executor() {
        return executor;
    }

    /** Somebody to tell of every iteration. */
    public FitOptions withProgress(Progress changed) {
        return with(options -> options.progress = changed);
    }

    /** Is told of every iteration; nobody unless changed. */
    public Progress progress() {
        return progress;
    }

    /** A certain kernel, or the automatic choice. */
    public FitOptions withKernel(KernelChoice changed) {
        return with(options -> options.kernel = changed);
    }

    /** Which kernel does the arithmetic; {@link KernelChoice#AUTOMATIC} unless changed. */
    public KernelChoice kernel() {
        return kernel;
    }
}
