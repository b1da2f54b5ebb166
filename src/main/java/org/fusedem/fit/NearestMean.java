package org.fusedem.fit;

import java.util.Arrays;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.moments.Covariance;

/**
 * Clusters around centres: with equal weights and one diagonal covariance for all components, the most likely component
 * of a point is its nearest centre in standardised features. Points out of reach of all centres may be left to noise.
 */
final class NearestMean {
    private final Parameters centres;
    private final double reach;
    /** The centres, and behind them the noise if there is any. */
    private final Parameters all;
    private final Densities densities;

    /**
     * Clusters around so many centres.
     *
     * @param reach the squared distance beyond which a point is noise, one component more; infinite for no noise
     */
    NearestMean(Kernel kernel, int components, double[] variances, double reach) {
        this.reach = reach;
        centres = parameters(components, variances);
        all = reach == Double.POSITIVE_INFINITY ? centres
                : new Parameters(Covariance.DIAGONAL, components + 1, variances.length);
        densities = Densities.of(kernel, all);
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
        if (all != centres) {
            // As dense as any of the centres is at the edge of its reach.
            all.copyWithUniform(centres, 0.5, centres.logConstants()[0] - 0.5 * reach);
        }
        return densities;
    }

    /** What a pass under {@link #densities} should subtract. */
    double[] shifts() {
        return all.shifts();
    }
}
