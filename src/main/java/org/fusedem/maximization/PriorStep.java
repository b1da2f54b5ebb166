package org.fusedem.maximization;

import org.fusedem.kernel.Parameters;

/** What a conjugate prior does to the M-step: it moves each maximum of the likelihood to the mode of the posterior. */
public interface PriorStep {
    /** Whether a component keeps some weight even when it has no points. */
    boolean givesWeight();

    /** What the weight of each component's points counts more than it is. */
    double additionalWeight();

    /**
     * Adds to a component's block what it costs to move the mean from that of its points, where it is, to the mode.
     *
     * @param weight of the component's points, positive
     * @param divisor what the sums in the block have been divided by
     */
    void addShrinkage(Parameters parameters, int k, double weight, double divisor);

    /** Adds to a component's block what it costs to leave the mean where it is, whatever its points. */
    void addDistance(Parameters parameters, int k, double divisor);

    /**
     * Moves mean k from that of its points to the mode.
     *
     * @param weight of the component's points, positive
     */
    void shrinkMean(Parameters parameters, int k, double weight);

    /** Moves mean k to where it is most probable without any points. */
    void setMean(Parameters parameters, int k);

    /**
     * Moves a block from the scatter of its points to the mode.
     *
     * @param covariances a block at {@code offset}; for spherical covariances the sum over the features
     * @param weight of the points
     * @param divisor what the sums in the block have been divided by
     */
    void shrinkBlock(double[] covariances, int offset, double weight, double divisor);
}
