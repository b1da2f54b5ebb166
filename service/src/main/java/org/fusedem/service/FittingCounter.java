package org.fusedem.service;

/**
 * What a {@link FittingAgent} counts. A counter's type id is {@link #FIRST_TYPE_ID} plus the ordinal here; its label is
 * {@link #label()}.
 */
public enum FittingCounter {
    /** Points taken from the ring into the window. */
    OBSERVATIONS("observations taken into the window"),
    /** Points that producers gave up on, since the ring was full. */
    DROPPED("observations dropped by producers, the ring being full"),
    /** Messages that were skipped: another type, length or dims, or a value that is not finite. */
    MALFORMED("malformed messages skipped"),
    /** Fits that were ended and published. */
    FITS("fits published"),
    /** EM iterations, over all fits. */
    ITERATIONS("EM iterations"),
    /**
     * The log-likelihood of the window that the last fit came to, as {@link org.fusedem.online.Refitter#logLikelihood}
     * has it, as bits: the only counter that is not a plain number.
     */
    LAST_LOG_LIKELIHOOD("log-likelihood of the last fit (the bits of a double: Double.longBitsToDouble)"),
    /** From the first step of the last fit until it was published, in nanoseconds. */
    LAST_FIT_NANOS("duration of the last fit in ns"),
    /** Fits that were ended by their deadline. */
    DEADLINE_MISSES("fits ended by their deadline");

    /** The type id of the first counter. */
    public static final int FIRST_TYPE_ID = 1101;

    private final String label;

    FittingCounter(String label) {
        this.label = "fusedem: " + label;
    }

    /** What people read. */
    public String label() {
        return label;
    }

    /** What programs look for. */
    public int typeId() {
        return FIRST_TYPE_ID + ordinal();
    }

    /** A counter's value as people read it. */
    String format(long value) {
        return this == LAST_LOG_LIKELIHOOD ? Double.toString(Double.longBitsToDouble(value)) : Long.toString(value);
    }

    /** The counter with this type id, or null if it is none of ours. */
    static FittingCounter ofTypeId(int typeId) {
        int ordinal = typeId - FIRST_TYPE_ID;
        return ordinal >= 0 && ordinal < values().length ? values()[ordinal] : null;
    }
}
