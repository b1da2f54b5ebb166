package org.fusedem.maximization;

import org.fusedem.matrix.LowerTriangle;
import org.fusedem.matrix.SymmetricEigen;
import org.fusedem.moments.Covariance;

/**
 * Keeps covariances from collapsing: {@code Sigma >= F} in the order of positive semi-definite matrices, where
 * {@code F = diag(f_1, ..., f_D)}, {@code f_i = max(R s_i^2, A)}, with s_i the scale of feature i's {@link Bulk}, R
 * the relative floor and A the absolute one. So without A the variance in every direction, measured in the features'
 * own scales, is at least R. Spherical covariances are held above the average of the f_i.
 *
 * <p>Among the covariances allowed, the one that maximises the M-step's objective is
 * {@code F^(1/2) V max(Lambda, 1) V^T F^(1/2)}, with {@code V Lambda V^T = F^(-1/2) S F^(-1/2)} for the unconstrained
 * S: eigenvalues below the floor are lifted to it, all else stays. (The objective, {@code -log|Sigma| - tr(Sigma^-1
 * S)}, is invariant to the scaling by F, and separates over the eigenvalues of commuting matrices; von Neumann's trace
 * inequality shows that commuting is best. Compare Ingrassia and Rocci 2007.) So EM under this floor is still exact EM
 * over a smaller set of parameters: but for rounding, which matters where a covariance is nearly singular, the
 * log-likelihood still never falls; and nothing changes where nothing collapses.
 *
 * <p>Not thread-safe.
 */
public final class VarianceFloor {
    /** The inverse of a covariance whose directions differ so much has some four correct digits left: 1e12 roundings. */
    private static final double LEAST = 1e-12;

    private final Covariance covariance;
    private final int dims;
    private final double[] floors;
    private final boolean[] constant;
    private final double[] triangle;
    private double averageFloor;
    private boolean allConstant;
    private boolean collapsed;
    private SymmetricEigen eigen;

    /** A floor for so many features, zero until {@link #set}. */
    public VarianceFloor(Covariance covariance, int dims) {
        this.covariance = covariance;
        this.dims = dims;
        floors = new double[dims];
        constant = new boolean[dims];
        triangle = new double[covariance == Covariance.FULL || covariance == Covariance.TIED
                ? Covariance.triangle(dims) : 0];
    }

    /**
     * Takes {@code f_1, ..., f_D}, all positive.
     *
     * @param newConstant for each feature, whether all points have the same value there, so that no covariance can help
     *     being lifted: that is nothing to say of a component
     */
    public void set(double[] newFloors, boolean[] newConstant) {
        System.arraycopy(newConstant, 0, constant, 0, dims);
        allConstant = true;
        for (boolean each : constant) {
            allConstant &= each;
        }
        double sum = 0;
        for (int i = 0; i < dims; i++) {
            floors[i] = newFloors[i];
            sum += floors[i];
        }
        averageFloor = sum / dims;
    }

    /** R: what the variances of the data's bulk are multiplied by, given the {@code regularization} asked for. */
    public static double relative(double regularization) {
        return Math.max(regularization, LEAST);
    }

    /**
     * Lifts one block of packed covariances to {@code level} times the floor where it lies below.
     *
     * @param level 1, or more where even the floor is too low for the arithmetic
     * @return whether anything had to be lifted
     */
    public boolean lift(double[] covariances, int offset, double level) {
        collapsed = false;
        return switch (covariance) {
            case SPHERICAL -> {
                boolean lifted = liftValue(covariances, offset, level * averageFloor);
                collapsed = lifted && !allConstant;
                yield lifted;
            }
            case DIAGONAL -> {
                boolean lifted = false;
                for (int i = 0; i < dims; i++) {
                    boolean low = liftValue(covariances, offset + i, level * floors[i]);
                    lifted |= low;
                    collapsed |= low && !constant[i];
                }
                yield lifted;
            }
            case TIED, FULL -> !aboveFloor(covariances, offset, level) && liftEigenvalues(covariances, offset, level);
        };
    }

    /** Whether the last {@link #lift} lifted a variance in a direction in which the points vary. */
    public boolean collapsed() {
        return collapsed;
    }

    private static boolean liftValue(double[] values, int index, double floor) {
        // Negated, so that what is no number is lifted too.
        boolean low = !(values[index] >= floor);
        if (low) {
            values[index] = floor;
        }
        return low;
    }

    /** Whether {@code Sigma - F} has a Cholesky factor: the cheap test that almost always ends the matter. */
    private boolean aboveFloor(double[] covariances, int offset, double level) {
        System.arraycopy(covariances, offset, triangle, 0, triangle.length);
        for (int i = 0; i < dims; i++) {
            triangle[LowerTriangle.index(i, i)] -= level * floors[i];
        }
        return LowerTriangle.cholesky(triangle, 0, triangle, 0, dims);
    }

    private boolean liftEigenvalues(double[] covariances, int offset, double level) {
        for (int i = 0; i < dims; i++) {
            for (int j = 0; j <= i; j++) {
                int index = LowerTriangle.index(i, j);
                triangle[index] = covariances[offset + index] / Math.sqrt(floors[i]) / Math.sqrt(floors[j]);
            }
        }
        if (eigen == null) {
            eigen = new SymmetricEigen(dims);
        }
        eigen.decompose(triangle, 0);
        boolean lifted = false;
        for (int v = 0; v < dims; v++) {
            double shortfall = level - eigen.value(v);
            if (shortfall > 0) {
                lifted = true;
                collapsed |= !isConstant(v);
                addDirection(covariances, offset, v, shortfall);
            }
        }
        return lifted;
    }

    /**
     * Whether an eigenvector is one of constant features: they have covariances of zero with all others, so an
     * eigenvector has all of its length there, or none, but for rounding.
     */
    private boolean isConstant(int v) {
        double share = 0;
        for (int i = 0; i < dims; i++) {
            share += constant[i] ? eigen.vector(i, v) * eigen.vector(i, v) : 0;
        }
        return share > 0.5;
    }

    /** Adds {@code shortfall F^(1/2) v v^T F^(1/2)}: only the collapsed direction is touched, by just what it lacks. */
    private void addDirection(double[] covariances, int offset, int v, double shortfall) {
        for (int i = 0; i < dims; i++) {
            double scaled = shortfall * Math.sqrt(floors[i]) * eigen.vector(i, v);
            for (int j = 0; j <= i; j++) {
                covariances[offset + LowerTriangle.index(i, j)] += scaled * Math.sqrt(floors[j]) * eigen.vector(j, v);
            }
        }
    }
}
