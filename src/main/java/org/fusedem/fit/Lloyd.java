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
    private static final int MAX_STEPS = 10;

    /** A step that lowers the mean squared distance by a smaller share than this is the last. */
    private static final double LEAST_GAIN = 1e-4;

    private final Parameters centres;
    private final Densities densities;

    Lloyd(Kernel kernel, int components, double[] variances) {
        centres = new Parameters(Covariance.DIAGONAL, components, variances.length);
        Arrays.fill(centres.weights(), 1.0 / components);
        for (int k = 0; k < components; k++) {
            System.arraycopy(variances, 0, centres.covariances(), k * variances.length, variances.length);
        }
        densities = Densities.of(kernel, centres);
    }

    /** The centres, {@code K x D} by rows; live. */
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

    /** Moves the centres, as {@link #means()} holds them, until they hardly move; one without points stays where it is. */
    void run(Kernel kernel, Points points, Team team) {
        try (Arena arena = Arena.ofShared()) {
            Passes passes = new Passes(kernel, points, Covariance.SPHERICAL, centres.components(), team, arena);
            double previous = Double.POSITIVE_INFINITY;
            for (int step = 0; step < MAX_STEPS; step++) {
                centres.factorize();
                Moments moments = passes.run(densities, Assignment.HARD, centres.shifts());
                // Under equal densities the sum of the winners' log-densities is a constant minus half this.
                double distance = -moments.logLikelihood() / moments.totalWeight();
                if (previous - distance < LEAST_GAIN * Math.abs(previous)) {
                    return;
                }
                previous = distance;
                moveCentres(moments);
            }
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
