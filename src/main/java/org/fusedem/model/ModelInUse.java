package org.fusedem.model;

import org.fusedem.kernel.Parameters;
import org.fusedem.moments.Covariance;

/**
 * The parameters a scorer works with: those of an immutable mixture, or copies of numbers that the caller will write
 * again. Takes others of the same kind in place; allocates once, when the first numbers come.
 */
final class ModelInUse {
    private Parameters current;
    /** Two, so that numbers that turn out to be no mixture leave those in use alone. */
    private Parameters own;
    private Parameters spare;

    ModelInUse(Parameters parameters) {
        current = parameters;
    }

    /** What to compute with. */
    Parameters parameters() {
        return current;
    }

    void use(GaussianMixture model) {
        if (model.covariance() != current.covariance() || model.components() != current.components()
                || model.dims() != current.dims()) {
            throw new IllegalArgumentException("a scorer takes models of one kind: its own is "
                    + describe(current.covariance(), current.components(), current.dims()) + ", the new one "
                    + describe(model.covariance(), model.components(), model.dims()));
        }
        current = model.parameters();
    }

    void use(double[] weights, double[] means, double[] covariances) {
        if (spare == null) {
            own = new Parameters(current.covariance(), current.components(), current.dims());
            spare = new Parameters(current.covariance(), current.components(), current.dims());
        }
        GaussianMixture.set(spare, weights, means, covariances);
        current = spare;
        spare = own;
        own = current;
    }

    private static String describe(Covariance covariance, int components, int dims) {
        return covariance.label() + ", components=" + components + ", dims=" + dims;
    }
}
