package org.fusedem.em;

/** The latest two gains of the objective, each over an iteration or, of an accelerated run, a cycle. */
final class Gains {
    private double objective;
    private double last;
    private double previous;

    void start() {
        objective = Double.NEGATIVE_INFINITY;
        last = Double.POSITIVE_INFINITY;
        previous = Double.POSITIVE_INFINITY;
    }

    void add(double newObjective) {
        previous = last;
        last = newObjective - objective;
        objective = newObjective;
    }

    /** The latest gain, in nats; infinite before there is one. */
    double last() {
        return last;
    }

    /**
     * What all gains from the latest on come to if they go on to shrink as it did: {@code last / (1 - last /
     * previous)}, the sum of the geometric series. Infinite if it has not shrunk, or is the first; not positive if it
     * is not.
     */
    double extrapolated() {
        if (last <= 0) {
            return last;
        }
        boolean shrunk = last < previous && previous < Double.POSITIVE_INFINITY;
        return shrunk ? last / (1 - last / previous) : Double.POSITIVE_INFINITY;
    }
}
