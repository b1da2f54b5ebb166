package org.fusedem.online;

import java.util.Arrays;
import org.fusedem.fit.FitOptions;
import org.fusedem.kernel.Parameters;
import org.fusedem.maximization.Bulk;
import org.fusedem.maximization.FixedParameters;
import org.fusedem.maximization.Maximization;
import org.fusedem.maximization.VarianceFloor;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;

/**
 * The current parameters, the M-step that rewrites them, and the variance floor it keeps. Each set of parameters has a
 * version, so that moments can tell which they were made with.
 */
final class Estimate {
    /** Sums of squares beyond this could overflow. */
    private static final double LARGEST_SCATTER = 1e300;

    private final double relativeFloor;
    private final double absoluteFloor;
    private final double leastVariance;
    private final ElementType type;
    private final Parameters parameters;
    private final Parameters before;
    private final DegenerateComponents degenerate;
    private final VarianceFloor floor;
    private final Maximization maximization;
    private final double[] variances;
    /** Which features are known to be constant: only once their bulks have been measured. */
    private final boolean[] constant;
    private boolean hasModel;
    private long version;
    private long versionBefore;
    private long versions;

    Estimate(FitOptions options, int dims, ElementType type) {
        relativeFloor = VarianceFloor.relative(options.regularization());
        absoluteFloor = options.varianceFloor();
        this.type = type;
        // The least variance whose floor's squares a kernel for this type can still compute with.
        leastVariance = type == ElementType.FLOAT64 ? 1e-280 : 1e-24;
        Covariance covariance = options.covariance();
        parameters = new Parameters(covariance, options.components(), dims);
        before = new Parameters(covariance, options.components(), dims);
        degenerate = new DegenerateComponents(options.components());
        floor = new VarianceFloor(covariance, dims);
        maximization = new Maximization(floor, null, FixedParameters.none(options.components()), dims, degenerate);
        variances = new double[dims];
        constant = new boolean[dims];
    }

    /**
     * Takes a model's parameters.
     *
     * @throws IllegalArgumentException if it is another kind of mixture
     */
    void set(GaussianMixture model) {
        if (model.covariance() != parameters.covariance() || model.components() != parameters.components()
                || model.dims() != parameters.dims()) {
            throw new IllegalArgumentException("the model is another kind of mixture: here covariance="
                    + parameters.covariance().label() + ", components=" + parameters.components() + ", dims="
                    + parameters.dims() + "; the model has covariance=" + model.covariance().label() + ", components="
                    + model.components() + ", dims=" + model.dims());
        }
        for (int k = 0; k < model.components(); k++) {
            parameters.weights()[k] = model.weight(k);
            for (int i = 0; i < model.dims(); i++) {
                parameters.means()[k * model.dims() + i] = model.mean(k, i);
            }
        }
        for (int k = 0; k < model.covariance().blocks(model.components()); k++) {
            setBlock(model, k);
        }
        parameters.factorize();
        degenerate.clear();
        hasModel = true;
        version = ++versions;
    }

    private void setBlock(GaussianMixture model, int k) {
        int at = model.covariance().blockOffset(k, model.dims());
        double[] packed = parameters.covariances();
        switch (model.covariance()) {
            case SPHERICAL -> packed[at] = model.covariance(k, 0, 0);
            case DIAGONAL -> {
                for (int i = 0; i < model.dims(); i++) {
                    packed[at + i] = model.covariance(k, i, i);
                }
            }
            case TIED, FULL -> {
                for (int i = 0; i < model.dims(); i++) {
                    for (int j = 0; j <= i; j++) {
                        packed[at++] = model.covariance(k, i, j);
                    }
                }
            }
        }
    }

    /**
     * Sets the floor by the variances of all points, to which it is relative.
     *
     * @return whether squares of such values are ordinary numbers; if not, the floor is of no use
     */
    boolean setFloor(Moments moments) {
        TotalVariances.of(moments, type, variances);
        Arrays.fill(constant, false);
        for (int i = 0; i < variances.length; i++) {
            variances[i] = floor(variances[i]);
        }
        return setFloors(moments.totalWeight());
    }

    /**
     * Sets the floor to what is at least that of a batch fit, {@code R v_i + A} with v_i the variance of all points: no
     * bulk has more. As long as all covariances are above this one, the exact one need not be known.
     *
     * @return whether squares of such values are ordinary numbers; if not, the floor is of no use
     */
    boolean setUpperFloor(Moments moments) {
        TotalVariances.of(moments, type, variances);
        Arrays.fill(constant, false);
        // The average of those features that are not constant may be so many times that of all.
        int most = parameters.covariance() == Covariance.SPHERICAL ? variances.length : 1;
        for (int i = 0; i < variances.length; i++) {
            variances[i] = relativeFloor * most * variances[i] + absoluteFloor;
        }
        return setFloors(moments.totalWeight());
    }

    /** Takes the variance of a feature's bulk, 0 if it is constant. */
    void setBulk(int feature, double variance) {
        variances[feature] = variance;
    }

    /**
     * Sets the floor by the bulk variances set last, as a batch fit does.
     *
     * @return whether squares of such values are ordinary numbers; if not, the floor is of no use
     */
    boolean setBulkFloor(double totalWeight) {
        for (int i = 0; i < variances.length; i++) {
            constant[i] = variances[i] == 0;
        }
        Bulk.replaceZeros(variances);
        for (int i = 0; i < variances.length; i++) {
            variances[i] = floor(variances[i]);
        }
        return setFloors(totalWeight);
    }

    private double floor(double variance) {
        return Math.max(relativeFloor * variance, absoluteFloor);
    }

    private boolean setFloors(double totalWeight) {
        boolean usable = true;
        for (double f : variances) {
            // Negated, so that what is no number is refused too.
            usable &= f >= relativeFloor * leastVariance && f * totalWeight / relativeFloor <= LARGEST_SCATTER;
        }
        floor.set(variances, constant);
        return usable;
    }

    /** Whether all covariances are above the floor. There is nothing to {@link #undo} then. */
    boolean isAboveFloor() {
        before.copyFrom(parameters);
        return maximization.isAboveFloor(before);
    }

    /** Lifts the parameters, which no M-step has made, to the floor. */
    void enforceFloor() {
        degenerate.clear();
        maximization.enforceFloor(parameters);
        version = ++versions;
    }

    /** The M-step; covariances below the floor are lifted to it, and counted. */
    void maximize(Moments moments) {
        before.copyFrom(parameters);
        degenerate.clear();
        maximization.maximize(moments, parameters);
        versionBefore = version;
        version = ++versions;
    }

    /** Takes back the last M-step. */
    void undo() {
        parameters.copyFrom(before);
        version = versionBefore;
    }

    /** Refuses to go on without a model. */
    void checkModel() {
        if (!hasModel) {
            throw new IllegalStateException("there is no model to start from: call startFrom(model) first, with what"
                    + " Fitter.fit has found for the first points");
        }
    }

    GaussianMixture snapshot() {
        checkModel();
        return GaussianMixture.of(parameters.covariance(), parameters.dims(), parameters.weights(),
                parameters.means(), parameters.covariances());
    }

    static void copy(String name, double[] from, double[] into) {
        if (into.length < from.length) {
            throw new IllegalArgumentException(
                    name + " need room for " + from.length + " numbers: length=" + into.length);
        }
        System.arraycopy(from, 0, into, 0, from.length);
    }

    /** The current parameters; live. */
    Parameters parameters() {
        return parameters;
    }

    DegenerateComponents degenerate() {
        return degenerate;
    }

    long version() {
        return version;
    }
}
