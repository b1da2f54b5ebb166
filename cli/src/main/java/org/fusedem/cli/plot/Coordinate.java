package org.fusedem.cli.plot;

/** A number of each point: one of its features, or a sum of them. */
interface Coordinate {
    /** Of the point in a row; NaN where a value is missing. */
    double of(long row);
}
