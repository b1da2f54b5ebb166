package org.fusedem.model;

import org.fusedem.em.Elbo;

/**
 * The variational upper bound of Hershey and Olsen (2007, section 8). Both mixtures are split into as many parts as
 * there are pairs of components,
 *
 * <pre>
 * p = sum_ab phi_ab p_a,  sum_b phi_ab = weight_a         q = sum_ab psi_ab q_b,  sum_a psi_ab = weight_b
 *
 * KL(p || q) &lt;= sum_ab phi_ab (log phi_ab - log psi_ab + KL(p_a || q_b))
 * </pre>
 *
 * and the split that makes the bound least is found by turns, each of which lowers it:
 *
 * <pre>
 * psi_ab = weight_b phi_ab / sum_a' phi_a'b
 * phi_ab = weight_a psi_ab exp(-KL(p_a || q_b)) / sum_b' psi_ab' exp(-KL(p_a || q_b'))
 * </pre>
 *
 * All in logarithms.
 */
final class VariationalBound {
    /** The bound holds after any number of turns; beyond this they gain nothing that matters. */
    private static final int MOST_TURNS = 1000;
    /** A turn that gains less, relatively, is the last. */
    private static final double LEAST_GAIN = 1e-12;

    private final double[] logP;
    private final double[] logQ;
    private final double[][] divergences;
    private final double[][] logPhi;
    private final double[][] logPsi;

    /** Logarithms of weights, all positive, and the divergence from each component of p to each of q. */
    VariationalBound(double[] logP, double[] logQ, double[][] divergences) {
        this.logP = logP;
        this.logQ = logQ;
        this.divergences = divergences;
        logPhi = new double[logP.length][logQ.length];
        logPsi = new double[logP.length][logQ.length];
        for (int a = 0; a < logP.length; a++) {
            for (int b = 0; b < logQ.length; b++) {
                logPhi[a][b] = logPsi[a][b] = logP[a] + logQ[b];
            }
        }
    }

    double least() {
        double bound = bound();
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            splitQ();
            splitP();
            double next = bound();
            if (!(bound - next > LEAST_GAIN * next)) {
                return Math.min(bound, next);
            }
            bound = next;
        }
        return bound;
    }

    private double bound() {
        double sum = 0;
        for (int a = 0; a < logP.length; a++) {
            for (int b = 0; b < logQ.length; b++) {
                double phi = Math.exp(logPhi[a][b]);
                if (phi > 0) {
                    sum += phi * (logPhi[a][b] - logPsi[a][b] + divergences[a][b]);
                }
            }
        }
        // The true minimum is not below zero, but a sum of terms of both signs may be by its rounding.
        return Math.max(0, sum);
    }

    private void splitQ() {
        double[] column = new double[logP.length];
        for (int b = 0; b < logQ.length; b++) {
            for (int a = 0; a < logP.length; a++) {
                column[a] = logPhi[a][b];
            }
            double total = Elbo.logEvidence(column);
            for (int a = 0; a < logP.length; a++) {
                logPsi[a][b] = total == Double.NEGATIVE_INFINITY ? total : logQ[b] + column[a] - total;
            }
        }
    }

    private void splitP() {
        double[] row = new double[logQ.length];
        for (int a = 0; a < logP.length; a++) {
            for (int b = 0; b < logQ.length; b++) {
                row[b] = logPsi[a][b] - divergences[a][b];
            }
            double total = Elbo.logEvidence(row);
            for (int b = 0; b < logQ.length; b++) {
                // Where all is infinitely far away, the bound stays infinite.
                if (total > Double.NEGATIVE_INFINITY) {
                    logPhi[a][b] = logP[a] + row[b] - total;
                }
            }
        }
    }
}
