/**
 * Mixture models fitted by expectation-maximisation, at the speed of the hardware.
 *
 * <p>Start at {@link org.fusedem.points.Points} for data, {@link org.fusedem.fit.Fitter} to fit, and
 * {@link org.fusedem.model.GaussianMixture} for what comes out. {@link org.fusedem.online.Refitter} follows a stream; a
 * service scores with {@link org.fusedem.model.BatchScorer}, and gets newer models through {@link org.fusedem.publish}.
 */
module org.fusedem {
    requires jdk.incubator.vector;
    // For events. Where there is no recorder there is nothing to be told: see the package events.
    requires static jdk.jfr;

    exports org.fusedem.points;
    exports org.fusedem.moments;
    exports org.fusedem.model;
    exports org.fusedem.em;
    exports org.fusedem.fit;
    exports org.fusedem.select;
    exports org.fusedem.online;
    exports org.fusedem.publish;
    exports org.fusedem.files;
}
