package org.fusedem.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * {@code org.fusedem.DegenerateComponent}: a component that collapses or dies, once in a run for each kind of that.
 */
@Name("org.fusedem.DegenerateComponent")
@Label("Degenerate Component")
@Category("fusedem")
@Description("A component has collapsed onto the variance floor, or lost all weight or points, for the first time in its"
        + " run")
@StackTrace(false)
final class DegenerateComponentEvent extends Event {
    private static final DegenerateComponentEvent SWITCH = new DegenerateComponentEvent();

    @Label("Kind")
    @Description("VARIANCE_FLOORED, WEIGHT_VANISHED or POINTS_VANISHED")
    String kind;

    @Label("Component")
    @Description("From 0")
    int component;

    @Label("Iteration")
    @Description("0 is the start")
    int iteration;

    static boolean isOn() {
        return SWITCH.isEnabled();
    }

    static void record(String kind, int component, int iteration) {
        DegenerateComponentEvent event = new DegenerateComponentEvent();
        event.kind = kind;
        event.component = component;
        event.iteration = iteration;
        event.commit();
    }
}
