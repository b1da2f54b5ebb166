package org.fusedem.cli.plot;

import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;

/** How sure it is which component the points belong to: for each component, the shares of its points by class. */
final class CertaintyPicture extends Picture {
    private static final double WIDTH = 720;
    private static final double ROW = 24;
    private static final double BAR = 17;
    private static final double LEFT = 226;
    private static final double RIGHT = 20;
    private static final double BOTTOM = 48;
    private static final int HEADING_LINES = 2;
    /** A picture of more rows would be a wall. */
    private static final int MOST_ROWS = 40;
    private static final List<String> NAMES = List.of("99% sure or more", "90 to 99%", "70 to 90%", "below 70%");
    /** Colours of the first classes are dark. */
    private static final int DARK_CLASSES = 2;

    private final Assignments assignments;
    private final int rows;
    private final int omitted;
    private final boolean weighted;

    CertaintyPicture(String title, Assignments assignments, int components, boolean weighted) {
        super(title, WIDTH, Heading.height(HEADING_LINES) + Math.min(components, MOST_ROWS) * ROW + BOTTOM);
        this.assignments = assignments;
        this.weighted = weighted;
        rows = Math.min(components, MOST_ROWS);
        omitted = components - rows;
    }

    @Override
    void draw(Canvas canvas) {
        double top = Heading.height(HEADING_LINES);
        Frame frame = new Frame(new Rectangle2D.Double(LEFT, top, WIDTH - LEFT - RIGHT, rows * ROW),
                Axis.over(0, 100, 5), Axis.over(0, 1, 1));
        for (int k = 0; k < rows; k++) {
            drawRow(canvas, frame, k);
        }
        frame.drawX(canvas, "percent of the points that most likely belong to the component");
        Heading heading = new Heading(WIDTH);
        heading.title(canvas, title());
        drawLegend(canvas);
        heading.notes(canvas, 2, List.of("sure: the probability of the most likely component"
                + (omitted > 0 ? "; " + omitted + " more components are not shown" : "")));
    }

    private void drawRow(Canvas canvas, Frame frame, int component) {
        double[] weights = assignments.weights(component);
        double sum = Arrays.stream(weights).sum();
        double y = frame.area().getY() + component * ROW + (ROW - BAR) / 2;
        String label = "component " + (component + 1) + ": "
                + (weighted ? "weight " + Numbers.plain(sum) : Numbers.count(Math.round(sum), "point"));
        Lettering beside = Lettering.LABEL.anchored(Lettering.Anchor.END);
        canvas.text(beside.fitted(label, LEFT - 16), LEFT - 8, y + BAR - 4, beside);
        double from = 0;
        for (int level = 0; level < weights.length && sum > 0; level++) {
            double share = weights[level] / sum;
            double left = frame.pixelX(100 * from);
            double right = frame.pixelX(100 * (from + share));
            if (share > 0) {
                canvas.fill(new Rectangle2D.Double(left, y, right - left, BAR), Palette.certainty(level));
            }
            String percent = Numbers.percent(share);
            if (right - left > Lettering.TICK.width(percent) + 8) {
                int rgb = level < DARK_CLASSES ? Palette.PAPER : Palette.TEXT;
                canvas.text(percent, (left + right) / 2, y + BAR - 5, Lettering.TICK.coloured(rgb));
            }
            from += share;
        }
    }

    private static void drawLegend(Canvas canvas) {
        double x = 16;
        double baseline = Heading.baseline(1);
        for (int level = 0; level < NAMES.size(); level++) {
            canvas.fill(new Rectangle2D.Double(x, baseline - 10, 12, 12), Palette.certainty(level));
            canvas.text(NAMES.get(level), x + 18, baseline, Lettering.LABEL);
            x += 18 + Lettering.LABEL.width(NAMES.get(level)) + 18;
        }
    }
}
