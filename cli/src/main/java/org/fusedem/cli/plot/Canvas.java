package org.fusedem.cli.plot;

import java.awt.Shape;
import java.awt.geom.Rectangle2D;

/** What pictures are drawn on. Coordinates are CSS pixels from the upper left corner; colours are {@code 0xRRGGBB}. */
sealed interface Canvas permits SvgCanvas, PngCanvas {
    /** Fills a shape. */
    void fill(Shape shape, int rgb);

    /** Draws the outline of a shape. */
    void stroke(Shape shape, Pen pen);

    /** Writes one line of text, its baseline at y. */
    void text(String text, double x, double y, Lettering lettering);

    /** Draws, and shows only what falls into the area. */
    void within(Rectangle2D area, Runnable drawing);
}
