package org.fusedem.cli.plot;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * A rectangle of the picture in which two axes span a plane.
 *
 * @param area the rectangle, in pixels
 * @param x the axis to the right
 * @param y the axis upward
 */
record Frame(Rectangle2D area, Axis x, Axis y) {
    private static final Pen BORDER = new Pen(Palette.AXIS, 1);
    private static final Pen GRID_LINE = new Pen(Palette.GRID, 1);
    private static final double TICK_LENGTH = 4;
    /** From the frame to the baseline of the labels below, and to the end of those beside. */
    private static final double X_LABEL = 16;
    private static final double Y_LABEL = 7;
    /** From the frame to the title of the axis. */
    private static final double X_TITLE = 34;
    private static final double Y_TITLE = 10;
    /** Half the height of a digit. */
    private static final double HALF_DIGIT = 4;

    double pixelX(double value) {
        return area.getX() + (value - x.from()) / (x.to() - x.from()) * area.getWidth();
    }

    double pixelY(double value) {
        return area.getMaxY() - (value - y.from()) / (y.to() - y.from()) * area.getHeight();
    }

    /** From the plane to pixels. */
    Shape toPixels(Shape shape) {
        double scaleX = area.getWidth() / (x.to() - x.from());
        double scaleY = -area.getHeight() / (y.to() - y.from());
        // Subtracted before it is multiplied, or far from zero the digits would be lost.
        AffineTransform transform = AffineTransform.getTranslateInstance(area.getX(), area.getMaxY());
        transform.scale(scaleX, scaleY);
        transform.translate(-x.from(), -y.from());
        return transform.createTransformedShape(shape);
    }

    /** A line through points of the plane. */
    Path2D line(double[] xs, double[] ys) {
        Path2D line = new Path2D.Double();
        for (int i = 0; i < xs.length; i++) {
            if (i == 0) {
                line.moveTo(pixelX(xs[i]), pixelY(ys[i]));
            } else {
                line.lineTo(pixelX(xs[i]), pixelY(ys[i]));
            }
        }
        return line;
    }

    /** Lines through the ticks, to be drawn first. */
    void drawGrid(Canvas canvas) {
        for (double tick : x.ticks()) {
            canvas.stroke(new Line2D.Double(pixelX(tick), area.getY(), pixelX(tick), area.getMaxY()), GRID_LINE);
        }
        for (double tick : y.ticks()) {
            canvas.stroke(new Line2D.Double(area.getX(), pixelY(tick), area.getMaxX(), pixelY(tick)), GRID_LINE);
        }
    }

    /** The border and, below it, the labels of the x axis and its title. */
    void drawX(Canvas canvas, String title) {
        double bottom = area.getMaxY();
        for (int i = 0; i < x.ticks().size(); i++) {
            double at = pixelX(x.ticks().get(i));
            canvas.stroke(new Line2D.Double(at, bottom, at, bottom + TICK_LENGTH), BORDER);
            canvas.text(x.labels().get(i), at, bottom + X_LABEL, Lettering.TICK);
        }
        Lettering lettering = Lettering.LABEL.anchored(Lettering.Anchor.MIDDLE);
        canvas.text(titled(title, x, lettering, area.getWidth()), area.getCenterX(), bottom + X_TITLE, lettering);
    }

    /** To the left, the labels of the y axis and its title. */
    void drawY(Canvas canvas, String title) {
        double left = area.getX();
        for (int i = 0; i < y.ticks().size(); i++) {
            double at = pixelY(y.ticks().get(i));
            canvas.stroke(new Line2D.Double(left - TICK_LENGTH, at, left, at), BORDER);
            canvas.text(y.labels().get(i), left - Y_LABEL, at + HALF_DIGIT,
                    Lettering.TICK.anchored(Lettering.Anchor.END));
        }
        Lettering lettering = Lettering.LABEL.anchored(Lettering.Anchor.MIDDLE).upwards();
        canvas.text(titled(title, y, lettering, area.getHeight()), left - labelWidth() - Y_TITLE, area.getCenterY(),
                lettering);
    }

    void drawBorder(Canvas canvas) {
        canvas.stroke(area, BORDER);
    }

    /** How far the labels of the y axis reach to the left of the frame. */
    private double labelWidth() {
        return Y_LABEL + y.labels().stream().mapToDouble(Lettering.TICK::width).max().orElse(0);
    }

    private static String titled(String title, Axis axis, Lettering lettering, double room) {
        String note = axis.note().isEmpty() ? "" : " (" + axis.note() + ")";
        return lettering.fitted(title, room - lettering.width(note)) + note;
    }
}
