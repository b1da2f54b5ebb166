package org.fusedem.benchmarks.peers;

import org.fusedem.benchmarks.DataSet;
import org.fusedem.benchmarks.FixedFit;
import org.fusedem.benchmarks.ForcedKernel;
import org.fusedem.fit.Fitter;
import org.fusedem.model.GaussianMixture;

/** This library. */
final class FusedemFit implements PeerFit {
    private final DataSet data;

    FusedemFit(DataSet data, String kernel) {
        ForcedKernel.use(kernel);
        this.data = data;
    }

    @Override
    public GaussianMixture fit(int iterations) {
        return Fitter.fit(data.points(), FixedFit.options(data, iterations)).model();
    }
}
