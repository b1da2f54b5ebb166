package org.fusedem.kernel;

/** How a pass spreads a point over the components. */
public enum Assignment {
    /** By posterior probability: EM. */
    SOFT,
    /** All to the most likely component: k-means. */
    HARD,
    /** Not at all: the log-likelihood alone is wanted, moments stay as they are. */
    NONE
}
