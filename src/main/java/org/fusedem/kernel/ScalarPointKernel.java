package org.fusedem.kernel;

/** The reference for one point: the plain formula, component by component. */
public final class ScalarPointKernel implements PointKernel {
    private final Parameters parameters;
    private final double[] centred;
    private final double[] logJoint;

    /** Scores with these parameters, which must not change meanwhile. */
    public ScalarPointKernel(Parameters parameters) {
        this.parameters = parameters;
        centred = new double[parameters.dims()];
        logJoint = new double[parameters.components()];
    }

    /**
     * {@code log weight_k + log N(x | mean_k, Sigma_k)} for each component, minus infinity where the weight is zero; live,
     * until the next call.
     */
    public double[] logJoint(double[] point) {
        for (int k = 0; k < logJoint.length; k++) {
            for (int i = 0; i < centred.length; i++) {
                centred[i] = point[i] - parameters.means()[k * centred.length + i];
            }
            logJoint[k] = parameters.weights()[k] == 0
                    ? Double.NEGATIVE_INFINITY : ScalarKernel.logDensity(parameters, k, centred);
        }
        return logJoint;
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
