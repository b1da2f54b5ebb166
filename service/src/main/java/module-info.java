/**
 * fusedem inside a service, on Agrona: points, models and scores in buffers, observations over a ring buffer, fits in
 * duty cycles, counters that another process can read.
 *
 * <p>Start at {@link org.fusedem.service.FittingAgent}. The process needs
 * {@code --add-exports java.base/jdk.internal.misc=org.agrona}, or {@code =ALL-UNNAMED} on the class path: Agrona works
 * with the JDK's own Unsafe.
 */
// Agrona is an automatic module, and its buffers are what this module is about.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module org.fusedem.service {
    requires transitive org.fusedem;
    requires transitive org.agrona;
    // The example measures with these; nothing else does.
    requires static HdrHistogram;
    requires static jdk.management;

    exports org.fusedem.service;
}
