package org.fusedem.em;

import java.util.Locale;

/** Whether an EM run takes longer steps than EM's own. */
public enum Acceleration {
    /** EM as it is. */
    NONE,
    /**
     * Squared iterative extrapolation (Varadhan and Roland 2008, step length S3) once EM has become slow: after every
     * three EM steps one in their direction, kept only if it raises the log-likelihood at least as much as the EM step
     * before it did.
     *
     * <p>What is promised:
     * <ul>
     *   <li>The log-likelihood rises as monotonously as under plain EM, and the fixed points are the same.
     *   <li>Until an EM step gains less than 1e-5 nats per point, the run is plain EM, to the bit.
     *   <li>The run ends when a whole cycle, three EM steps and what lies beyond them, gains less than the tolerance (a
     *       cycle whose extrapolation was not kept counts together with the next): so it goes on where plain EM stops
     *       on a plateau, and ends nearer to the optimum.
     * </ul>
     * What cannot be promised: that both runs leave a plateau the same way. One that comes to a plateau, and off it
     * again, may end at another local optimum, better or worse than plain EM's. Of five thousand fits of overlapping
     * mixtures from k-means++ starts one ended worse by more than the tolerance, and two thirds better; from random
     * starts, with as many as five components in one dimension, three of a thousand ended worse.
     *
     * <p>An iteration is still one EM step, and costs one pass over the data; an extrapolation that is not kept costs
     * another.
     */
    SQUAREM;

    /** The name users and files write: the constant's in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The model as the loop should see it for one run; of SQUAREM, with four copies of its coordinates. */
    public LatentVariableModel of(ExtrapolatedModel model) {
        return switch (this) {
            case NONE -> model;
            case SQUAREM -> new Squarem(model);
        };
    }
}
