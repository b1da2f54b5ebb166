package org.fusedem.fit;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
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
    public static final int DEFAULT_RESTARTS = 30;

    /** The default of {@link #finalists}. */
    public static final int DEFAULT_FINALISTS = 5;

    /** The default of {@link #shortIterations}. */
    public static final int DEFAULT_SHORT_ITERATIONS = 20;

    /** The default of {@link #tolerance}. */
    public static final double DEFAULT_TOLERANCE = 1e-7;

    /** The default of {@link #maxIterations}. */
    public static final int DEFAULT_MAX_ITERATIONS = 1000;

    /** The default of {@link #regularization}. */
    public static final double DEFAULT_REGULARIZATION = 1e-6;

    /** The default of {@link #stop}: says no. */
    public static final BooleanSupplier NEVER = () -> false;

    // Nothing writes to them once with() has returned.
    private int components;
    private Covariance covariance = Covariance.FULL;
    private Start start = new Start.KMeansPlusPlus();
    private List<Fixed> fixed = List.of();
    private int restarts = DEFAULT_RESTARTS;
    private int finalists = DEFAULT_FINALISTS;
    private int shortIterations = DEFAULT_SHORT_ITERATIONS;
    private long seed;
    private double tolerance = DEFAULT_TOLERANCE;
    private Convergence convergence = Convergence.GAIN;
    private Acceleration acceleration = Acceleration.NONE;
    private int maxIterations = DEFAULT_MAX_ITERATIONS;
    private double regularization = DEFAULT_REGULARIZATION;
    private double varianceFloor;
    private int[] exponents;
    private Prior prior;
    private Noise noise;
    private boolean missingValues;
    private int threads = 1;
    private Executor executor;
    private Progress progress = Progress.SILENT;
    private KernelChoice kernel = KernelChoice.AUTOMATIC;
    private BooleanSupplier stop = NEVER;
    private Checkpoints checkpoints = Checkpoints.NONE;
    private FitCheckpoint resume;

    private FitOptions() {}

    private FitOptions(FitOptions other) {
        components = other.components;
        covariance = other.covariance;
        start = other.start;
        fixed = other.fixed;
        restarts = other.restarts;
        finalists = other.finalists;
        shortIterations = other.shortIterations;
        seed = other.seed;
        tolerance = other.tolerance;
        convergence = other.convergence;
        acceleration = other.acceleration;
        maxIterations = other.maxIterations;
        regularization = other.regularization;
        varianceFloor = other.varianceFloor;
        exponents = other.exponents;
        prior = other.prior;
        noise = other.noise;
        missingValues = other.missingValues;
        threads = other.threads;
        executor = other.executor;
        progress = other.progress;
        kernel = other.kernel;
        stop = other.stop;
        checkpoints = other.checkpoints;
        resume = other.resume;
    }

    /** The defaults, for so many components. */
    public static FitOptions components(int components) {
        return new FitOptions().with(options -> options.components = components);
    }

    private FitOptions with(Consumer<FitOptions> change) {
        FitOptions changed = new FitOptions(this);
        change.accept(changed);
        OptionChecks.check(changed);
        return changed;
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

    /**
     * Parts of the start to leave as they are, none for all free; they replace those named before. The start must be a
     * {@link Start.Given} one, set before:
     * {@code options.withStart(new Start.Given(model)).withFixed(new Fixed.Weights(), new Fixed.Component(0))}.
     */
    public FitOptions withFixed(Fixed... changed) {
        List<Fixed> parts = List.of(changed);
        return with(options -> options.fixed = parts);
    }

    /** The parts of the start that the fit leaves as they are; none unless changed. */
    public List<Fixed> fixed() {
        return fixed;
    }

    /** Another number of restarts. */
    public FitOptions withRestarts(int changed) {
        return with(options -> options.restarts = changed);
    }

    /**
     * How many starts to try, from 1, for a single run, to {@link #MOST_RESTARTS}; 30 unless changed. If there are more
     * of them than {@link #finalists}, each is tried by a short EM run, and the best go on to their end; else each goes
     * to its end. The best result is kept.
     */
    public int restarts() {
        return restarts;
    }

    /** Another number of runs to the end. */
    public FitOptions withFinalists(int changed) {
        return with(options -> options.finalists = changed);
    }

    /**
     * How many of the restarts are run to their end, where there are more: those whose short runs came to the highest
     * log-likelihoods. For one that collapses on the way the next best steps in, until twice as many have run. At least
     * 1, and 5 unless changed; as many as {@link #restarts} for no short runs.
     */
    public int finalists() {
        return finalists;
    }

    /** Another length of short runs. */
    public FitOptions withShortIterations(int changed) {
        return with(options -> options.shortIterations = changed);
    }

    /**
     * The most iterations of a short run, at least 1; 20 unless changed. Where this is {@link #maxIterations} or more,
     * there are no short runs.
     */
    public int shortIterations() {
        return shortIterations;
    }

    /** How many starts there are: one, if nothing is left to chance. */
    int starts() {
        return switch (start) {
            case Start.KMeansPlusPlus _, Start.RandomPoints _, Start.RandomResponsibilities _ -> restarts;
            case Start.Given _, Start.Responsibilities _ -> 1;
            case Start.Labels labels -> labels.cover(components) ? 1 : restarts;
        };
    }

    /** Whether short runs choose among the starts. */
    public boolean hasShortRuns() {
        return starts() > finalists && maxIterations > shortIterations;
    }

    /** Another seed. */
    public FitOptions withSeed(long changed) {
        return with(options -> options.seed = changed);
    }

    /** Of all randomness; 0 unless changed. */
    public long seed() {
        return seed;
    }

    /** Another tolerance, 0 or more; 0 for exactly {@link #maxIterations}. */
    public FitOptions withTolerance(double changed) {
        return with(options -> options.tolerance = changed);
    }

    /**
     * An EM run ends when its {@link #convergence} test finds less than this: unless changed, when an iteration raises
     * the mean log-likelihood by less than this many nats. 0 means never. 1e-7 unless changed.
     */
    public double tolerance() {
        return tolerance;
    }

    /** Another test of convergence. */
    public FitOptions withConvergence(Convergence changed) {
        return with(options -> options.convergence = changed);
    }

    /** What must fall below the {@link #tolerance}; the gain per iteration unless changed. */
    public Convergence convergence() {
        return convergence;
    }

    /** With acceleration, or without. */
    public FitOptions withAcceleration(Acceleration changed) {
        return with(options -> options.acceleration = changed);
    }

    /** Whether EM runs take longer steps than EM's own; none unless changed. */
    public Acceleration acceleration() {
        return acceleration;
    }

    /** Another limit of iterations. */
    public FitOptions withMaxIterations(int changed) {
        return with(options -> options.maxIterations = changed);
    }

    /** The most iterations of each run to the end, 0 or more; 1000 unless changed. */
    public int maxIterations() {
        return maxIterations;
    }

    /** Another variance floor, relative to the data. */
    public FitOptions withRegularization(double changed) {
        return with(options -> options.regularization = changed);
    }

    /**
     * R, the variance floor relative to the data. Every covariance is held above
     *
     * <pre>
     * F = diag(f_1, ..., f_D)       f_i = max(R s_i^2, A)       s_i = min(sd_i, (q75_i - q25_i) / 1.349)
     * </pre>
     *
     * that is, {@code Sigma - F} has no negative eigenvalue; spherical ones above the average of the f_i. Here sd_i is
     * the standard deviation of feature i over all points, q25_i and q75_i are its quartiles (of a sample of 4096
     * points if there are more), so that a few wild values do not lift the floor for all the others; s_i is sd_i where
     * the quartiles are equal, and where all values are equal the average of the other features' (in squares), or 1 if
     * there are none. A is {@link #varianceFloor}. As long as A is 0 the units of the features do not matter.
     *
     * <p>A floor changes nothing as long as no component collapses. Of the covariances above it the M-step still takes
     * the one that maximises the likelihood, so EM remains EM (compare Ingrassia and Rocci, Constrained monotone EM
     * algorithms for finite mixture of multivariate Gaussians, 2007). R is from 0 to 1, where anything below 1e-12
     * counts as 1e-12; 1e-6 unless changed.
     */
    public double regularization() {
        return regularization;
    }

    /** Another variance floor, in the data's own squared units; 0 for none. */
    public FitOptions withVarianceFloor(double changed) {
        return with(options -> options.varianceFloor = changed);
    }

    /**
     * A, the absolute variance floor: no component's variance, in any direction, falls below it, nor below what
     * {@link #regularization} says. In the data's squared units, the same for every feature; so it only makes sense
     * where these are alike, or known from the way the data were measured. From 0 to 1e300; 0 unless changed.
     */
    public double varianceFloor() {
        return varianceFloor;
    }

    /** The same for features multiplied by two to these powers. */
    FitOptions rescaled(int[] changed) {
        return with(options -> options.exponents = changed);
    }

    /** The absolute variance floor of one feature, as the fit has scaled it. */
    double varianceFloor(int feature) {
        return exponents == null ? varianceFloor : Math.scalb(varianceFloor, 2 * exponents[feature]);
    }

    /** A prior, or null for none. */
    public FitOptions withPrior(Prior changed) {
        return with(options -> options.prior = changed);
    }

    /**
     * The prior on the mixture's parameters; null, for maximum likelihood, unless changed. With one the M-step
     * maximises the log-likelihood's bound plus the log of the prior's density, and their sum is what never falls, what
     * the {@link #tolerance} watches, and what the best of the restarts has most of.
     */
    public Prior prior() {
        return prior;
    }

    /** A uniform component for outliers, beside the others; null for none. */
    public FitOptions withNoise(Noise changed) {
        return with(options -> options.noise = changed);
    }

    /** The uniform component beside the {@link #components}; null, for none, unless changed. */
    public Noise noise() {
        return noise;
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
     * <p>The fitted model refuses NaN, as any other does;
     * {@link org.fusedem.model.GaussianMixture#withMissingValues} makes one of it that scores such points.
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
     * How many threads work on a pass, the caller included; 1 unless changed. More than one without an executor: the
     * fit starts threads and ends them before it returns.
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

    /** Somebody to ask whether to stop. */
    public FitOptions withStop(BooleanSupplier changed) {
        return with(options -> options.stop = changed);
    }

    /**
     * Asked after every E-step, on the thread that fits, whether to stop; {@link #NEVER} unless changed. Where it says
     * yes, the run ends ({@link org.fusedem.em.StopReason#STOPPED}), no other begins, and the result is the best so far.
     * It must go on saying yes.
     */
    public BooleanSupplier stop() {
        return stop;
    }

    /** Somebody to keep checkpoints. */
    public FitOptions withCheckpoints(Checkpoints changed) {
        return with(options -> options.checkpoints = changed);
    }

    /** Is offered where the fit stands; nobody unless changed. */
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /** A checkpoint to go on from; null to begin anew. */
    public FitOptions withResume(FitCheckpoint changed) {
        return with(options -> options.resume = changed);
    }

    /**
     * Where to go on; null, for the beginning, unless changed. The result is that of the same fit without a break, to
     * the bit with the same kernel and vector width, its times aside. Points and options must be the same, else
     * {@link Fitter#fit} refuses; only the number of threads, and who is told or asked, may differ. What a checkpoint
     * does not hold is the choice among starts by short runs, which are done again.
     */
    public FitCheckpoint resume() {
        return resume;
    }

    /** The components, the shape, and what differs from the defaults, on one line. */
    @Override
    public String toString() {
        return OptionsText.of(this);
    }
}
