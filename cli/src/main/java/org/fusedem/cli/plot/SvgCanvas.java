package org.fusedem.cli.plot;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** A picture as SVG text that needs nothing from elsewhere, and has no ids: it can stand in a page beside others. */
final class SvgCanvas implements Canvas {
    private static final String FONTS = "system-ui, 'DejaVu Sans', 'Segoe UI', Arial, sans-serif";
    /** Farther out nothing is seen, and some viewers miscalculate. */
    private static final double FARTHEST = 1e5;

    private final StringBuilder svg = new StringBuilder();

    private SvgCanvas() {}

    /** The whole document of a picture. */
    static String draw(Picture picture) {
        SvgCanvas canvas = new SvgCanvas();
        canvas.svg.append(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\""
                        + " role=\"img\" font-family=\"%3$s\">%n<title>%4$s</title>%n",
                number(picture.width()), number(picture.height()), FONTS, Markup.escaped(picture.title())));
        canvas.fill(new Rectangle2D.Double(0, 0, picture.width(), picture.height()), Palette.PAPER);
        picture.draw(canvas);
        return canvas.svg.append("</svg>\n").toString();
    }

    @Override
    public void fill(Shape shape, int rgb) {
        svg.append("<path fill=\"").append(colour(rgb)).append("\" d=\"").append(path(shape)).append("\"/>\n");
    }

    @Override
    public void stroke(Shape shape, Pen pen) {
        svg.append("<path fill=\"none\" stroke=\"").append(colour(pen.rgb())).append("\" stroke-width=\"")
                .append(number(pen.width())).append("\" stroke-linejoin=\"round\"");
        if (!pen.dashes().isEmpty()) {
            svg.append(" stroke-dasharray=\"");
            pen.dashes().forEach(dash -> svg.append(number(dash)).append(' '));
            svg.setCharAt(svg.length() - 1, '"');
        }
        svg.append(" d=\"").append(path(shape)).append("\"/>\n");
    }

    @Override
    public void text(String text, double x, double y, Lettering lettering) {
        svg.append("<text font-size=\"").append(number(lettering.size())).append("\" fill=\"")
                .append(colour(lettering.rgb())).append("\" text-anchor=\"")
                .append(lettering.anchor().name().toLowerCase(Locale.ROOT)).append('"');
        if (lettering.bold()) {
            svg.append(" font-weight=\"bold\"");
        }
        if (lettering.halo()) {
            svg.append(" stroke=\"").append(colour(Palette.PAPER))
                    .append("\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
        if (lettering.upward()) {
            svg.append(" transform=\"translate(").append(number(x)).append(' ').append(number(y))
                    .append(") rotate(-90)\"");
        } else {
            svg.append(" x=\"").append(number(x)).append("\" y=\"").append(number(y)).append('"');
        }
        svg.append('>').append(Markup.escaped(text)).append("</text>\n");
    }

    /** An SVG within the SVG shows nothing beyond its frame. */
    @Override
    public void within(Rectangle2D area, Runnable drawing) {
        String x = number(area.getX());
        String y = number(area.getY());
        String width = number(area.getWidth());
        String height = number(area.getHeight());
        svg.append("<svg x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" viewBox=\"%s %s %s %s\">\n"
                .formatted(x, y, width, height, x, y, width, height));
        drawing.run();
        svg.append("</svg>\n");
    }

    /** Points relative to the one before, which is shorter. */
    private static StringBuilder path(Shape shape) {
        StringBuilder path = new StringBuilder();
        double[] next = new double[6];
        long[] at = new long[2];
        long[] begin = new long[2];
        for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
            switch (i.currentSegment(next)) {
                case PathIterator.SEG_MOVETO -> {
                    append('m', next, 1, path, at);
                    System.arraycopy(at, 0, begin, 0, 2);
                }
                case PathIterator.SEG_LINETO -> append('l', next, 1, path, at);
                case PathIterator.SEG_QUADTO -> append('q', next, 2, path, at);
                case PathIterator.SEG_CUBICTO -> append('c', next, 3, path, at);
                default -> {
                    path.append('z');
                    System.arraycopy(begin, 0, at, 0, 2);
                }
            }
        }
        return path;
    }

    /** Adds so many points in tenths of a pixel; the last becomes where the path is at. */
    private static void append(char letter, double[] coordinates, int points, StringBuilder path, long[] at) {
        path.append(letter);
        long[] last = at.clone();
        for (int i = 0; i < 2 * points; i++) {
            last[i % 2] = tenths(coordinates[i]);
            long step = last[i % 2] - at[i % 2];
            if (i > 0 && step >= 0) {
                path.append(' ');
            }
            appendTenths(step, path);
        }
        System.arraycopy(last, 0, at, 0, 2);
    }

    private static long tenths(double coordinate) {
        return Math.round(10 * Math.clamp(coordinate, -FARTHEST, FARTHEST));
    }

    private static void appendTenths(long tenths, StringBuilder text) {
        if (tenths < 0) {
            text.append('-');
        }
        long size = Math.abs(tenths);
        text.append(size / 10);
        if (size % 10 != 0) {
            text.append('.').append(size % 10);
        }
    }

    private static String number(double value) {
        StringBuilder text = new StringBuilder();
        appendTenths(tenths(value), text);
        return text.toString();
    }

    private static String colour(int rgb) {
        return "#%06x".formatted(rgb);
    }
}
