package org.fusedem.cli.plot;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fusedem.model.GaussianMixture;

/** Every pair of a few features: below the diagonal a plane for each pair, on it the histogram of each feature. */
final class PairsPicture extends Picture {
    private static final double CELL = 190;
    private static final double GAP = 12;
    private static final double LEFT = 74;
    private static final double RIGHT = 20;
    private static final double BOTTOM = 50;
    private static final int HEADING_LINES = 3;
    private static final int TICKS = 4;
    private static final double CELL_SIZE = 4;
    /** Above histograms, for the name. */
    private static final double HEADROOM = 1.2;

    private final Features features;
    private final GaussianMixture mixture;
    private final Assignments assignments;

    PairsPicture(String title, Features features, GaussianMixture mixture, Assignments assignments) {
        super(title, LEFT + size(mixture) + RIGHT, Heading.height(HEADING_LINES) + size(mixture) + BOTTOM);
        this.features = features;
        this.mixture = mixture;
        this.assignments = assignments;
    }

    private static double size(GaussianMixture mixture) {
        return mixture.dims() * (CELL + GAP) - GAP;
    }

    @Override
    void draw(Canvas canvas) {
        List<Range> ranges = IntStream.range(0, mixture.dims())
                .mapToObj(i -> Range.of(features.points(), features.coordinate(i)).with(Ellipses.extents(mixture, i)))
                .toList();
        Heading heading = new Heading(width());
        heading.title(canvas, title());
        heading.legend(canvas, 1, mixture.components(), assignments.oneByOne());
        List<String> notes = new ArrayList<>(List.of("ellipses: 1 and 2 standard deviations of a component"));
        notes.add(assignments.oneByOne() ? "hollow: less than " + Numbers.percent(Assignments.SURE) + " sure"
                : "grey: points per cell, by ratio");
        if (mixture.components() > 1) {
            notes.add("dashed: all together");
        }
        long outside = 0;
        long incomplete = 0;
        for (int row = 0; row < mixture.dims(); row++) {
            drawHistogram(canvas, row, ranges);
            for (int column = 0; column < row; column++) {
                PointCloud cloud = drawPair(canvas, row, column, ranges);
                outside = Math.max(outside, cloud.outside());
                incomplete = Math.max(incomplete, cloud.incomplete());
            }
        }
        notes.addAll(Omissions.phrases(outside, incomplete));
        heading.notes(canvas, 2, notes);
    }

    private Rectangle2D cell(int row, int column) {
        return new Rectangle2D.Double(LEFT + column * (CELL + GAP),
                Heading.height(HEADING_LINES) + row * (CELL + GAP), CELL, CELL);
    }

    private static Axis axis(Range range) {
        return Axis.over(range.from(), range.to(), TICKS);
    }

    private PointCloud drawPair(Canvas canvas, int row, int column, List<Range> ranges) {
        Plane plane = Plane.ofFeatures(features, mixture, column, row);
        Frame frame = new Frame(cell(row, column), axis(ranges.get(column)), axis(ranges.get(row)));
        PointCloud cloud = new PointCloud(features.points(), plane, frame);
        frame.drawGrid(canvas);
        canvas.within(frame.area(), () -> {
            if (assignments.oneByOne()) {
                cloud.drawMarks(canvas, assignments, mixture);
            } else {
                cloud.drawDensity(canvas, CELL_SIZE);
            }
            Ellipses.draw(canvas, plane.mixture(), frame, !assignments.oneByOne());
        });
        frame.drawBorder(canvas);
        if (row == mixture.dims() - 1) {
            frame.drawX(canvas, plane.xTitle());
        }
        if (column == 0) {
            frame.drawY(canvas, plane.yTitle());
        }
        return cloud;
    }

    /** Counts have no axis: beside planes that share theirs it would be taken for one of them. */
    private void drawHistogram(Canvas canvas, int feature, List<Range> ranges) {
        Range range = ranges.get(feature);
        Histogram histogram = new Histogram(
                features.points(), features.coordinate(feature), range, mixture.marginal(feature));
        Frame frame = new Frame(cell(feature, feature), axis(range), histogram.countAxis(TICKS, HEADROOM));
        histogram.draw(canvas, frame);
        frame.drawBorder(canvas);
        String name = mixture.columns().get(feature);
        if (feature == mixture.dims() - 1) {
            frame.drawX(canvas, name);
        } else {
            Lettering lettering = Lettering.LABEL;
            canvas.text(lettering.fitted(name, CELL - GAP), frame.area().getX() + GAP / 2, frame.area().getY() + 15,
                    lettering);
        }
    }
}
