package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Passes;
import org.fusedem.kernel.Team;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;

/**
 * Lloyd's steps of k-means, as the hard case of EM: with equal weights and one diagonal covariance for all components,
 * the most likely component of a point is its nearest centre in standardised features.
 */
final class Lloyd {
    /** Later steps change little that EM would not change anyway. */
    private static final int MAX_STEPS = 5;

    /** A step that lowers the mean squared distance by a smaller share of the data's than this is the last. */
    private static final double LEAST_GAIN = 1e-3;

    private final Parameters centres;
    private final Densities densities;
    private final Passes passes;

    /** Steps over these points; scratch comes from an arena that must outlive them. */
    Lloyd(Kernel kernel, Points points, double[] variances, int components, Team team, Arena arena) {
        centres = nearestMean(components, variances);
        densities = Densities.of(kernel, centres);
        passes = new Passes(kernel, points, Covariance.SPHERICAL, components, team, arena);
    }

    /** A mixture, means still to be set, whose most likely component is the one with the nearest mean. */
    static Parameters nearestMean(int components, double[] variances) {
        Parameters parameters = new Parameters(Covariance.DIAGONAL, components, variances.length);
        Arrays.fill(parameters.weights(), 1.0 / components);
        for (int k = 0; k < components; k++) {
            System.arraycopy(variances, 0, parameters.covariances(), k * variances.length, variances.length);
        }
        return parameters;
    }

    /** The centres, {@code K x D} by rows, for the caller to set before {@link #run}; live. */
    double[] means() {
        return centres.means();
    }

    /** What a pass under {@link #densities()} should subtract. */
    double[] shifts() {
        return centres.shifts();
    }

    /** Under these densities a hard assignment is one to the nearest centre. */
    Densities densities() {
        return densities;
    }

    /** Moves the centres, as {@link #means()} holds them, until they hardly move; one without points stays. */
    void run() {
        centres.factorize();
        double leastGain = LEAST_GAIN * centres.dims();
        double previous = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MAX_STEPS; step++) {
            Moments moments = passes.run(densities, Assignment.HARD, centres.shifts());
            // Under equal densities the mean of the winners' log-densities is a constant minus half this.
            double distance = -2 * moments.logLikelihood() / moments.totalWeight();
            if (previous - distance < leastGain) {
                return;
            }
            previous = distance;
            moveCentres(moments);
            centres.factorize();
        }
    }

    private void moveCentres(Moments moments) {
        int dims = centres.dims();
        for (int k = 0; k < centres.components(); k++) {
            double weight = moments.weights()[k];
            if (weight > 0) {
                for (int i = k * dims; i < (k + 1) * dims; i++) {
                    centres.means()[i] = moments.shifts()[i] + moments.first()[i] / weight;
                }
            }
        }
    }
}
