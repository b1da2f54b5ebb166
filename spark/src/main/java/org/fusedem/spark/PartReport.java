package org.fusedem.spark;

import java.io.Serializable;
import org.fusedem.fit.PointsSummary;

/** What a partition says of itself once it is loaded. No record, as Kryo makes objects of plain classes only. */
final class PartReport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String executor;
    private final long bytes;
    private final byte[] summary;

    PartReport(String executor, long bytes, byte[] summary) {
        this.executor = executor;
        this.bytes = bytes;
        this.summary = summary;
    }

    /** Where it lies. */
    String executor() {
        return executor;
    }

    /** What it takes off the heap, or of a file. */
    long bytes() {
        return bytes;
    }

    boolean hasPoints() {
        return summary.length > 0;
    }

    PointsSummary summary() {
        return PointsSummary.ofBytes(summary);
    }

    /** The sum of its rows' weights. */
    double weight() {
        return hasPoints() ? summary().totalWeight() : 0;
    }
}
