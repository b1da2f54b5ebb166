package org.fusedem.maximization;

/** Is told of components that an M-step could not make what their points alone ask for. */
public interface Degeneracies {
    /** The component's covariance was lifted to the variance floor, or above it. */
    void floored(int component);

    /** The component has no weight left that a double could tell. */
    void vanished(int component);
}
