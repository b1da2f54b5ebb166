/**
 * What Java Flight Recorder is told: fits, iterations, components that degenerate, kernels chosen, deadlines missed.
 *
 * <p>Everything goes through {@link org.fusedem.events.Events}, which knows whether there is a recorder at all: the
 * module {@code jdk.jfr} need not be there. While nothing records, a call is a test of a field and allocates nothing.
 *
 * <p>Not exported: users read the events by their names, {@code org.fusedem.Fit} and so on. This package knows no
 * other.
 */
package org.fusedem.events;
