package org.fusedem.cli.plot;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.fusedem.model.GaussianMixture;

/** The histogram of each feature, one large or several small ones. */
final class HistogramsPicture extends Picture {
    /** How many histograms stand in a row, and how large each is with all that belongs to it. */
    private record Layout(int perRow, double width, double height, int ticks) {
        static Layout of(int histograms) {
            return histograms == 1 ? new Layout(1, 720, 430, 8)
                    : histograms == 2 ? new Layout(2, 440, 320, 5) : new Layout(3, 330, 260, 4);
        }
    }

    private static final int HEADING_LINES = 2;
    private static final double LEFT = 72;
    private static final double RIGHT = 16;
    private static final double TOP = 6;
    private static final double BOTTOM = 52;

    private final Features features;
    private final GaussianMixture mixture;
    private final Layout layout;
    private final int shown;

    /** Of the first few features. */
    HistogramsPicture(String title, Features features, GaussianMixture mixture, int shown) {
        super(title, Math.min(shown, Layout.of(shown).perRow) * Layout.of(shown).width,
                Heading.height(HEADING_LINES)
                        + Math.ceilDiv(shown, Layout.of(shown).perRow) * Layout.of(shown).height);
        this.features = features;
        this.shown = shown;
        this.mixture = mixture;
        layout = Layout.of(shown);
    }

    @Override
    void draw(Canvas canvas) {
        long outside = 0;
        long incomplete = 0;
        for (int i = 0; i < shown; i++) {
            Histogram histogram = draw(canvas, i);
            outside = Math.max(outside, histogram.outside());
            incomplete = Math.max(incomplete, histogram.incomplete());
        }
        Heading heading = new Heading(width());
        heading.title(canvas, title());
        heading.legend(canvas, 1, mixture.components(), false);
        List<String> notes = new ArrayList<>(mixture.components() > 1 ? List.of("dashed: all together") : List.of());
        notes.addAll(Omissions.phrases(outside, incomplete));
        heading.notes(canvas, 2, notes);
    }

    private Histogram draw(Canvas canvas, int feature) {
        Coordinate coordinate = features.coordinate(feature);
        Range range = Range.of(features.points(), coordinate);
        Histogram histogram = new Histogram(features.points(), coordinate, range, mixture.marginal(feature));
        double x = feature % layout.perRow * layout.width;
        double y = Heading.height(HEADING_LINES) + feature / layout.perRow * layout.height;
        Frame frame = new Frame(
                new Rectangle2D.Double(x + LEFT, y + TOP, layout.width - LEFT - RIGHT, layout.height - TOP - BOTTOM),
                Axis.over(range.from(), range.to(), layout.ticks), histogram.countAxis(layout.ticks));
        histogram.draw(canvas, frame);
        frame.drawBorder(canvas);
        frame.drawX(canvas, mixture.columns().get(feature));
        frame.drawY(canvas, features.points().weighted() ? "weight" : "points");
        return histogram;
    }
}
