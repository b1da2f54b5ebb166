package org.fusedem.cli.plot;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Curves over whole numbers: iterations, starts, numbers of components. */
final class CurvesPicture extends Picture {
    private static final double WIDTH = 540;
    private static final double HEIGHT = 380;
    private static final double LEFT = 100;
    private static final double RIGHT = 20;
    private static final double BOTTOM = 52;
    private static final int HEADING_LINES = 2;
    private static final int TICKS = 8;
    private static final double MARGIN = 0.05;
    private static final double LINE_WIDTH = 1.8;
    private static final double RADIUS = 3.2;
    private static final double RING_RADIUS = 8;
    /** More dots than this hide their line. */
    private static final int MOST_DOTS = 60;

    private final String xTitle;
    private final String yTitle;
    private final String note;
    private final List<Curve> curves;
    private final double leastHeight;
    private final boolean lines;

    /**
     * Curves to be drawn.
     *
     * @param note what hollow and ringed dots are
     * @param leastHeight of the y axis: differences that are nothing beside it mean nothing
     * @param lines whether dots are joined
     */
    CurvesPicture(String title, String xTitle, String yTitle, String note, List<Curve> curves,
            double leastHeight, boolean lines) {
        super(title, WIDTH, HEIGHT);
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.note = note;
        this.curves = curves;
        this.leastHeight = leastHeight;
        this.lines = lines;
    }

    @Override
    void draw(Canvas canvas) {
        List<Curve.Dot> dots = curves.stream().flatMap(curve -> curve.dots().stream()).toList();
        double top = Heading.height(HEADING_LINES);
        Frame frame = new Frame(new Rectangle2D.Double(LEFT, top, WIDTH - LEFT - RIGHT, HEIGHT - top - BOTTOM),
                Axis.ofCounts(dots.stream().mapToLong(Curve.Dot::x).min().orElse(0),
                        dots.stream().mapToLong(Curve.Dot::x).max().orElse(1), TICKS), yAxis(dots));
        frame.drawGrid(canvas);
        frame.drawBorder(canvas);
        frame.drawX(canvas, xTitle);
        frame.drawY(canvas, yTitle);
        for (int i = 0; i < curves.size(); i++) {
            draw(canvas, frame, i);
        }
        Heading heading = new Heading(WIDTH);
        heading.title(canvas, title());
        if (curves.size() > 1) {
            drawLegend(canvas);
        }
        heading.notes(canvas, curves.size() > 1 ? 2 : 1, List.of(note));
    }

    private Axis yAxis(List<Curve.Dot> dots) {
        double least = dots.stream().mapToDouble(Curve.Dot::y).min().orElse(0);
        double largest = dots.stream().mapToDouble(Curve.Dot::y).max().orElse(1);
        double margin = Math.max(MARGIN * (largest - least), (leastHeight - (largest - least)) / 2);
        return Axis.over(least - margin, largest + margin, TICKS);
    }

    private void draw(Canvas canvas, Frame frame, int index) {
        List<Curve.Dot> dots = curves.get(index).dots();
        int rgb = Palette.component(index);
        if (lines && dots.size() > 1) {
            canvas.stroke(frame.line(dots.stream().mapToDouble(Curve.Dot::x).toArray(),
                    dots.stream().mapToDouble(Curve.Dot::y).toArray()), Palette.pen(index, LINE_WIDTH));
        }
        for (Curve.Dot dot : dots) {
            double x = frame.pixelX(dot.x());
            double y = frame.pixelY(dot.y());
            if (dots.size() <= MOST_DOTS || !lines) {
                Path2D mark = Marks.of(index, x, y, RADIUS);
                canvas.fill(mark, dot.doubtful() ? Palette.PAPER : rgb);
                canvas.stroke(mark, new Pen(rgb, 1.2));
            }
            if (dot.best()) {
                canvas.stroke(new Ellipse2D.Double(x - RING_RADIUS, y - RING_RADIUS, 2 * RING_RADIUS, 2 * RING_RADIUS),
                        new Pen(Palette.TEXT, 1.5));
            }
        }
    }

    private void drawLegend(Canvas canvas) {
        double x = 16;
        double baseline = Heading.baseline(1);
        for (int i = 0; i < curves.size(); i++) {
            canvas.stroke(new Line2D.Double(x, baseline - 4, x + 22, baseline - 4), Palette.pen(i, LINE_WIDTH));
            canvas.fill(Marks.of(i, x + 11, baseline - 4, RADIUS + 0.6), Palette.component(i));
            canvas.text(curves.get(i).name(), x + 28, baseline, Lettering.LABEL);
            x += 28 + Lettering.LABEL.width(curves.get(i).name()) + 18;
        }
    }
}
