package org.fusedem.online;

/** In which order a refit's E-steps and M-steps take turns. Both lead to the same fixed points. */
public enum Sweep {
    /**
     * An M-step when all points have been seen: EM as a batch fit does it. Every iteration is a pass over all points,
     * but for the first from the model of the last refit, which only looks at what has changed since.
     */
    BATCH,
    /**
     * An M-step after every block of points, with what the other blocks had when they were looked at last: incremental
     * EM (Neal and Hinton 1998, A view of the EM algorithm that justifies incremental, sparse, and other variants). The
     * first iteration looks at what has changed and nothing else, so a refit of one iteration costs time in proportion
     * to that; later ones go through all blocks. Fewer passes to converge, more M-steps.
     */
    INCREMENTAL
}
