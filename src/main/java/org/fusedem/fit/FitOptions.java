package org.fusedem.fit;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.fusedem.em.EmLoop;
import org.fusedem.moments.Covariance;

/**
 * What to fit and how. Immutable; made by {@link #components}, changed by the {@code with} methods, each of which returns
 * a changed copy and refuses a value out of range with {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * FitOptions options = FitOptions.components(3).withCovariance(Covariance.DIAGONAL).withSeed(7);
 * }</pre>
 *
 * @param components K, at least 1
 * @param covariance the shape of the covariances; full unless changed
 * @param start where each restart begins; k-means++ unless changed
 * @param restarts how many starts to try, each to its end; the best result is kept. 10 unless changed
 * @param seed of all randomness; 0 unless changed
 * @param tolerance an EM run ends when an iteration raises the mean log-likelihood by less than this many nats; 0 means
 *     never. 1e-7 unless changed
 * @param maxIterations the most iterations of each run; 1000 unless changed
 * @param regularization the variance floor R: no component's variance, in any direction, falls below R times the data's
 *     (each feature measured in its own standard deviation; for spherical covariances, below R times the average
 *     variance). It changes nothing as long as no component collapses. From 0 to 1, where anything below 1e-12 counts as
 *     1e-12; 1e-6 unless changed
 * @param threads how many threads work on a pass, the caller included; 1 unless changed. More than one without an
 *     executor: the fit starts threads and ends them before it returns
 * @param executor lends threads; null for none
 * @param progress is told of every iteration; nobody unless changed
 * @param kernel which kernel does the arithmetic; {@link KernelChoice#AUTOMATIC} unless changed
 */
public record FitOptions(
        int components,
        Covariance covariance,
        Start start,
        int restarts,
        long seed,
        double tolerance,
        int maxIterations,
        double regularization,
        int threads,
        Executor executor,
        Progress progress,
        KernelChoice kernel) {
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

    /** Checks the ranges. */
    public FitOptions {
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

    /** The defaults, for so many components. */
    public static FitOptions components(int components) {
        return new FitOptions(components, Covariance.FULL, new Start.KMeansPlusPlus(), DEFAULT_RESTARTS, 0,
                DEFAULT_TOLERANCE, DEFAULT_MAX_ITERATIONS, DEFAULT_REGULARIZATION, 1, null, Progress.SILENT,
                KernelChoice.AUTOMATIC);
    }

    /** Another shape of covariances. */
    public FitOptions withCovariance(Covariance changed) {
        return new FitOptions(components, changed, start, restarts, seed, tolerance, maxIterations, regularization, threads,
                executor, progress, kernel);
    }

    /** Another start; a {@link Start.Given} one brings its own covariance shape, which must be the one asked for. */
    public FitOptions withStart(Start changed) {
        return new FitOptions(components, covariance, changed, restarts, seed, tolerance, maxIterations, regularization,
                threads, executor, progress, kernel);
    }

    /** Another number of restarts. */
    public FitOptions withRestarts(int changed) {
        return new FitOptions(components, covariance, start, changed, seed, tolerance, maxIterations, regularization,
                threads, executor, progress, kernel);
    }

    /** Another seed. */
    public FitOptions withSeed(long changed) {
        return new FitOptions(components, covariance, start, restarts, changed, tolerance, maxIterations, regularization,
                threads, executor, progress, kernel);
    }

    /** Another tolerance, in nats per point; 0 for exactly {@link #maxIterations}. */
    public FitOptions withTolerance(double changed) {
        return new FitOptions(components, covariance, start, restarts, seed, changed, maxIterations, regularization,
                threads, executor, progress, kernel);
    }

    /** Another limit of iterations. */
    public FitOptions withMaxIterations(int changed) {
        return new FitOptions(components, covariance, start, restarts, seed, tolerance, changed, regularization, threads,
                executor, progress, kernel);
    }

    /** Another variance floor. */
    public FitOptions withRegularization(double changed) {
        return new FitOptions(components, covariance, start, restarts, seed, tolerance, maxIterations, changed, threads,
                executor, progress, kernel);
    }

    /** So many threads, the caller included; the fit starts and ends the others. */
    public FitOptions withThreads(int changed) {
        return new FitOptions(components, covariance, start, restarts, seed, tolerance, maxIterations, regularization,
                changed, null, progress, kernel);
    }

    /** So many threads, the caller included; the others are the executor's. */
    public FitOptions withExecutor(int changedThreads, Executor changed) {
        return new FitOptions(components, covariance, start, restarts, seed, tolerance, maxIterations, regularization,
                changedThreads, Objects.requireNonNull(changed), progress, kernel);
    }

    /** Somebody to tell of every iteration. */
    public FitOptions withProgress(Progress changed) {
        return new FitOptions(components, covariance, start, restarts, seed, tolerance, maxIterations, regularization,
                threads, executor, changed, kernel);
    }

    /** A certain kernel, or the automatic choice. */
    public FitOptions withKernel(KernelChoice changed) {
        return new FitOptions(components, covariance, start, restarts, seed, tolerance, maxIterations, regularization,
                threads, executor, progress, changed);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + name + "=" + value);
        }
    }
}
