package org.fusedem.fit;

import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.kernel.Parameters;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;

/**
 * The M-step: the parameters that maximise the evidence lower bound, given the moments of all points.
 *
 * <pre>
 * weight_k = N_k / sum_j N_j                              mean_k = shift_k + d_k,  d_k = S_k / N_k
 * Sigma_k  = T_k / N_k - d_k d_k^T                        full; its diagonal; its trace / D
 * Sigma    = (sum_k T_k - N_k d_k d_k^T) / sum_k N_k      tied
 * </pre>
 *
 * (Bishop, Pattern Recognition and Machine Learning, (9.24) to (9.27), around shifts), then held above the
 * {@link VarianceFloor}. Since shift_k is near mean_k, {@code d_k d_k^T} is small and nothing cancels.
 */
final class Maximization {
    /** A component with a smaller share of the weight than this changes no double of any sum. */
    static final double VANISHED_SHARE = 0x1p-53;

    /** Each try at a floor that the arithmetic can bear is so much higher. */
    private static final double LEVEL_STEP = 10;

    private final VarianceFloor floor;
    private final EventLog events;
    private final double[] distance;
    /** The sum of all components' weights: the points' total weight, but for the roundings of responsibilities. */
    private double present;

    Maximization(VarianceFloor floor, int dims, EventLog events) {
        this.floor = floor;
        this.events = events;
        distance = new double[dims];
    }

    /** Rewrites the parameters; those of a component that has vanished stay, but for its weight. */
    void maximize(Moments moments, Parameters parameters) {
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
    void enforceFloor(Parameters parameters) {
        int length = parameters.covariance().blockLength(parameters.dims());
        for (int block = 0; block < parameters.covariance().blocks(parameters.components()); block++) {
            if (floor.lift(parameters.covariances(), block * length, 1)) {
                reportFloored(parameters, block);
            }
        }
        factorize(parameters);
    }

    /** Whether all covariances are above the floor; if not, those that are below are changed. */
    boolean isAboveFloor(Parameters parameters) {
        int length = parameters.covariance().blockLength(parameters.dims());
        for (int block = 0; block < parameters.covariance().blocks(parameters.components()); block++) {
            if (floor.lift(parameters.covariances(), block * length, 1)) {
                return false;
            }
        }
        return true;
    }

    private void setComponents(Moments moments, Parameters parameters) {
        int length = parameters.covariance().blockLength(parameters.dims());
        for (int k = 0; k < parameters.components(); k++) {
            if (setMean(moments, parameters, k)) {
                int block = k * length;
                for (int i = 0; i < length; i++) {
                    parameters.covariances()[block + i] = moments.second()[block + i] / moments.weights()[k];
                }
                subtractDistance(parameters, block, 1);
                if (floor.lift(parameters.covariances(), block, 1)) {
                    reportFloored(parameters, k);
                }
            }
        }
    }

    private void setTied(Moments moments, Parameters parameters) {
        double[] sigma = parameters.covariances();
        for (int i = 0; i < sigma.length; i++) {
            sigma[i] = moments.second()[i] / present;
        }
        for (int k = 0; k < parameters.components(); k++) {
            if (setMean(moments, parameters, k)) {
                subtractDistance(parameters, 0, moments.weights()[k] / present);
            }
        }
        if (floor.lift(sigma, 0, 1)) {
            reportFloored(parameters, 0);
        }
    }

    /** Sets weight and mean and leaves d_k in {@link #distance}; false if the component has vanished. */
    private boolean setMean(Moments moments, Parameters parameters, int k) {
        double weight = moments.weights()[k];
        double share = weight / present;
        if (!(share >= VANISHED_SHARE)) {
            parameters.weights()[k] = 0;
            events.add(Kind.WEIGHT_VANISHED, k);
            return false;
        }
        parameters.weights()[k] = share;
        for (int i = 0; i < distance.length; i++) {
            int index = k * distance.length + i;
            distance[i] = moments.first()[index] / weight;
            parameters.means()[index] = moments.shifts()[index] + distance[i];
        }
        return true;
    }

    /** Subtracts {@code share d d^T}, or what the shape keeps of it, from a block. */
    private void subtractDistance(Parameters parameters, int block, double share) {
        double[] sigma = parameters.covariances();
        int dims = distance.length;
        for (int i = 0; i < dims; i++) {
            switch (parameters.covariance()) {
                case SPHERICAL -> sigma[block] -= share * distance[i] * distance[i];
                case DIAGONAL -> sigma[block + i] -= share * distance[i] * distance[i];
                case TIED, FULL -> {
                    for (int j = 0; j <= i; j++) {
                        sigma[block + LowerTriangle.index(i, j)] -= share * distance[i] * distance[j];
                    }
                }
            }
        }
        if (parameters.covariance() == Covariance.SPHERICAL) {
            sigma[block] /= dims;
        }
    }

    /**
     * Derives the factors. The floor alone may be too low for a Cholesky factor, where a covariance is both huge and
     * flat; then it is raised for this one until it is not.
     */
    private void factorize(Parameters parameters) {
        double level = 1;
        for (int block = parameters.factorize(); block >= 0; block = parameters.factorize()) {
            level *= LEVEL_STEP;
            int length = parameters.covariance().blockLength(parameters.dims());
            floor.lift(parameters.covariances(), block * length, level);
            reportFloored(parameters, block);
        }
    }

    /** A tied covariance is everyone's. */
    private void reportFloored(Parameters parameters, int block) {
        if (parameters.covariance() != Covariance.TIED) {
            events.add(Kind.VARIANCE_FLOORED, block);
        } else {
            for (int k = 0; k < parameters.components(); k++) {
                events.add(Kind.VARIANCE_FLOORED, k);
            }
        }
    }
}
