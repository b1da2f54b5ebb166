package org.fusedem.model;

import java.util.Objects;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;

/**
 * Two components made one of the same weight, mean and covariance (Runnalls, Kullback-Leibler approach to Gaussian
 * mixture reduction, IEEE Transactions on Aerospace and Electronic Systems 43, 2007, section II):
 *
 * <pre>
 * weight = weight_i + weight_j          s_i = weight_i / weight,  s_j = weight_j / weight,  d = mean_j - mean_i
 * mean   = mean_i + s_j d
 * Sigma  = s_i Sigma_i + s_j Sigma_j + s_i s_j d d^T
 * </pre>
 *
 * A shape that cannot hold this Sigma takes what the M-step would: its diagonal, the mean of its diagonal, or, tied,
 * the mixture's matrix plus {@code weight s_i s_j d d^T}.
 */
final class ComponentMerge {
    private final GaussianMixture model;
    private final int kept;
    private final int gone;
    private final double weight;
    private final double keptShare;
    private final double goneShare;

    private ComponentMerge(GaussianMixture model, int kept, int gone) {
        this.model = model;
        this.kept = kept;
        this.gone = gone;
        weight = model.weight(kept) + model.weight(gone);
        // Two components that nothing belongs to count the same.
        goneShare = weight == 0 ? 0.5 : model.weight(gone) / weight;
        keptShare = 1 - goneShare;
    }

    static GaussianMixture of(GaussianMixture model, int first, int second) {
        Objects.checkIndex(first, model.components());
        Objects.checkIndex(second, model.components());
        if (first == second) {
            throw new IllegalArgumentException("a component does not merge with itself: component=" + first);
        }
        return new ComponentMerge(model, Math.min(first, second), Math.max(first, second)).merged();
    }

    private GaussianMixture merged() {
        Covariance shape = model.covariance();
        int dims = model.dims();
        double[] weights = without(model.weights(), 1);
        // The rounding of a sum may leave it a trace above one.
        weights[kept] = Math.min(1, weight);
        double[] means = without(model.means(), dims);
        for (int i = 0; i < dims; i++) {
            means[kept * dims + i] += goneShare * between(i);
        }
        double[] covariances = model.covariances();
        if (shape == Covariance.TIED) {
            addBetween(covariances, 0, weight * keptShare * goneShare);
        } else {
            covariances = without(covariances, shape.blockLength(dims));
            mix(covariances, model.covariances(), shape.blockLength(dims));
            addBetween(covariances, shape.blockOffset(kept, dims), keptShare * goneShare);
        }
        return GaussianMixture.of(shape, dims, weights, means, covariances).withColumns(model.columns());
    }

    /** Blocks of numbers, one per component, without the block of the component that goes. */
    private double[] without(double[] blocks, int length) {
        double[] rest = new double[blocks.length - length];
        System.arraycopy(blocks, 0, rest, 0, gone * length);
        System.arraycopy(blocks, (gone + 1) * length, rest, gone * length, rest.length - gone * length);
        return rest;
    }

    /** {@code s_i Sigma_i + s_j Sigma_j}. */
    private void mix(double[] into, double[] covariances, int length) {
        for (int i = 0; i < length; i++) {
            into[kept * length + i] =
                    keptShare * covariances[kept * length + i] + goneShare * covariances[gone * length + i];
        }
    }

    /** Adds {@code factor d d^T}, as much of it as the shape holds. */
    private void addBetween(double[] covariances, int block, double factor) {
        int dims = model.dims();
        for (int i = 0; i < dims; i++) {
            switch (model.covariance()) {
                case SPHERICAL -> covariances[block] += factor * between(i) * between(i) / dims;
                case DIAGONAL -> covariances[block + i] += factor * between(i) * between(i);
                case TIED, FULL -> {
                    for (int j = 0; j <= i; j++) {
                        covariances[block + LowerTriangle.index(i, j)] += factor * between(i) * between(j);
                    }
                }
            }
        }
    }

    /** {@code d_i}, from the mean that stays to the mean that goes. */
    private double between(int i) {
        return model.mean(gone, i) - model.mean(kept, i);
    }
}
