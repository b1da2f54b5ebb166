package org.fusedem.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** {@code org.fusedem.Iteration}: one E-step and the M-step after it. */
@Name("org.fusedem.Iteration")
@Label("EM Iteration")
@Category("fusedem")
@Description("One expectation and the maximisation after it; short runs and restarts count from 0 again")
@StackTrace(false)
final class IterationEvent extends Event implements IterationSpan {
    private static final IterationEvent SWITCH = new IterationEvent();

    @Label("Iteration")
    int iteration;

    @Label("Log-likelihood")
    @Description("Before the M-step, in nats")
    double logLikelihood;

    @Label("Log-prior")
    double logPrior;

    static boolean isOn() {
        return SWITCH.isEnabled();
    }

    static IterationEvent begun() {
        IterationEvent event = new IterationEvent();
        event.begin();
        return event;
    }

    @Override
    public void end(int iteration, double logLikelihood, double logPrior) {
        this.iteration = iteration;
        this.logLikelihood = logLikelihood;
        this.logPrior = logPrior;
        commit();
    }
}
