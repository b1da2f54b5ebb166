package org.fusedem.cli.plot;

import java.util.List;

/**
 * A curve over whole numbers.
 *
 * @param name for the legend; empty where there is only one
 * @param dots in ascending order of x
 */
public record Curve(String name, List<Dot> dots) {
    /**
     * A dot of a curve.
     *
     * @param x where
     * @param y how much
     * @param doubtful whether it is drawn hollow
     * @param best whether it is ringed
     */
    public record Dot(long x, double y, boolean doubtful, boolean best) {}
}
