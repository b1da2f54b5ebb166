package org.fusedem.maximization;

import java.util.Arrays;
import org.fusedem.kernel.Parameters;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;

/**
 * The M-step: the parameters that maximise the evidence lower bound, given the moments of all points; with a
 * {@link PriorStep}, the bound plus the log of the prior.
 *
 * <pre>
 * weight_k = N_k / sum_j N_j                              mean_k = shift_k + d_k,  d_k = S_k / N_k
 * Sigma_k  = T_k / N_k - d_k d_k^T                        full; its diagonal; its trace / D
 * Sigma    = (sum_k T_k - N_k d_k d_k^T) / sum_k N_k      tied
 * </pre>
 *
 * (Bishop, Pattern Recognition and Machine Learning, (9.24) to (9.27), around shifts), then held above the
 * {@link VarianceFloor}. Since shift_k is near mean_k, {@code d_k d_k^T} is small and nothing cancels. All sums may be
 * those of the points times any one factor.
 *
 * <p>Allocated once; a call allocates nothing, but for the first in which a covariance lies below the floor. Not
 * thread-safe.
 */
public final class Maximization {
    /** A component with a smaller share of the weight than this changes no double of any sum. */
    public static final double VANISHED_SHARE = 0x1p-53;

    /** Each try at a floor that the arithmetic can bear is so much higher. */
    private static final double LEVEL_STEP = 10;

    /** {@code LEVEL_STEP} to this power is the largest that is a double, and above any variance over its floor. */
    private static final int MOST_LIFTS = 308;

    private final VarianceFloor floor;
    private final PriorStep prior;
    private final Degeneracies degeneracies;
    private final double[] distance;
    /** The sum of all components' weights: the points' total weight, but for the roundings of responsibilities. */
    private double present;

    /**
     * An M-step.
     *
     * @param prior null for none
     * @param degeneracies is told of components that collapse or die
     */
    public Maximization(VarianceFloor floor, PriorStep prior, int dims, Degeneracies degeneracies) {
        this.floor = floor;
        this.prior = prior;
        this.degeneracies = degeneracies;
        distance = new double[dims];
    }

    /** Rewrites the parameters; those of a component that has vanished stay, but for its weight. */
    public void maximize(Moments moments, Parameters parameters) {
        present = 0;
        for (double weight : moments.weights()) {
            present += weight;
        }
        switch (parameters.covariance()) {
            case SPHERICAL, DIAGONAL, FULL -> setComponents(moments, parameters);
            case TIED -> setTied(moments, parameters);
        }
        factorize(parameters);
    }

    /** Lifts parameters that do not come from an M-step to the floor, and derives their factors. */
    public void enforceFloor(Parameters parameters) {
        int length = parameters.covariance().blockLength(parameters.dims());
        for (int block = 0; block < parameters.covariance().blocks(parameters.components()); block++) {
            if (floor.lift(parameters.covariances(), block * length, 1)) {
                reportFloored(parameters, block);
            }
        }
        factorize(parameters);
    }

    /** Whether all covariances are above the floor; if not, those that are below are changed. */
    public boolean isAboveFloor(Parameters parameters) {
        int length = parameters.covariance().blockLength(parameters.dims());
        for (int block = 0; block < parameters.covariance().blocks(parameters.components()); block++) {
            if (floor.lift(parameters.covariances(), block * length, 1)) {
                return false;
            }
        }
        return true;
    }

    private void setComponents(Moments moments, Parameters parameters) {
        Covariance covariance = parameters.covariance();
        double[] sigma = parameters.covariances();
        int length = covariance.blockLength(parameters.dims());
        for (int k = 0; k < parameters.components(); k++) {
            double weight = moments.weights()[k];
            int block = k * length;
            if (hasPoints(weight)) {
                setMean(moments, parameters, k);
                for (int i = 0; i < length; i++) {
                    sigma[block + i] = moments.second()[block + i] / weight;
                }
                addOuter(covariance, sigma, block, -1, distance);
                if (prior != null) {
                    prior.shrinkMean(parameters, k, weight, weight);
                }
            } else if (prior != null && prior.givesWeight()) {
                prior.setMean(parameters, k);
                Arrays.fill(sigma, block, block + length, 0);
                weight = 0;
            } else {
                vanish(parameters, k);
                continue;
            }
            setWeight(parameters, k, weight);
            shrink(parameters, block, weight);
            if (floor.lift(sigma, block, 1)) {
                reportFloored(parameters, k);
            }
        }
    }

