package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.fusedem.em.ExtrapolatedModel;
import org.fusedem.em.StopReason;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.LabelledDensities;
import org.fusedem.kernel.Observations;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Passes;
import org.fusedem.kernel.Rounding;
import org.fusedem.kernel.Team;
import org.fusedem.maximization.Maximization;
import org.fusedem.maximization.VarianceFloor;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;

/**
 * A Gaussian mixture over given points, as the EM loop sees it: the E-step is a fused pass that leaves moments, the
 * M-step turns them into parameters. Everything is allocated here, once.
 */
final class GaussianEm implements ExtrapolatedModel {
    /** Passes over all points, wherever these are. */
    @FunctionalInterface
    interface AllPasses {
        /** One pass; its moments are valid until the next. */
        Moments run(Densities stageOne, Assignment stageTwo, double[] shifts);
    }

    private final Parameters parameters;
    private final Parameters before;
    private final Parameters beforeMove;
    private final GaussianCoordinates coordinates;
    private final ElementType type;
    /** Below this there are points whose log-densities kernels no longer compute: they stop at -1e300, or at -1e30. */
    private final double leastLogLikelihood;
    private final AllPasses passes;
    private final ConjugatePrior prior;
    private final FixedParts fixed;
    private final NoiseComponent noise;
    private final Maximization maximization;
    private final EventLog events;
    private final Densities densities;
    private final double totalWeight;
    private final Progress progress;
    private Moments moments;
    private int restart;
    private int iteration;
    private Runnable beforeMaximization = () -> { };

    /** A mixture over the points of this process. */
    GaussianEm(
            Kernel kernel,
            Observations observations,
            FitOptions options,
            FeatureScales scales,
            Team team,
            Arena arena) {
        this(kernel, observations.points().type(), options, scales,
                ConjugatePrior.of(kernel, observations.points(), options, scales, team, arena),
                densities -> options.start() instanceof Start.Labels given && given.fixed()
                        ? LabelledDensities.of(densities, given.shared(), observations) : densities,
                all -> new Passes(kernel, observations, all.covariance(), all.components(), team, arena)::run);
    }

    /** A mixture over points that only the passes know. */
    GaussianEm(Kernel kernel, ElementType type, FitOptions options, FeatureScales scales, AllPasses passes) {
        this(kernel, type, options, scales, null, densities -> densities, all -> passes);
    }

    private GaussianEm(
            Kernel kernel,
            ElementType type,
            FitOptions options,
            FeatureScales scales,
            ConjugatePrior prior,
            UnaryOperator<Densities> labelling,
            Function<Parameters, AllPasses> passesFor) {
        int dims = scales.means().length;
        this.type = type;
        this.prior = prior;
        parameters = new Parameters(options.covariance(), options.components(), dims);
        before = new Parameters(options.covariance(), options.components(), dims);
        beforeMove = new Parameters(options.covariance(), options.components(), dims);
        leastLogLikelihood = type == ElementType.FLOAT32 ? -1e28 : -1e298;
        noise = options.noise() == null ? null : new NoiseComponent(options, parameters);
        Parameters all = kernelParameters();
        passes = passesFor.apply(all);
        events = new EventLog(options.components());
        VarianceFloor floor = new VarianceFloor(options.covariance(), dims);
        floor.set(floors(options, scales.bulkVariances()), scales.constant());
        fixed = FixedParts.of(options);
        fixed.checkDistances(options, type, scales);
        coordinates = new GaussianCoordinates(parameters, fixed, scales.variances());
        maximization = new Maximization(floor, prior, fixed, dims, events);
        densities = labelling.apply(Densities.of(kernel, all));
        totalWeight = scales.totalWeight();
        progress = options.progress();
    }

    private static double[] floors(FitOptions options, double[] variances) {
        double[] floors = new double[variances.length];
        double relative = VarianceFloor.relative(options.regularization());
        Arrays.setAll(floors, i -> Math.max(relative * variances[i], options.varianceFloor(i)));
        return floors;
    }

    /** Forgets the last run; the caller then sets the parameters by {@link #startFrom} or {@link #startWith}. */
    void begin(int newRestart) {
        restart = newRestart;
        iteration = 0;
        events.clear();
        if (noise != null) {
            noise.begin();
        }
    }

    /** What kernels see: the parameters, and the noise if there is any, as they are now; live until these change. */
    Parameters kernelParameters() {
        return noise == null ? parameters : noise.all();
    }

    /** Somebody to be called when an E-step is done and its M-step is to come. */
    void beforeMaximization(Runnable action) {
        beforeMaximization = action;
    }

    /** The run as it stands, but for its trace. */
    RunState state(double[] logLikelihoods, double[] logPriors, long[] nanos, StopReason stopReason) {
        return new RunState(restart, events.affectedComponents(), parameters.weights().clone(),
                parameters.means().clone(), parameters.covariances().clone(), noise == null ? 0 : noise.weight(),
                logLikelihoods, logPriors, nanos, events.toList(), stopReason);
    }

