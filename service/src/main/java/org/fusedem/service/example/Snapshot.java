package org.fusedem.service.example;

/**
 * The counts at one moment.
 *
 * @param nanos when, as {@link System#nanoTime} has it
 */
record Snapshot(long nanos, long observations, long malformed, long fits, long deadlineMisses, long scored,
        long anomalies) {}
