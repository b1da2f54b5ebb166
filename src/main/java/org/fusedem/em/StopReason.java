package org.fusedem.em;

/** Why an EM loop ended. */
public enum StopReason {
    /** The convergence test was met; {@link Convergence#sentence} says which. */
    CONVERGED("the convergence test was met"),
    /** The last M-step lowered the objective by more than rounding may, or made it no number, and was taken back. */
    STALLED("the arithmetic could not raise the log-likelihood any further"),
    /** All iterations asked for were done. */
    MAX_ITERATIONS("all iterations asked for were done"),
    /** Whoever asked for the run asked it to stop before its end. */
    STOPPED("it was asked to stop");

    private final String sentence;

    StopReason(String sentence) {
        this.sentence = sentence;
    }

    /** The reason in words. */
    public String sentence() {
        return sentence;
    }
}
