package org.fusedem.maximization;

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
 * {@link VarianceFloor}. Since shift_k is near mean_k, {@code d_k d_k^T} is small and nothing cancels. What is
 * {@linkplain FixedParameters fixed} stays. Without a prior, all sums may be those of the points times any one factor.
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
    private final FixedParameters fixed;
    private final Degeneracies degeneracies;
    private final double additional;
    private final double[] distance;
    /** The sum of all components' weights: the points' total weight, but for the roundings of responsibilities. */
    private double present;
    /** What shares the weight that is not fixed: the points of the components free to, and what the prior adds. */
    private double sharing;

    /**
     * An M-step.
     *
     * @param prior null for none
     * @param degeneracies is told of components that collapse or die
     */
    public Maximization(
            VarianceFloor floor, PriorStep prior, FixedParameters fixed, int dims, Degeneracies degeneracies) {
        this.floor = floor;
        this.prior = prior;
        this.fixed = fixed;
        this.degeneracies = degeneracies;
        additional = prior == null ? 0 : prior.additionalWeight();
        distance = new double[dims];
    }

    /** Rewrites the parameters; those of a component that has vanished stay, but for its weight. */
    public void maximize(Moments moments, Parameters parameters) {
        present = 0;
        for (double weight : moments.weights()) {
            present += weight;
        }
        sharing = fixed.freeWeights() * additional;
        for (int k = 0; k < parameters.components(); k++) {
            double weight = moments.weights()[k];
            sharing += !fixed.weight(k) && hasPoints(weight) ? weight : 0;
        }
        if (present == 0) {
            keepAll(parameters);
            return;
        }
        switch (parameters.covariance()) {
            case SPHERICAL, DIAGONAL, FULL -> setComponents(moments, parameters);
            case TIED -> setTied(moments, parameters);
        }
        factorize(parameters);
    }

    /** Where noise has taken all points there is nothing to maximise. */
    private void keepAll(Parameters parameters) {
        for (int k = 0; k < parameters.components(); k++) {
            degeneracies.pointsVanished(k);
        }
    }

    /** Lifts what is free of parameters that do not come from an M-step to the floor, and derives their factors. */
    public void enforceFloor(Parameters parameters) {
        int length = parameters.covariance().blockLength(parameters.dims());
        for (int block = 0; block < parameters.covariance().blocks(parameters.components()); block++) {
            if (!fixed.block(block)) {
                lift(parameters, block, block * length);
            }
        }
        factorize(parameters);
    }

    /** Whether all covariances that are free are above the floor; if not, those that are below are changed. */
    public boolean isAboveFloor(Parameters parameters) {
        int length = parameters.covariance().blockLength(parameters.dims());
        for (int block = 0; block < parameters.covariance().blocks(parameters.components()); block++) {
            if (!fixed.block(block) && floor.lift(parameters.covariances(), block * length, 1)) {
                return false;
            }
        }
        return true;
    }

    private void setComponents(Moments moments, Parameters parameters) {
        double[] sigma = parameters.covariances();
        int length = parameters.covariance().blockLength(parameters.dims());
        for (int k = 0; k < parameters.components(); k++) {
            double weight = moments.weights()[k];
            boolean points = hasPoints(weight);
            if (!points && !priorDecides(k)) {
                vanish(parameters, k);
                continue;
            }
            int block = k * length;
            double divisor = points ? weight : 1;
            for (int i = block; i < block + length && !fixed.block(k); i++) {
                sigma[i] = points ? moments.second()[i] / divisor : 0;
            }
            if (points) {
                setMean(moments, parameters, k, divisor);
            } else {
                setMeanWithoutPoints(parameters, k, divisor);
            }
            setWeight(parameters, k, points ? weight : 0);
            setBlock(parameters, k, points ? weight : 0, divisor);
        }
    }

    private void setTied(Moments moments, Parameters parameters) {
        double[] sigma = parameters.covariances();
        for (int i = 0; i < sigma.length && !fixed.block(0); i++) {
            sigma[i] = moments.second()[i] / present;
        }
        for (int k = 0; k < parameters.components(); k++) {
            double weight = moments.weights()[k];
            if (hasPoints(weight)) {
                setMean(moments, parameters, k, present);
                setWeight(parameters, k, weight);
            } else if (priorDecides(k)) {
                setMeanWithoutPoints(parameters, k, present);
                setWeight(parameters, k, 0);
            } else {
                vanish(parameters, k);
                if (prior != null && !fixed.block(0)) {
                    prior.addDistance(parameters, k, present);
                }
            }
        }
        setBlock(parameters, 0, present, present);
    }

    private boolean hasPoints(double weight) {
        return weight / present >= VANISHED_SHARE;
    }

    /** Whether a component has a weight even when it has no points. */
    private boolean keepsWeight(int k) {
        return fixed.weight(k) || sharing == 0;
    }

    /** Whether there is something that a component without points maximises. */
    private boolean priorDecides(int k) {
        return prior != null && (prior.givesWeight() || keepsWeight(k));
    }

    private void vanish(Parameters parameters, int k) {
        if (!keepsWeight(k)) {
            parameters.weights()[k] = 0;
            degeneracies.vanished(k);
        } else if (!fixed.mean(k) || !fixed.block(block(parameters, k))) {
            degeneracies.pointsVanished(k);
        }
    }

    private static int block(Parameters parameters, int k) {
        return parameters.covariance() == Covariance.TIED ? 0 : k;
    }

    private void setWeight(Parameters parameters, int k, double weight) {
        if (!keepsWeight(k)) {
            parameters.weights()[k] = fixed.freeWeight() * ((weight + additional) / sharing);
        }
    }

    /**
     * Sets the mean to that of the points, with a prior to its mode, unless it is fixed; and brings the sums in the
     * component's block, unless that is fixed, from around the shift to around the mean.
     *
     * @param divisor what the sums in the block have been divided by
     */
    private void setMean(Moments moments, Parameters parameters, int k, double divisor) {
        double weight = moments.weights()[k];
        int first = k * distance.length;
        for (int i = 0; i < distance.length; i++) {
            distance[i] = moments.first()[first + i] / weight;
        }
        boolean free = !fixed.block(block(parameters, k));
        if (free) {
            addDistance(parameters, k, -weight / divisor);
        }
        if (!fixed.mean(k)) {
            for (int i = 0; i < distance.length; i++) {
                parameters.means()[first + i] = moments.shifts()[first + i] + distance[i];
            }
            if (prior != null && free) {
                prior.addShrinkage(parameters, k, weight, divisor);
            }
            if (prior != null) {
                prior.shrinkMean(parameters, k, weight);
            }
        } else if (free) {
            for (int i = 0; i < distance.length; i++) {
                distance[i] -= parameters.means()[first + i] - moments.shifts()[first + i];
            }
            addDistance(parameters, k, weight / divisor);
            if (prior != null) {
                prior.addDistance(parameters, k, divisor);
            }
        }
    }

    private void addDistance(Parameters parameters, int k, double factor) {
        Covariance covariance = parameters.covariance();
        addOuter(covariance, parameters.covariances(), covariance.blockOffset(k, distance.length), factor, distance);
    }

    /** Leaves the mean to the prior, unless it is fixed. */
    private void setMeanWithoutPoints(Parameters parameters, int k, double divisor) {
        if (!fixed.mean(k)) {
            prior.setMean(parameters, k);
        }
        if (!fixed.block(block(parameters, k))) {
            prior.addDistance(parameters, k, divisor);
        }
    }

    /** Brings a block, unless fixed, from sums over divisor to the covariance, or with a prior its mode; and floor. */
    private void setBlock(Parameters parameters, int block, double weight, double divisor) {
        if (fixed.block(block)) {
            return;
        }
        int offset = block * parameters.covariance().blockLength(parameters.dims());
        if (prior != null) {
            prior.shrinkBlock(parameters.covariances(), offset, weight, divisor);
        } else if (parameters.covariance() == Covariance.SPHERICAL) {
            parameters.covariances()[offset] /= distance.length;
        }
        lift(parameters, block, offset);
    }

    private void lift(Parameters parameters, int block, int offset) {
        if (floor.lift(parameters.covariances(), offset, 1) && floor.collapsed()) {
            reportFloored(parameters, block);
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
     * flat; then it is raised for this one, tenfold each time, until it is not. (A fixed covariance has a factor, or it
     * would not have become part of the model that the fit started from.)
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
