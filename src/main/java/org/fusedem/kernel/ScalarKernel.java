package org.fusedem.kernel;

import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Moments;

/**
 * The reference: plain loops in double, one formula each, no tricks. All other kernels are held to it.
 *
 * <pre>
 * log density   l_nk = logConstant_k - (1/2) ||F_k (x_n - mean_k)||^2          F_k = L_k^-1, Sigma_k = L_k L_k^T
 * log-sum-exp   s_n  = m_n + log sum_k exp(l_nk - m_n)                         m_n = max_k l_nk
 * responsibility r_nk = w_n exp(l_nk - m_n) / sum_j exp(l_nj - m_n)
 * moments       N_k += r_nk,  S_k += r_nk u,  T_k += r_nk u u^T                u = x_n - shift_k
 * </pre>
 *
 * Bishop, Pattern Recognition and Machine Learning, 9.2 and (9.23) to (9.27).
 */
final class ScalarKernel implements Kernel {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int vectorBits() {
        return Double.SIZE;
    }

    @Override
    public void logDensities(Parameters parameters, Tile tile) {
        double[] u = tile.row();
        for (int k = 0; k < parameters.components(); k++) {
            for (int n = 0; n < tile.count(); n++) {
                for (int i = 0; i < u.length; i++) {
                    u[i] = tile.get(n, i) - parameters.means()[k * u.length + i];
                }
                tile.value(k, n, logDensity(parameters, k, u));
            }
        }
    }

    /** {@code l_k} of a point whose distance from the mean is u. */
    static double logDensity(Parameters parameters, int k, double[] u) {
        double logDensity = parameters.logConstants()[k] - 0.5 * squaredDistance(parameters, k, u);
        // Not Math.max: a NaN, from infinity minus infinity, is as far away as anything.
        return logDensity >= LOG_DENSITY_FLOOR ? logDensity : LOG_DENSITY_FLOOR;
    }

    /** {@code ||F_k u||^2}, the squared Mahalanobis distance. */
    static double squaredDistance(Parameters parameters, int k, double[] u) {
        double[] factors = parameters.factors();
        int block = parameters.covariance().blockOffset(k, u.length);
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            double z = switch (parameters.covariance()) {
                case SPHERICAL -> factors[block] * u[i];
                case DIAGONAL -> factors[block + i] * u[i];
                case TIED, FULL -> rowTimes(factors, block + LowerTriangle.index(i, 0), u, i);
            };
            sum += z * z;
        }
        return sum;
    }

    /** {@code sum_(j <= i) F_ij u_j}, where row i of F starts at {@code row}. */
    private static double rowTimes(double[] factors, int row, double[] u, int i) {
        double sum = 0;
        for (int j = 0; j <= i; j++) {
            sum += factors[row + j] * u[j];
        }
        return sum;
    }

    @Override
    public double responsibilities(Tile tile) {
        double logLikelihood = 0;
        for (int n = 0; n < tile.count(); n++) {
            double max = tile.value(mostLikely(tile, n), n);
            double sum = 0;
            for (int k = 0; k < tile.components(); k++) {
                sum += Math.exp(tile.value(k, n) - max);
            }
            for (int k = 0; k < tile.components(); k++) {
                double share = Math.exp(tile.value(k, n) - max) / sum;
                tile.value(k, n, tile.weight(n) * share);
            }
            logLikelihood += tile.weight(n) * (max + Math.log(sum));
        }
        return logLikelihood;
    }

    @Override
    public void score(Tile tile, double[] into, int start) {
        for (int n = 0; n < tile.count(); n++) {
            double max = tile.value(mostLikely(tile, n), n);
            double sum = 0;
            for (int k = 0; k < tile.components(); k++) {
                sum += Math.exp(tile.value(k, n) - max);
            }
            into[start + n] = max + Math.log(sum);
        }
        responsibilities(tile);
    }

    @Override
    public double logLikelihood(Tile tile) {
        return responsibilities(tile);
    }

    @Override
    public double assign(Tile tile) {
        double sum = 0;
        for (int n = 0; n < tile.count(); n++) {
            int best = mostLikely(tile, n);
            sum += tile.weight(n) * tile.value(best, n);
            for (int k = 0; k < tile.components(); k++) {
                tile.value(k, n, k == best ? tile.weight(n) : 0);
            }
        }
        return sum;
    }

    /** The first component of the highest log-density. */
    private static int mostLikely(Tile tile, int n) {
        int best = 0;
        for (int k = 1; k < tile.components(); k++) {
            if (tile.value(k, n) > tile.value(best, n)) {
                best = k;
            }
        }
        return best;
    }

    @Override
    public void moments(Tile tile, Moments moments) {
        for (int k = 0; k < moments.components(); k++) {
            moments.weights()[k] += sumOf(tile, k);
            for (int i = 0; i < moments.dims(); i++) {
                moments.first()[k * moments.dims() + i] += firstMoment(tile, moments, k, i);
            }
            addSecondMoments(tile, moments, k);
        }
    }

    private static void addSecondMoments(Tile tile, Moments moments, int k) {
        double[] second = moments.second();
        int block = moments.covariance().blockOffset(k, moments.dims());
        for (int i = 0; i < moments.dims(); i++) {
            switch (moments.covariance()) {
                case SPHERICAL -> second[block] += secondMoment(tile, moments, k, i, i);
                case DIAGONAL -> second[block + i] += secondMoment(tile, moments, k, i, i);
                case TIED, FULL -> {
                    for (int j = 0; j <= i; j++) {
                        second[block + LowerTriangle.index(i, j)] += secondMoment(tile, moments, k, i, j);
                    }
                }
            }
        }
    }

    /** {@code sum_n r_nk}. */
    private static double sumOf(Tile tile, int k) {
        double sum = 0;
        for (int n = 0; n < tile.count(); n++) {
            sum += tile.value(k, n);
        }
        return sum;
    }

    /** {@code sum_n r_nk u_i}. */
    private static double firstMoment(Tile tile, Moments moments, int k, int i) {
        double shift = moments.shifts()[k * moments.dims() + i];
        double sum = 0;
        for (int n = 0; n < tile.count(); n++) {
            sum += tile.value(k, n) * (tile.get(n, i) - shift);
        }
        return sum;
    }

    /** {@code sum_n r_nk u_i u_j}. */
    private static double secondMoment(Tile tile, Moments moments, int k, int i, int j) {
        double shiftI = moments.shifts()[k * moments.dims() + i];
        double shiftJ = moments.shifts()[k * moments.dims() + j];
        double sum = 0;
        for (int n = 0; n < tile.count(); n++) {
            double r = tile.value(k, n);
            sum += r * ((tile.get(n, i) - shiftI) * (tile.get(n, j) - shiftJ));
        }
        return sum;
    }
}