    private void setTied(Moments moments, Parameters parameters) {
        double[] sigma = parameters.covariances();
        for (int i = 0; i < sigma.length; i++) {
            sigma[i] = moments.second()[i] / present;
        }
        for (int k = 0; k < parameters.components(); k++) {
            double weight = moments.weights()[k];
            if (hasPoints(weight)) {
                setMean(moments, parameters, k);
                addOuter(Covariance.TIED, sigma, 0, -weight / present, distance);
                if (prior != null) {
                    prior.shrinkMean(parameters, k, weight, present);
                }
                setWeight(parameters, k, weight);
            } else if (prior != null && prior.givesWeight()) {
                prior.setMean(parameters, k);
                setWeight(parameters, k, 0);
            } else {
                vanish(parameters, k);
                if (prior != null) {
                    prior.keepMean(parameters, k, present);
                }
            }
        }
        shrink(parameters, 0, present);
        if (floor.lift(sigma, 0, 1)) {
            reportFloored(parameters, 0);
        }
    }

    private boolean hasPoints(double weight) {
        return weight / present >= VANISHED_SHARE;
    }

    private void vanish(Parameters parameters, int k) {
        parameters.weights()[k] = 0;
        degeneracies.vanished(k);
    }

    private void setWeight(Parameters parameters, int k, double weight) {
        parameters.weights()[k] = prior == null ? weight / present : prior.weight(weight, present);
    }

    /** Sets the mean to that of the points, and leaves d_k in {@link #distance}. */
    private void setMean(Moments moments, Parameters parameters, int k) {
        for (int i = 0; i < distance.length; i++) {
            int index = k * distance.length + i;
            distance[i] = moments.first()[index] / moments.weights()[k];
            parameters.means()[index] = moments.shifts()[index] + distance[i];
        }
    }

    /** From a block of scatter over weight to the covariance, or with a prior to its mode. */
    private void shrink(Parameters parameters, int block, double weight) {
        if (prior != null) {
            prior.shrinkBlock(parameters.covariances(), block, weight);
        } else if (parameters.covariance() == Covariance.SPHERICAL) {
            parameters.covariances()[block] /= distance.length;
        }
    }

    /** Adds {@code factor v v^T}, or what the shape keeps of it, to a block; for spherical covariances its trace. */
    public static void addOuter(Covariance covariance, double[] sigma, int block, double factor, double[] v) {
        for (int i = 0; i < v.length; i++) {
            switch (covariance) {
                case SPHERICAL -> sigma[block] += factor * v[i] * v[i];
                case DIAGONAL -> sigma[block + i] += factor * v[i] * v[i];
                case TIED, FULL -> {
                    for (int j = 0; j <= i; j++) {
                        sigma[block + LowerTriangle.index(i, j)] += factor * v[i] * v[j];
                    }
                }
            }
        }
    }

    /**
     * Derives the factors. The floor alone may be too low for a Cholesky factor, where a covariance is both huge and
     * flat; then it is raised for this one, tenfold each time, until it is not.
     *
     * <p>That ends. A lift to level l leaves no eigenvalue below l, in the floor's units. Once l is above the largest
     * one, what is left is l times the floor, a diagonal matrix, but for rounding of the order of D eps relative to it;
     * and that has a Cholesky factor (Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, theorem
     * 10.7). The largest eigenvalue is at most the sum of the variances over their floors: below 1e12 n D times what
     * a fit lets the bulk be smaller than the whole, which {@link #MOST_LIFTS} steps reach by far.
     */
    private void factorize(Parameters parameters) {
        double level = 1;
        int lifts = 0;
        int previous = -1;
        for (int block = parameters.factorize(); block >= 0; block = parameters.factorize()) {
            // Those before this one have their factors.
            lifts = block == previous ? lifts + 1 : 1;
            level = block == previous ? level * LEVEL_STEP : LEVEL_STEP;
            previous = block;
            if (lifts > MOST_LIFTS) {
                throw new IllegalStateException("a covariance has no Cholesky factor however high its floor; its numbers"
                        + " must be broken: component=" + block);
            }
            int length = parameters.covariance().blockLength(parameters.dims());
            floor.lift(parameters.covariances(), block * length, level);
            reportFloored(parameters, block);
        }
    }

    /** A tied covariance is everyone's. */
    private void reportFloored(Parameters parameters, int block) {
        if (parameters.covariance() != Covariance.TIED) {
            degeneracies.floored(block);
        } else {
            for (int k = 0; k < parameters.components(); k++) {
                degeneracies.floored(k);
            }
        }
    }
}
