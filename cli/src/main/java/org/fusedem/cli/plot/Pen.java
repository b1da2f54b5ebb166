package org.fusedem.cli.plot;

import java.util.List;

/**
 * How a line looks.
 *
 * @param rgb its colour
 * @param width in pixels
 * @param dashes the lengths of dashes and gaps in turn, in pixels; none for a whole line
 */
record Pen(int rgb, double width, List<Double> dashes) {
    Pen(int rgb, double width) {
        this(rgb, width, List.of());
    }

    /** The same line in another colour and width. */
    Pen with(int changedRgb, double changedWidth) {
        return new Pen(changedRgb, changedWidth, dashes);
    }
}
