package org.fusedem.fit;

import java.util.Arrays;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.moments.Covariance;

/**
 * Clusters around centres: with equal weights and one diagonal covariance for all components, the most likely component
 * of a point is its nearest centre in standardised features.
 */
final class NearestMean {
    private final Parameters centres;
    private final Densities densities;

    NearestMean(Kernel kernel, int components, double[] variances) {
        centres = parameters(components, variances);
        densities = Densities.of(kernel, centres);
    }

    /** A mixture, means still to be set, whose most likely component is the one with the nearest mean. */
    static Parameters parameters(int components, double[] variances) {
        Parameters parameters = new Parameters(Covariance.DIAGONAL, components, variances.length);
        Arrays.fill(parameters.weights(), 1.0 / components);
        for (int k = 0; k < components; k++) {
            System.arraycopy(variances, 0, parameters.covariances(), k * variances.length, variances.length);
        }
        return parameters;
    }

    /** The centres, {@code K x D} by rows, to be set before {@link #densities}; live. */
    double[] means() {
        return centres.means();
    }

    /** Under these densities a hard assignment is one to the nearest of the centres as they are now. */
    Densities densities() {
        centres.factorize();
        return densities;
    }

    /** What a pass under {@link #densities} should subtract. */
    double[] shifts() {
        return centres.shifts();
    }
}
