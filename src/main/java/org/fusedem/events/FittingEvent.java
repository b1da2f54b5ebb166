package org.fusedem.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** {@code org.fusedem.Fit}: one fit, all its restarts included, from its first to its last instruction. */
@Name("org.fusedem.Fit")
@Label("Fit")
@Category("fusedem")
@Description("A mixture fitted by expectation-maximisation, restarts included")
@StackTrace(false)
final class FittingEvent extends Event implements FitSpan {
    private static final FittingEvent SWITCH = new FittingEvent();

    @Label("Points")
    long points;

    @Label("Dims")
    int dims;

    @Label("Components")
    int components;

    @Label("Covariance")
    String covariance;

    @Label("Kernel")
    String kernel;

    @Label("Iterations")
    @Description("Of the run that gave the model")
    int iterations;

    @Label("Log-likelihood")
    @Description("Of all points under the model, in nats")
    double logLikelihood;

    @Label("Stop Reason")
    String stopReason;

    static boolean isOn() {
        return SWITCH.isEnabled();
    }

    static FittingEvent begun() {
        FittingEvent event = new FittingEvent();
        event.begin();
        return event;
    }

    @Override
    public void end(long points, int dims, int components, String covariance, String kernel, int iterations,
            double logLikelihood, String stopReason) {
        this.points = points;
        this.dims = dims;
        this.components = components;
        this.covariance = covariance;
        this.kernel = kernel;
        this.iterations = iterations;
        this.logLikelihood = logLikelihood;
        this.stopReason = stopReason;
        commit();
    }
}
