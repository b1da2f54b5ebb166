package org.fusedem.cli.plot;

import java.io.IOException;
import java.io.OutputStream;

/** Something to be drawn. */
public abstract class Picture {
    private final String title;
    private final double width;
    private final double height;

    /**
     * A picture to come.
     *
     * @param title what it shows, in one line
     * @param width in CSS pixels
     * @param height in CSS pixels
     */
    Picture(String title, double width, double height) {
        this.title = title;
        this.width = width;
        this.height = height;
    }

    final double width() {
        return width;
    }

    final double height() {
        return height;
    }

    /** What it shows, in one line. */
    public final String title() {
        return title;
    }

    /** Draws all of it, on white. */
    abstract void draw(Canvas canvas);

    /** As a document of its own, which may also stand within a page of HTML. */
    public final String svg() {
        return SvgCanvas.draw(this);
    }

    /**
     * Writes it as PNG and leaves the stream open.
     *
     * @throws IOException if it cannot be drawn, since the machine has no font, or be written
     */
    public final void writePng(OutputStream out) throws IOException {
        PngCanvas.write(this, out);
    }
}
