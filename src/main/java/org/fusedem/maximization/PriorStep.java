package org.fusedem.maximization;

import org.fusedem.kernel.Parameters;

/** What a conjugate prior does to the M-step: it moves each maximum of the likelihood to the mode of the posterior. */
public interface PriorStep {
    /** Whether a component keeps some weight even when it has no points. */
    boolean givesWeight();

    /** The mode of a component's weight, given the weight of its points and of all. */
    double weight(double ofComponent, double ofAll);

    /**
     * Moves mean k from that of its points to the mode, and adds to its block what that costs.
     *
     * @param weight of the component's points, positive
     * @param divisor what the sums in the block have been divided by
     */
    void shrinkMean(Parameters parameters, int k, double weight, double divisor);

    /** Leaves mean k where it is, and adds to its block what that costs. */
    void keepMean(Parameters parameters, int k, double divisor);

    /** Moves mean k to where it is most probable without any points. */
    void setMean(Parameters parameters, int k);

    /**
     * Moves a block from the scatter of its points, divided by their weight, to the mode.
     *
     * @param covariances a block at {@code offset}; for spherical covariances the sum over the features
     */
    void shrinkBlock(double[] covariances, int offset, double weight);
}
