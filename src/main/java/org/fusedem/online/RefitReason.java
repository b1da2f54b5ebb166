package org.fusedem.online;

/** Why a refit ended. */
public enum RefitReason {
    /** An iteration raised the mean log-likelihood by less than the tolerance. */
    CONVERGED("the gain per iteration fell below the tolerance"),
    /** The last M-step lowered the log-likelihood by more than rounding may, and was taken back. */
    STALLED("the arithmetic could not raise the log-likelihood any further"),
    /** All iterations asked for were done. */
    ITERATIONS("all iterations asked for were done"),
    /** The deadline came first. The model is that of the last M-step. */
    DEADLINE("the deadline has passed"),
    /** There are fewer points than components. The model is as it was. */
    TOO_FEW_POINTS("there are fewer points than components"),
    /**
     * The values lie so close together, or so far apart, that their squares are no ordinary numbers of their type. The
     * model is that of the last M-step.
     */
    OUT_OF_RANGE("the values lie too close together, or too far apart, for a variance: rescale the columns");

    private final String sentence;

    RefitReason(String sentence) {
        this.sentence = sentence;
    }

    /** The reason in words. */
    public String sentence() {
        return sentence;
    }
}
