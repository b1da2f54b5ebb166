package org.fusedem.kernel;

import java.util.Arrays;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Moments;

/**
 * One thread's way through points with missing values: plain loops in double, pattern after pattern.
 *
 * <p>The E-step takes the expectation over what is missing too, so moments get its conditional moments (Ghahramani and
 * Jordan, Supervised learning from incomplete data via an EM approach, 1994; Little and Rubin, Statistical Analysis
 * with Missing Data):
 *
 * <pre>
 * r_nk  from the marginal densities of what is observed
 * x^_nk = x_n where observed, E[x | x_o, k] where missing     C_nk = Cov[x | x_o, k] between missing features, else 0
 * N_k += r_nk,  S_k += r_nk u,  T_k += r_nk (u u^T + C_nk)       u = x^_nk - shift_k
 * </pre>
 *
 * so that the M-step is the same as without gaps, for all shapes. C_nk is the same for all points of a pattern, so
 * enters once, times the sum of their responsibilities. A point of which nothing is observed has density 1: its
 * responsibilities are the weights, and it adds nothing to the log-likelihood.
 *
 * <p>Costs {@code O(K D^2)} per point for full and tied covariances, else {@code O(K D)}, and per pattern what
 * {@link Marginals#select} does. Allocated once; then {@link #run} allocates nothing. Not thread-safe: one per thread.
 */
final class IncompletePass {
    private final IncompleteRows rows;
    private final int dims;
    private final Marginals marginals;
    private final double[] point;
    private final double[] completed;
    private final double[] logDensities;
    /** The sum of each component's responsibilities over the points of one pattern. */
    private final double[] present;

    IncompletePass(IncompleteRows rows, int components, int dims) {
        this.rows = rows;
        this.dims = dims;
        marginals = new Marginals(components, dims);
        point = new double[dims + 1];
        completed = new double[dims];
        logDensities = new double[components];
        present = new double[components];
    }

    /** Adds the moments of rows {@code from} (inclusive) to {@code to} (exclusive), and their log-likelihood. */
    void run(int from, int to, Densities densities, Assignment assignment, Moments into) {
        int pattern = rows.patternOf(from);
        for (int start = from; start < to; pattern++) {
            int end = Math.min(to, rows.end(pattern));
            marginals.select(densities.parameters(), rows.missing(pattern));
            runPattern(start, end, densities, assignment, into);
            start = end;
        }
    }

    private void runPattern(int from, int to, Densities densities, Assignment assignment, Moments into) {
        Arrays.fill(present, 0);
        double logLikelihood = 0;
        double totalWeight = 0;
        for (int row = from; row < to; row++) {
            rows.copyRow(row, point);
            double weight = point[dims];
            for (int k = 0; k < logDensities.length; k++) {
                logDensities[k] = marginals.logDensity(k, point);
            }
            densities.change(logDensities, row);
            logLikelihood += weight * assign(assignment);
            totalWeight += weight;
            for (int k = 0; k < logDensities.length && assignment != Assignment.NONE; k++) {
                double responsibility = weight * logDensities[k];
                if (responsibility > 0) {
                    present[k] += responsibility;
                    add(k, responsibility, into);
                }
            }
        }
        for (int k = 0; k < present.length; k++) {
            if (present[k] > 0) {
                into.weights()[k] += present[k];
                addCovariance(k, into);
            }
        }
        into.count(to - from, totalWeight, logLikelihood);
    }

    /** Replaces the log-densities by shares of the point; returns what counts as its log-density. */
    private double assign(Assignment assignment) {
        int best = 0;
        for (int k = 1; k < logDensities.length; k++) {
            best = logDensities[k] > logDensities[best] ? k : best;
        }
        double max = logDensities[best];
        if (assignment == Assignment.HARD) {
            Arrays.fill(logDensities, 0);
            logDensities[best] = 1;
            return max;
        }
        double sum = 0;
        for (int k = 0; k < logDensities.length; k++) {
            logDensities[k] = Math.exp(logDensities[k] - max);
            sum += logDensities[k];
        }
        for (int k = 0; k < logDensities.length; k++) {
            logDensities[k] /= sum;
        }
        return max + Math.log(sum);
    }

    /** {@code S_k += r u} and {@code T_k += r u u^T}. */
    private void add(int k, double responsibility, Moments into) {
        marginals.complete(k, point, into.shifts(), completed);
        double[] second = into.second();
        int block = into.covariance().blockOffset(k, dims);
        for (int i = 0; i < dims; i++) {
            double u = responsibility * completed[i];
            into.first()[k * dims + i] += u;
            switch (into.covariance()) {
                case SPHERICAL -> second[block] += u * completed[i];
                case DIAGONAL -> second[block + i] += u * completed[i];
                case TIED, FULL -> {
                    int row = block + LowerTriangle.index(i, 0);
                    for (int j = 0; j <= i; j++) {
                        second[row + j] += u * completed[j];
                    }
                }
            }
        }
    }

    /** {@code T_k += C_k sum_n r_nk}, over the points of the pattern. */
    private void addCovariance(int k, Moments into) {
        double[] second = into.second();
        int block = into.covariance().blockOffset(k, dims);
        for (int a = marginals.observed(); a < dims; a++) {
            int i = marginals.feature(a);
            switch (into.covariance()) {
                case SPHERICAL -> second[block] += present[k] * marginals.covariance(k, a, a);
                case DIAGONAL -> second[block + i] += present[k] * marginals.covariance(k, a, a);
                case TIED, FULL -> {
                    for (int b = marginals.observed(); b <= a; b++) {
                        int j = marginals.feature(b);
                        int element = LowerTriangle.index(Math.max(i, j), Math.min(i, j));
                        second[block + element] += present[k] * marginals.covariance(k, a, b);
                    }
                }
            }
        }
    }
}
