package org.fusedem.events;

/**
 * Tells Java Flight Recorder, if it records. Each method says which event; the classes of these name the fields.
 *
 * <p>Thread-safe. Without the module {@code jdk.jfr}, or while nothing records, nothing happens and nothing is
 * allocated. What an event would say must cost nothing to say: pass numbers and constant strings.
 */
public final class Events {
    /** Classes that extend those of the module must not be touched without it. */
    private static final boolean RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent()
            && Events.class.getModule().canRead(ModuleLayer.boot().findModule("jdk.jfr").get());

    private Events() {}

    /** Begins a {@link FittingEvent}, which takes time: end it where the fit ends well. */
    public static FitSpan beginFit() {
        return RECORDER && FittingEvent.isOn() ? FittingEvent.begun() : FitSpan.NONE;
    }

    /** Begins an {@link IterationEvent}: end it after the M-step. */
    public static IterationSpan beginIteration() {
        return RECORDER && IterationEvent.isOn() ? IterationEvent.begun() : IterationSpan.NONE;
    }

    /**
     * Which kernel a fit goes to: a {@link KernelEvent}.
     *
     * @param kernel {@code scalar} or {@code vector}
     * @param vectorBits the bits that one instruction works on
     * @param reason why, in a word
     */
    public static void kernelChosen(String kernel, int vectorBits, String reason) {
        if (RECORDER && KernelEvent.isOn()) {
            KernelEvent.record(kernel, vectorBits, reason);
        }
    }

    /**
     * A component has collapsed or died, for the first time in its run: a {@link DegenerateComponentEvent}.
     *
     * @param kind what happened
     * @param component from 0
     * @param iteration when, 0 for the start
     */
    public static void degenerateComponent(String kind, int component, int iteration) {
        if (RECORDER && DegenerateComponentEvent.isOn()) {
            DegenerateComponentEvent.record(kind, component, iteration);
        }
    }

    /**
     * Work had to stop before it was done, or was done too late: a {@link DeadlineMissedEvent}.
     *
     * @param task what it was: {@code refit}, say
     * @param budgetNanos the time it had
     * @param elapsedNanos the time it took
     * @param iterations the iterations done
     */
    public static void deadlineMissed(String task, long budgetNanos, long elapsedNanos, int iterations) {
        if (RECORDER && DeadlineMissedEvent.isOn()) {
            DeadlineMissedEvent.record(task, budgetNanos, elapsedNanos, iterations);
        }
    }
}
