package org.fusedem.benchmarks;

import java.lang.foreign.Arena;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Passes;
import org.fusedem.kernel.Team;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Moments;

/** One E-step over a data set, at its start, ready to be run again and again: what an iteration spends its time on. */
final class FusedPass implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final Parameters parameters;
    private final Densities densities;
    private final Passes passes;

    FusedPass(Kernel kernel, DataSet data, Team team) {
        parameters = parametersOf(data.start());
        densities = Densities.of(kernel, parameters);
        passes = new Passes(kernel, data.points(), parameters.covariance(), parameters.components(), team, arena);
    }

    /** A mixture in the form that kernels read. */
    static Parameters parametersOf(GaussianMixture model) {
        Parameters parameters = new Parameters(model.covariance(), model.components(), model.dims());
        copy(model.weights(), parameters.weights());
        copy(model.means(), parameters.means());
        copy(model.covariances(), parameters.covariances());
        if (parameters.factorize() >= 0) {
            throw new IllegalArgumentException("covariance not positive definite: " + model);
        }
        return parameters;
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }

    /** The moments of all points, valid until the next run. */
    Moments run() {
        return passes.run(densities, Assignment.SOFT, parameters.shifts());
    }

    /** Frees the scratch. */
    @Override
    public void close() {
        arena.close();
    }
}
