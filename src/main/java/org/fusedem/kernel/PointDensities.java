package org.fusedem.kernel;

/** The densities of a single point, outside any tile. */
public final class PointDensities {
    private PointDensities() {}

    /**
     * {@code log weight_k + log N(x | mean_k, Sigma_k)} for each component.
     *
     * @param point D coordinates
     * @param centred scratch of D numbers
     * @param into receives K numbers; minus infinity where the weight is zero
     */
    public static void logJoint(Parameters parameters, double[] point, double[] centred, double[] into) {
        for (int k = 0; k < parameters.components(); k++) {
            for (int i = 0; i < parameters.dims(); i++) {
                centred[i] = point[i] - parameters.means()[k * parameters.dims() + i];
            }
            into[k] = parameters.weights()[k] == 0
                    ? Double.NEGATIVE_INFINITY : ScalarKernel.logDensity(parameters, k, centred);
        }
    }
}
