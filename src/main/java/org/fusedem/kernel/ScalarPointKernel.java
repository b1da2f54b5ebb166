package org.fusedem.kernel;

import java.util.BitSet;

/**
 * The reference for one point: the plain formula, component by component. If asked for, coordinates may be missing, as
 * NaN: then it is the marginal density of the others, see {@link Marginals}, which costs {@code O(K D^3)} for full
 * covariances and {@code O(D^3)} for tied ones where the point before missed other features.
 */
public final class ScalarPointKernel implements PointKernel {
    private Parameters parameters;
    private final double[] centred;
    private final double[] logJoint;
    private final BitSet missing = new BitSet();
    /** What {@link #marginals} have been selected for. */
    private final BitSet selected = new BitSet();
    /** Null if no coordinate may be missing. */
    private final Marginals marginals;

    /** Scores complete points with these parameters, which must not change meanwhile. */
    public ScalarPointKernel(Parameters parameters) {
        this(parameters, false);
    }

    /** Scores with these parameters, which must not change meanwhile. */
    public ScalarPointKernel(Parameters parameters, boolean missingValues) {
        this.parameters = parameters;
        centred = new double[parameters.dims()];
        logJoint = new double[parameters.components()];
        marginals = missingValues ? new Marginals(parameters.components(), parameters.dims()) : null;
    }

    @Override
    public void load(Parameters others) {
        parameters = others;
        selected.clear();
    }

    /**
     * {@code log weight_k + log N(x | mean_k, Sigma_k)} for each component, minus infinity where the weight is zero;
     * live, until the next call.
     */
    public double[] logJoint(double[] point) {
        boolean complete = marginals == null || isComplete(point);
        if (!complete && !selected.equals(missing)) {
            marginals.select(parameters, missing);
            selected.clear();
            selected.or(missing);
        }
        for (int k = 0; k < logJoint.length; k++) {
            if (parameters.weights()[k] == 0) {
                logJoint[k] = Double.NEGATIVE_INFINITY;
            } else {
                logJoint[k] = complete ? logDensity(k, point) : marginals.logDensity(k, point);
            }
        }
        return logJoint;
    }

    private boolean isComplete(double[] point) {
        missing.clear();
        for (int i = 0; i < centred.length; i++) {
            if (Double.isNaN(point[i])) {
                missing.set(i);
            }
        }
        return missing.isEmpty();
    }

    private double logDensity(int k, double[] point) {
        for (int i = 0; i < centred.length; i++) {
            centred[i] = point[i] - parameters.means()[k * centred.length + i];
        }
        return ScalarKernel.logDensity(parameters, k, centred);
    }

    @Override
    public double logDensity(double[] point) {
        double max = max(logJoint(point));
        double sum = 0;
        for (double logDensity : logJoint) {
            sum += Math.exp(logDensity - max);
        }
        return max + Math.log(sum);
    }

    @Override
    public double responsibilities(double[] point, double[] into) {
        double logDensity = logDensity(point);
        double max = max(logJoint);
        double sum = 0;
        for (int k = 0; k < logJoint.length; k++) {
            into[k] = Math.exp(logJoint[k] - max);
            sum += into[k];
        }
        for (int k = 0; k < logJoint.length; k++) {
            into[k] /= sum;
        }
        return logDensity;
    }

    private static double max(double[] values) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
