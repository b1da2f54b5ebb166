package org.fusedem.kernel;

import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;

/**
 * The parameters of a Gaussian mixture, packed for kernels and rewritten in place by every M-step.
 *
 * <p>Weights, means and covariances are what the M-step writes; {@link #factorize} derives from them what the
 * kernels read:
 *
 * <pre>
 * factor_k      = L_k^-1 where Sigma_k = L_k L_k^T, so that the squared Mahalanobis distance of x is
 *                 ||L_k^-1 (x - mean_k)||^2; for spherical and diagonal shapes simply 1 / sigma
 * logConstant_k = log weight_k - (D/2) log(2 pi) - (1/2) log |Sigma_k|
 * </pre>
 *
 * Factors are packed like covariances, see {@link Covariance}. Allocated once; not thread-safe while written.
 */
public final class Parameters {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private final Covariance covariance;
    private final int components;
    private final int dims;
    private final double[] weights;
    private final double[] means;
    private final double[] covariances;
    private final double[] factors;
    private final double[] logConstants;
    private final PackedParameters packed;

    /** Room for parameters, all zero. */
    public Parameters(Covariance covariance, int components, int dims) {
        this.covariance = covariance;
        this.components = components;
        this.dims = dims;
        weights = new double[components];
        means = new double[Math.multiplyExact(components, dims)];
        covariances = new double[covariance.packedLength(components, dims)];
        factors = new double[covariances.length];
        logConstants = new double[components];
        packed = new PackedParameters(covariance, components, dims);
    }

    /** Takes all of the parameters of another mixture of the same shape and size. */
    public void copyFrom(Parameters other) {
        System.arraycopy(other.weights, 0, weights, 0, weights.length);
        System.arraycopy(other.means, 0, means, 0, means.length);
        System.arraycopy(other.covariances, 0, covariances, 0, covariances.length);
        System.arraycopy(other.factors, 0, factors, 0, factors.length);
        System.arraycopy(other.logConstants, 0, logConstants, 0, logConstants.length);
        packed.derive(this);
    }

    /**
     * Derives factors and constants from weights and covariances. A component of weight zero gets a constant of minus
     * infinity, and so takes no part.
     *
     * @return the first component whose covariance is not positive definite, or -1 if all are; if not -1, factors and
     *     constants are of no use
     */
    public int factorize() {
        int length = covariance.blockLength(dims);
        for (int b = 0; b < covariance.blocks(components); b++) {
            if (!factorizeBlock(b * length, length)) {
                return b;
            }
        }
        for (int k = 0; k < components; k++) {
            logConstants[k] = Math.log(weights[k]) - dims * HALF_LOG_TWO_PI + logFactorDeterminant(k);
        }
        packed.derive(this);
        return -1;
    }

    private boolean factorizeBlock(int offset, int length) {
        if (covariance == Covariance.TIED || covariance == Covariance.FULL) {
            if (!LowerTriangle.cholesky(covariances, offset, factors, offset, dims)) {
                return false;
            }
            LowerTriangle.invert(factors, offset, dims);
            return true;
        }
        for (int i = offset; i < offset + length; i++) {
            if (!(covariances[i] > 0 && covariances[i] < Double.POSITIVE_INFINITY)) {
                return false;
            }
            factors[i] = 1 / Math.sqrt(covariances[i]);
        }
        return true;
    }

    /**
     * {@code -(D/2) log(2 pi) - (1/2) log |Sigma_k|}: the log-density of component k, without its weight, at its mean.
     */
    double logNormalizer(int k) {
        return logFactorDeterminant(k) - dims * HALF_LOG_TWO_PI;
    }

    /** {@code log |L_k^-1| = -(1/2) log |Sigma_k|}. */
    private double logFactorDeterminant(int k) {
        int offset = covariance.blockOffset(k, dims);
        return switch (covariance) {
            case SPHERICAL -> dims * Math.log(factors[offset]);
            case DIAGONAL -> {
                double sum = 0;
                for (int i = 0; i < dims; i++) {
                    sum += Math.log(factors[offset + i]);
                }
                yield sum;
            }
            case TIED, FULL -> LowerTriangle.logDiagonal(factors, offset, dims);
        };
    }

    /** {@code u^T Sigma_k^-1 u}: the squared Mahalanobis distance from mean k of a point that differs from it by u. */
    public double squaredDistance(int k, double[] u) {
        return ScalarKernel.squaredDistance(this, k, u);
    }

    /**
     * What the next pass should subtract from the points of each component, {@code components x dims} by rows: one
     * centre for all while that costs no digits, else each component's own mean. Live; see {@link Moments#reset}.
     */
    public double[] shifts() {
        return packed.shifts();
    }

    /** The same numbers as vector kernels read them. */
    PackedParameters packed() {
        return packed;
    }

    /** The shape of the covariances. */
    public Covariance covariance() {
        return covariance;
    }

    /** K, the number of components. */
    public int components() {
        return components;
    }

    /** D, the number of features. */
    public int dims() {
        return dims;
    }

    /** The mixing weights, summing to one; live. */
    public double[] weights() {
        return weights;
    }

    /** The means, {@code components x dims} by rows; live. */
    public double[] means() {
        return means;
    }

    /** The covariances, packed; live. */
    public double[] covariances() {
        return covariances;
    }

    /** The inverse Cholesky factors, packed; live. */
    public double[] factors() {
        return factors;
    }

    /** The log of each component's weight times its density's constant; live. */
    public double[] logConstants() {
        return logConstants;
    }
}