    /** The parameters and events of a run, to the bit. */
    void restore(RunState state) {
        begin(state.restart());
        if (noise != null) {
            noise.weight(state.noiseWeight());
        }
        System.arraycopy(state.weights(), 0, parameters.weights(), 0, state.weights().length);
        System.arraycopy(state.means(), 0, parameters.means(), 0, state.means().length);
        System.arraycopy(state.covariances(), 0, parameters.covariances(), 0, state.covariances().length);
        if (parameters.factorize() >= 0) {
            throw new IllegalArgumentException("the checkpoint is damaged: a covariance is not positive definite");
        }
        iteration = state.nanos().length;
        events.restore(state.events(), iteration);
    }

    private Moments run(Densities stageOne, Assignment stageTwo, double[] shifts) {
        Moments ofAll = passes.run(stageOne, stageTwo, shifts);
        return noise == null ? ofAll : noise.ofGaussians(ofAll);
    }

    /**
     * Starts with an M-step on responsibilities from elsewhere. Components without any keep the parameters they have,
     * and the noise, if there is any, its weight.
     *
     * @param stageOne of {@link #kernelParameters} as to the number of components
     * @param shifts what to subtract from the points of each component
     */
    void startFrom(Densities stageOne, Assignment stageTwo, double[] shifts) {
        maximization.maximize(run(stageOne, stageTwo, shifts), parameters);
    }

    /** Starts with copies of these parameters, lifted to the variance floor. */
    void startWith(double[] weights, double[] means, double[] covariances) {
        System.arraycopy(weights, 0, parameters.weights(), 0, weights.length);
        System.arraycopy(means, 0, parameters.means(), 0, means.length);
        System.arraycopy(covariances, 0, parameters.covariances(), 0, covariances.length);
        startWith();
    }

    /**
     * Starts with the parameters as the caller has set them, lifted to the variance floor.
     *
     * @throws IllegalArgumentException if parts are fixed such that some point has no density at all
     */
    void startWith() {
        maximization.enforceFloor(parameters);
        // What is free follows the points, and no iteration will lower this. What is fixed may be anywhere.
        if (fixed.any() && !(logLikelihood() > leastLogLikelihood)) {
            throw new IllegalArgumentException("some point is so far from every component, in standard deviations of"
                    + " a start of which parts are fixed, that its density is no number: log-likelihood="
                    + logLikelihood());
        }
    }

    @Override
    public double expectation() {
        moments = run(densities, Assignment.SOFT, kernelParameters().shifts());
        progress.iteration(restart, iteration, moments.logLikelihood() / totalWeight);
        return moments.logLikelihood();
    }

    @Override
    public void maximization() {
        beforeMaximization.run();
        events.enter(++iteration);
        before.copyFrom(parameters);
        maximization.maximize(moments, parameters);
        if (noise != null) {
            noise.maximize();
        }
    }

    @Override
    public void undo() {
        parameters.copyFrom(before);
        if (noise != null) {
            noise.undo();
        }
    }

    /** The noise's weight is the last one. */
    @Override
    public int coordinates() {
        return coordinates.count() + (noise == null ? 0 : 1);
    }

    @Override
    public void copyCoordinates(double[] into) {
        coordinates.copyTo(into);
        if (noise != null) {
            into[coordinates.count()] = noise.weight();
        }
    }

    /**
     * Only mixtures above the variance floor are moved to: a component on the floor is left to the M-step, which
     * reports it.
     */
    @Override
    public boolean moveTo(double[] point) {
        beforeMove.copyFrom(parameters);
        boolean moved = (noise == null || noise.moveTo(point[coordinates.count()])) && coordinates.setFrom(point)
                && maximization.isAboveFloor(parameters) && parameters.factorize() < 0;
        if (!moved) {
            moveBack();
        }
        return moved;
    }

    @Override
    public void moveBack() {
        parameters.copyFrom(beforeMove);
        if (noise != null) {
            noise.moveBack();
        }
    }

    /** See {@link GaussianCoordinates#changeFrom}; the noise's weight is a weight. */
    @Override
    public double parameterChange() {
        double change = coordinates.changeFrom(before);
        return noise == null ? change : Math.max(change, noise.change());
    }

    /** See {@link Rounding#bound}; the terms of a prior, if there is one, are some more summands. */
    @Override
    public double roundingBound(double objective) {
        double ofPrior = prior == null ? 0 : prior.terms() + 2 * Math.abs(logPrior());
        return Rounding.bound(type, Math.abs(objective) + parameters.dims() * totalWeight + ofPrior);
    }

    @Override
    public double logPrior() {
        return prior == null ? 0 : prior.log(parameters);
    }

    @Override
    public double logLikelihood() {
        return passes.run(densities, Assignment.NONE, kernelParameters().shifts()).logLikelihood();
    }

    @Override
    public double totalWeight() {
        return totalWeight;
    }

    /** The current parameters; live. */
    Parameters parameters() {
        return parameters;
    }

    /** The component beside them, or null. */
    NoiseComponent noise() {
        return noise;
    }

    /** What has happened since {@link #begin}. */
    EventLog events() {
        return events;
    }
}
