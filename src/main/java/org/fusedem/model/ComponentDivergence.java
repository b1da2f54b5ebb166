package org.fusedem.model;

import org.fusedem.kernel.Parameters;
import org.fusedem.moments.Covariance;

/**
 * The Kullback-Leibler divergence from each component of one mixture to each of another, exactly:
 *
 * <pre>
 * KL(N_p || N_q) = (1/2) (tr(Sigma_q^-1 Sigma_p) - D - log |Sigma_q^-1 Sigma_p| + d^T Sigma_q^-1 d)
 *              d = mean_q - mean_p
 * </pre>
 *
 * (Kullback, Information Theory and Statistics, 1959, 9.1). With Cholesky factors {@code Sigma = L L^T} and
 * {@code M = L_q^-1 L_p}, which is lower triangular too,
 *
 * <pre>
 * KL = (1/2) (sum_(j &lt; i) m_ij^2 + sum_i (m_ii^2 - 1 - log m_ii^2) + ||L_q^-1 d||^2)
 * </pre>
 *
 * no term of which is negative. Costs {@code O(D^3)}, or {@code O(D)} where both are spherical or diagonal.
 */
final class ComponentDivergence {
    private final Parameters p;
    private final Parameters q;
    private final double[] pFactors;
    private final int dims;
    private final boolean pDiagonal;
    private final boolean qDiagonal;

    ComponentDivergence(Parameters p, Parameters q) {
        this.p = p;
        this.q = q;
        dims = p.dims();
        pFactors = Packed.choleskyFactors(p.covariance(), p.covariances(), dims);
        pDiagonal = diagonal(p);
        qDiagonal = diagonal(q);
    }

    private static boolean diagonal(Parameters parameters) {
        return parameters.covariance() == Covariance.SPHERICAL || parameters.covariance() == Covariance.DIAGONAL;
    }

    /** From component a of p to component b of q, in nats; infinite where that is more than a double holds. */
    double of(int a, int b) {
        double sum = 0;
        for (int i = 0; i < dims; i++) {
            for (int j = pDiagonal && qDiagonal ? i : 0; j < i; j++) {
                double m = product(a, b, i, j);
                sum += m * m;
            }
            sum += excess(product(a, b, i, i));
            double z = scaledDifference(a, b, i);
            sum += z * z;
        }
        // A NaN comes from infinities of both signs.
        return sum >= 0 ? 0.5 * sum : Double.POSITIVE_INFINITY;
    }

    /** {@code m_ij}: row i of L_q^-1 times column j of L_p, where neither is known to be zero. */
    private double product(int a, int b, int i, int j) {
        double sum = 0;
        for (int k = qDiagonal ? i : j; k <= (pDiagonal ? j : i); k++) {
            sum += Packed.element(q.covariance(), q.factors(), b, dims, i, k)
                    * Packed.element(p.covariance(), pFactors, a, dims, k, j);
        }
        return sum;
    }

    /** {@code m^2 - 1 - log m^2}, which is about {@code 2 (m - 1)^2} near 1. */
    private static double excess(double m) {
        double square = (m - 1) * (m + 1);
        return Math.abs(square) < 0.5 ? square - Math.log1p(square) : m * m - 1 - 2 * Math.log(m);
    }

    /** {@code (L_q^-1 d)_i}. */
    private double scaledDifference(int a, int b, int i) {
        double sum = 0;
        for (int k = qDiagonal ? i : 0; k <= i; k++) {
            sum += Packed.element(q.covariance(), q.factors(), b, dims, i, k)
                    * (q.means()[b * dims + k] - p.means()[a * dims + k]);
        }
        return sum;
    }
}
