package org.fusedem.fit;

import java.util.Arrays;
import java.util.List;
import org.fusedem.maximization.FixedParameters;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;

/** What a fit leaves as it is, {@link Fixed part} by part, as the M-step asks for it. */
final class FixedParts implements FixedParameters {
    private final Covariance covariance;
    private final boolean[] weights;
    private final boolean[] means;
    private final boolean[] blocks;
    private final int freeWeights;
    private final double freeWeight;

    private FixedParts(Covariance covariance, int components, List<Fixed> parts, GaussianMixture start) {
        this.covariance = covariance;
        weights = new boolean[components];
        means = new boolean[components];
        blocks = new boolean[covariance.blocks(components)];
        for (Fixed part : parts) {
            switch (part) {
                case Fixed.Weights() -> Arrays.fill(weights, true);
                case Fixed.Means() -> Arrays.fill(means, true);
                case Fixed.Covariances() -> Arrays.fill(blocks, true);
                case Fixed.Component(int k) -> {
                    weights[k] = true;
                    fixDensity(k);
                }
                case Fixed.Density(int k) -> fixDensity(k);
            }
        }
        double[] startWeights = start == null ? new double[components] : start.weights();
        int count = 0;
        // Summed, not 1 less the others', which would have no digits left where they have nearly all.
        double sum = 0;
        for (int k = 0; k < components; k++) {
            if (!weights[k]) {
                count++;
                sum += startWeights[k];
            }
        }
        freeWeights = count;
        freeWeight = count == components ? 1 : sum;
    }

    private void fixDensity(int k) {
        means[k] = true;
        // A tied covariance is fixed under its own name.
        if (covariance != Covariance.TIED) {
            blocks[k] = true;
        }
    }

    /** Those of options that have been checked. */
    static FixedParts of(FitOptions options) {
        return new FixedParts(options.covariance(), options.components(), options.fixed(), start(options));
    }

    private static GaussianMixture start(FitOptions options) {
        return options.start() instanceof Start.Given(GaussianMixture model) ? model : null;
    }

    /**
     * Refuses parts that these options cannot fix.
     *
     * @throws IllegalArgumentException if there is no given start, no such component, a covariance that is not the
     *     component's own, or a weight held at 0 that the prior makes impossible
     */
    static void check(FitOptions options) {
        List<Fixed> parts = options.fixed();
        if (parts.isEmpty()) {
            return;
        }
        if (start(options) == null) {
            throw new IllegalArgumentException("parts can be fixed only as they are in a given start (set Start.Given"
                    + " first): start=" + options.start().getClass().getSimpleName());
        }
        for (Fixed part : parts) {
            switch (part) {
                case Fixed.Component(int index) -> checkComponent(options, index);
                case Fixed.Density(int index) -> checkComponent(options, index);
                case Fixed.Weights(), Fixed.Means(), Fixed.Covariances() -> { }
            }
        }
        FixedParts fixed = of(options);
        double[] weights = start(options).weights();
        for (int k = 0; k < options.components(); k++) {
            double weight = fixed.weights[k] ? weights[k] : fixed.freeWeight;
            if (weight == 0 && options.prior() != null && options.prior().weightConcentration() > 1) {
                throw new IllegalArgumentException("a prior with weightConcentration="
                        + options.prior().weightConcentration()
                        + " makes weights of 0 impossible, and what is fixed leaves 0 for component=" + k);
            }
        }
    }

    private static void checkComponent(FitOptions options, int index) {
        if (index >= options.components()) {
            throw new IllegalArgumentException(
                    "there is no such component to fix: index=" + index + ", components=" + options.components());
        }
        if (options.covariance() == Covariance.TIED && !options.fixed().contains(new Fixed.Covariances())) {
            throw new IllegalArgumentException("a tied covariance is not one component's to fix (add Fixed.Covariances"
                    + " to fix it for all): component=" + index);
        }
    }

    /**
     * Refuses fixed means so far from the points that the squares of the distances are no numbers.
     *
     * @throws IllegalArgumentException naming the component and the feature
     */
    void checkDistances(FitOptions options, ElementType type, FeatureScales scales) {
        // For points in 32 bits a distance has to be a number in 32 bits.
        double farthest = Math.min(Math.sqrt(FeatureScales.LARGEST_SCATTER / scales.totalWeight()),
                type.largestValue() / 2);
        for (int k = 0; k < means.length; k++) {
            for (int i = 0; i < scales.means().length && means[k]; i++) {
                double distance = Math.abs(start(options).mean(k, i) - scales.means()[i]);
                if (!(distance <= farthest)) {
                    throw new IllegalArgumentException("a fixed mean is too far from the points: component=" + k
                            + ", feature=" + i + ", distance from the points' mean=" + distance);
                }
            }
        }
    }

    /** Whether anything is fixed. */
    boolean any() {
        return freeWeights < weights.length || anyOf(means) || anyOf(blocks);
    }

    private static boolean anyOf(boolean[] parts) {
        for (boolean part : parts) {
            if (part) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean weight(int k) {
        return weights[k];
    }

    @Override
    public boolean mean(int k) {
        return means[k];
    }

    @Override
    public boolean block(int block) {
        return blocks[block];
    }

    @Override
    public int freeWeights() {
        return freeWeights;
    }

    @Override
    public double freeWeight() {
        return freeWeight;
    }

    /** The number of parameters that the fit chooses. */
    int freeParameters(int dims) {
        int count = Math.max(0, freeWeights - 1);
        for (boolean fixed : means) {
            count += fixed ? 0 : dims;
        }
        for (boolean fixed : blocks) {
            count += fixed ? 0 : covariance.blockLength(dims);
        }
        return count;
    }

    /** The model with its fixed parts as they are in the start. */
    GaussianMixture restore(GaussianMixture model, FitOptions options) {
        GaussianMixture start = start(options);
        if (start == null) {
            return model;
        }
        int dims = model.dims();
        double[] restoredMeans = model.means();
        double[] restoredCovariances = model.covariances();
        copyFixed(means, start.means(), restoredMeans, dims);
        copyFixed(blocks, start.covariances(), restoredCovariances, covariance.blockLength(dims));
        return GaussianMixture.of(covariance, dims, model.weights(), restoredMeans, restoredCovariances);
    }

    private static void copyFixed(boolean[] fixed, double[] from, double[] to, int length) {
        for (int i = 0; i < to.length; i++) {
            if (fixed[i / length]) {
                to[i] = from[i];
            }
        }
    }
}
