package org.fusedem.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** {@code org.fusedem.DeadlineMissed}: work that ran out of its time. */
@Name("org.fusedem.DeadlineMissed")
@Label("Deadline Missed")
@Category("fusedem")
@Description("Work was cut short at its deadline, or ended after it")
@StackTrace(false)
final class DeadlineMissedEvent extends Event {
    private static final DeadlineMissedEvent SWITCH = new DeadlineMissedEvent();

    @Label("Task")
    String task;

    @Label("Budget")
    @Timespan(Timespan.NANOSECONDS)
    long budget;

    @Label("Elapsed")
    @Timespan(Timespan.NANOSECONDS)
    long elapsed;

    @Label("Iterations")
    int iterations;

    static boolean isOn() {
        return SWITCH.isEnabled();
    }

    static void record(String task, long budgetNanos, long elapsedNanos, int iterations) {
        DeadlineMissedEvent event = new DeadlineMissedEvent();
        event.task = task;
        event.budget = budgetNanos;
        event.elapsed = elapsedNanos;
        event.iterations = iterations;
        event.commit();
    }
}
