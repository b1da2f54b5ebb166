package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.fusedem.em.ExtrapolatedModel;
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
import org.fusedem.points.Points;

/**
 * A Gaussian mixture over given points, as the EM loop sees it: the E-step is a fused pass that leaves moments, the
 * M-step turns them into parameters. Everything is allocated here, once.
 */
final class GaussianEm implements ExtrapolatedModel {
    private final Parameters parameters;
    private final Parameters before;
    private final Parameters beforeMove;
    private final GaussianCoordinates coordinates;
    private final ElementType type;
    private final Passes passes;
    private final ConjugatePrior prior;
    private final Maximization maximization;
    private final EventLog events;
    private final Densities densities;
    private final double totalWeight;
    private final Progress progress;
    private Moments moments;
    private int restart;
    private int iteration;

    GaussianEm(
            Kernel kernel,
            Observations observations,
            FitOptions options,
            FeatureScales scales,
            Team team,
            Arena arena) {
        Points points = observations.points();
        parameters = new Parameters(options.covariance(), options.components(), points.dims());
        before = new Parameters(options.covariance(), options.components(), points.dims());
        beforeMove = new Parameters(options.covariance(), options.components(), points.dims());
        coordinates = new GaussianCoordinates(parameters, scales.variances());
        type = points.type();
        passes = new Passes(kernel, observations, options.covariance(), options.components(), team, arena);
        events = new EventLog(options.components());
        VarianceFloor floor = new VarianceFloor(options.covariance(), points.dims());
        floor.set(floors(options, scales.bulkVariances()));
        prior = ConjugatePrior.of(kernel, points, options, scales, team, arena);
        maximization = new Maximization(floor, prior, points.dims(), events);
        Densities unlabelled = Densities.of(kernel, parameters);
        densities = options.start() instanceof Start.Labels given && given.fixed()
                ? LabelledDensities.of(unlabelled, given.shared(), observations) : unlabelled;
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
    }

    /**
     * Starts with an M-step on responsibilities from elsewhere. Components without any keep the parameters they have.
     *
     * @param shifts what to subtract from the points of each component
     */
    void startFrom(Densities stageOne, Assignment stageTwo, double[] shifts) {
        maximization.maximize(passes.run(stageOne, stageTwo, shifts), parameters);
    }

    /** Starts with copies of these parameters, lifted to the variance floor. */
    void startWith(double[] weights, double[] means, double[] covariances) {
        System.arraycopy(weights, 0, parameters.weights(), 0, weights.length);
        System.arraycopy(means, 0, parameters.means(), 0, means.length);
        System.arraycopy(covariances, 0, parameters.covariances(), 0, covariances.length);
        startWith();
    }

    /** Starts with the parameters as the caller has set them, lifted to the variance floor. */
    void startWith() {
        maximization.enforceFloor(parameters);
    }

    @Override
    public double expectation() {
        moments = passes.run(densities, Assignment.SOFT, parameters.shifts());
        progress.iteration(restart, iteration, moments.logLikelihood() / totalWeight);
        return moments.logLikelihood();
    }

    @Override
    public void maximization() {
        events.enter(++iteration);
        before.copyFrom(parameters);
        maximization.maximize(moments, parameters);
    }

    @Override
    public void undo() {
        parameters.copyFrom(before);
    }

    @Override
    public int coordinates() {
        return coordinates.count();
    }

    @Override
    public void copyCoordinates(double[] into) {
        coordinates.copyTo(into);
    }

    /**
     * Only mixtures above the variance floor are moved to: a component on the floor is left to the M-step, which
     * reports it.
     */
    @Override
    public boolean moveTo(double[] point) {
        beforeMove.copyFrom(parameters);
        boolean moved = coordinates.setFrom(point) && maximization.isAboveFloor(parameters)
                && parameters.factorize() < 0;
        if (!moved) {
            moveBack();
        }
        return moved;
    }

    @Override
    public void moveBack() {
        parameters.copyFrom(beforeMove);
    }

    /** See {@link GaussianCoordinates#changeFrom}. */
    @Override
    public double parameterChange() {
        return coordinates.changeFrom(before);
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
        return passes.run(densities, Assignment.NONE, parameters.shifts()).logLikelihood();
    }

    @Override
    public double totalWeight() {
        return totalWeight;
    }

    /** The current parameters; live. */
    Parameters parameters() {
        return parameters;
    }

    /** What has happened since {@link #begin}. */
    EventLog events() {
        return events;
    }
}
