package org.fusedem.cli.plot;

import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/** The title of a picture, and the lines of notes below it. */
final class Heading {
    private static final double MARGIN = 16;
    private static final double TITLE_BASELINE = 24;
    private static final double LINE_HEIGHT = 17;
    private static final double GAP = 9;
    private static final double LEGEND_STEP = 14;
    private static final double MARK_RADIUS = 4;

    private final double width;

    /** Above a picture of this width. */
    Heading(double width) {
        this.width = width;
    }

    /** How much room a title and so many lines take. */
    static double height(int lines) {
        return baseline(lines) + GAP;
    }

    /** Where the text of a line stands, counted from 1 below the title. */
    static double baseline(int line) {
        return TITLE_BASELINE + line * LINE_HEIGHT;
    }

    void title(Canvas canvas, String title) {
        canvas.text(Lettering.TITLE.fitted(title, width - 2 * MARGIN), MARGIN, TITLE_BASELINE, Lettering.TITLE);
    }

    /** Phrases, one after the other, on as many lines as they take, from the given line on, counted from 1. */
    void notes(Canvas canvas, int line, List<String> phrases) {
        List<String> lines = new ArrayList<>();
        for (String phrase : phrases) {
            String joined = lines.isEmpty() ? phrase : lines.getLast() + "; " + phrase;
            if (!lines.isEmpty() && Lettering.NOTE.width(joined) <= width - 2 * MARGIN) {
                lines.set(lines.size() - 1, joined);
            } else {
                lines.add(phrase);
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            String fitted = Lettering.NOTE.fitted(lines.get(i), width - 2 * MARGIN);
            canvas.text(fitted, MARGIN, baseline(line + i), Lettering.NOTE);
        }
    }

    /** On a line, a mark or a piece of line for each component; as many as fit. */
    void legend(Canvas canvas, int line, int components, boolean marks) {
        double x = MARGIN;
        double baseline = baseline(line);
        String word = "component";
        canvas.text(word, x, baseline, Lettering.LABEL);
        x += Lettering.LABEL.width(word) + LEGEND_STEP;
        for (int k = 0; k < components; k++) {
            String name = String.valueOf(k + 1);
            double needed = 2 * LEGEND_STEP + Lettering.LABEL.width(name);
            if (x + needed > width - MARGIN) {
                canvas.text("…", x, baseline, Lettering.LABEL);
                return;
            }
            if (marks) {
                canvas.fill(Marks.of(k, x, baseline - MARK_RADIUS, MARK_RADIUS), Palette.component(k));
            } else {
                canvas.stroke(new Line2D.Double(x - LEGEND_STEP / 2, baseline - MARK_RADIUS,
                        x + LEGEND_STEP / 2, baseline - MARK_RADIUS), Palette.pen(k, 2.2));
            }
            canvas.text(name, x + LEGEND_STEP - MARK_RADIUS, baseline, Lettering.LABEL);
            x += needed;
        }
    }
}
