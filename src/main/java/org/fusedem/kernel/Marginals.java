package org.fusedem.kernel;

import java.util.BitSet;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;

/**
 * A mixture as seen by points that miss certain features: the marginal density of the observed features (o), and the
 * moments of the missing ones (m) given these.
 *
 * <p>With the features reordered, observed ones first, the Cholesky factor of a component's covariance holds all of it:
 *
 * <pre>
 * L = [ L_oo   0   ]    Sigma_oo = L_oo L_oo^T    Sigma_mo = L_mo L_oo^T    Sigma_mm = L_mo L_mo^T + L_mm L_mm^T
 *     [ L_mo  L_mm ]
 *
 * log weight + log N(x_o | mean_o, Sigma_oo) = logConstant - (1/2) ||z||^2        z = L_oo^-1 (x_o - mean_o)
 * E[x_m | x_o]   = mean_m + Sigma_mo Sigma_oo^-1 (x_o - mean_o)       = mean_m + L_mo z
 * Cov[x_m | x_o] = Sigma_mm - Sigma_mo Sigma_oo^-1 Sigma_om           = L_mm L_mm^T
 * </pre>
 *
 * (Bishop, Pattern Recognition and Machine Learning, (2.81), (2.82) and (2.98), with the factors put in.) Nothing
 * cancels, and the conditional covariance is never indefinite. Spherical and diagonal shapes need no factor: there the
 * missing features are independent of the observed ones.
 *
 * <p>Allocated once. Not thread-safe.
 */
final class Marginals {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private final int dims;
    /** The features, observed ones first: what stands at place a of the reordered ones. */
    private final int[] order;
    private final double[] centred;
    /** z of each component, for the point that {@link #logDensity} has been asked for last. */
    private final double[] standardized;
    private final double[] logConstants;
    /** Tied and full: for each block L_oo^-1, then the rows of L_mo and L_mm, packed. Grows to its size once. */
    private double[] factors = {};
    private Parameters parameters;
    private int observed;

    Marginals(int components, int dims) {
        this.dims = dims;
        order = new int[dims];
        centred = new double[dims];
        standardized = new double[components * dims];
        logConstants = new double[components];
    }

    /**
     * Turns to the points that miss these features; costs {@code O(K D^3)} for full covariances, {@code O(D^3 + K D)}
     * for tied ones, else {@code O(K D)}.
     *
     * @param from of which weights, means and covariances are read now, and which must not change until the next call
     */
    void select(Parameters from, BitSet missing) {
        parameters = from;
        sort(missing);
        if (hasMatrices()) {
            factorize();
        }
        for (int k = 0; k < logConstants.length; k++) {
            logConstants[k] = Math.log(from.weights()[k]) - observed * HALF_LOG_TWO_PI + logFactorDeterminant(k);
        }
    }

    private void sort(BitSet missing) {
        observed = 0;
        int last = dims;
        for (int i = 0; i < dims; i++) {
            if (missing.get(i)) {
                order[--last] = i;
            } else {
                order[observed++] = i;
            }
        }
    }

    private boolean hasMatrices() {
        return parameters.covariance() == Covariance.TIED || parameters.covariance() == Covariance.FULL;
    }

    private void factorize() {
        double[] covariances = parameters.covariances();
        if (factors.length < covariances.length) {
            factors = new double[covariances.length];
        }
        int length = Covariance.triangle(dims);
        for (int block = 0; block < covariances.length; block += length) {
            int next = block;
            for (int a = 0; a < dims; a++) {
                for (int b = 0; b <= a; b++) {
                    int row = Math.max(order[a], order[b]);
                    int column = Math.min(order[a], order[b]);
                    factors[next++] = covariances[block + LowerTriangle.index(row, column)];
                }
            }
            LowerTriangle.choleskyOfDefinite(factors, block, dims);
            LowerTriangle.invert(factors, block, observed);
        }
    }

    /** {@code -(1/2) log |Sigma_oo|}. */
    private double logFactorDeterminant(int k) {
        int block = parameters.covariance().blockOffset(k, dims);
        if (hasMatrices()) {
            return LowerTriangle.logDiagonal(factors, block, observed);
        }
        double sum = 0;
        for (int a = 0; a < observed; a++) {
            sum += Math.log(simpleFactor(block, order[a]));
        }
        return sum;
    }

    /** One over the deviation of a feature, where features are independent. */
    private double simpleFactor(int block, int feature) {
        return parameters.factors()[parameters.covariance() == Covariance.SPHERICAL ? block : block + feature];
    }

    /**
     * {@code log weight_k} plus the marginal log-density of what is observed; just the former if nothing is. At least
     * {@link Kernel#LOG_DENSITY_FLOOR}.
     *
     * @param point D coordinates, those of the missing features of no matter
     */
    double logDensity(int k, double[] point) {
        for (int a = 0; a < observed; a++) {
            centred[a] = point[order[a]] - parameters.means()[k * dims + order[a]];
        }
        int block = parameters.covariance().blockOffset(k, dims);
        boolean matrices = hasMatrices();
        double sum = 0;
        for (int a = 0; a < observed; a++) {
            double z = matrices
                    ? rowTimes(block + LowerTriangle.index(a, 0), centred, 0, a + 1)
                    : simpleFactor(block, order[a]) * centred[a];
            standardized[k * dims + a] = z;
            sum += z * z;
        }
        double logDensity = logConstants[k] - 0.5 * sum;
        // As ScalarKernel has it: a NaN, from infinity minus infinity, is as far away as anything.
        return logDensity >= Kernel.LOG_DENSITY_FLOOR ? logDensity : Kernel.LOG_DENSITY_FLOOR;
    }

    /** The product of the first numbers of a row of a factor with those of a vector. */
    private double rowTimes(int row, double[] vector, int start, int length) {
        double sum = 0;
        for (int b = 0; b < length; b++) {
            sum += factors[row + b] * vector[start + b];
        }
        return sum;
    }

    /**
     * The point with its conditional means under component k in place of what is missing, less a shift. To be called
     * after {@link #logDensity} of the same point and component.
     *
     * @param shifts K x D, by rows
     * @param into receives {@code x_i - shift_ki} and {@code E[x_i | x_o, k] - shift_ki}, in the features' own order
     */
    void complete(int k, double[] point, double[] shifts, double[] into) {
        int row = k * dims;
        for (int a = 0; a < observed; a++) {
            into[order[a]] = point[order[a]] - shifts[row + order[a]];
        }
        boolean matrices = hasMatrices();
        int block = parameters.covariance().blockOffset(k, dims);
        for (int a = observed; a < dims; a++) {
            double distance = parameters.means()[row + order[a]] - shifts[row + order[a]];
            into[order[a]] = matrices
                    ? distance + rowTimes(block + LowerTriangle.index(a, 0), standardized, row, observed)
                    : distance;
        }
    }

    /** How many features are observed: the places from here on, to D - 1, are missing. */
    int observed() {
        return observed;
    }

    /** The feature at a place. */
    int feature(int place) {
        return order[place];
    }

    /** The conditional covariance, under component k, of the missing features at two places, {@code a >= b}. */
    double covariance(int k, int a, int b) {
        int block = parameters.covariance().blockOffset(k, dims);
        if (!hasMatrices()) {
            double factor = simpleFactor(block, order[a]);
            return a == b ? 1 / (factor * factor) : 0;
        }
        int rowA = block + LowerTriangle.index(a, 0);
        int rowB = block + LowerTriangle.index(b, 0);
        double sum = 0;
        for (int c = observed; c <= b; c++) {
            sum += factors[rowA + c] * factors[rowB + c];
        }
        return sum;
    }
}
