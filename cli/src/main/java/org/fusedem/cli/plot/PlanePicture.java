package org.fusedem.cli.plot;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.fusedem.points.Points;

/** Points and components in two coordinates. */
final class PlanePicture extends Picture {
    private static final double WIDTH = 720;
    private static final double HEIGHT = 600;
    private static final int HEADING_LINES = 3;
    private static final double LEFT = 80;
    private static final double RIGHT = 20;
    private static final double BOTTOM = 52;
    private static final int TICKS = 7;
    /** Cells large enough to be seen, small enough to show a shape. */
    private static final double CELL_SIZE = 5;

    private final Points points;
    private final Plane plane;
    private final Assignments assignments;

    PlanePicture(String title, Points points, Plane plane, Assignments assignments) {
        super(title, WIDTH, HEIGHT);
        this.points = points;
        this.plane = plane;
        this.assignments = assignments;
    }

    @Override
    void draw(Canvas canvas) {
        Range x = Range.of(points, plane.x()).with(Ellipses.extents(plane.mixture(), 0));
        Range y = Range.of(points, plane.y()).with(Ellipses.extents(plane.mixture(), 1));
        double top = Heading.height(HEADING_LINES);
        Frame frame = new Frame(new Rectangle2D.Double(LEFT, top, WIDTH - LEFT - RIGHT, HEIGHT - top - BOTTOM),
                Axis.over(x.from(), x.to(), TICKS), Axis.over(y.from(), y.to(), TICKS));
        PointCloud cloud = new PointCloud(points, plane, frame);
        List<String> notes = new ArrayList<>();
        frame.drawGrid(canvas);
        canvas.within(frame.area(), () -> {
            if (assignments.oneByOne()) {
                cloud.drawMarks(canvas, assignments, plane.mixture());
                notes.add("hollow: less than " + Numbers.percent(Assignments.SURE) + " sure");
            } else {
                notes.add(cloud.drawDensity(canvas, CELL_SIZE));
            }
            Ellipses.draw(canvas, plane.mixture(), frame, !assignments.oneByOne());
        });
        frame.drawBorder(canvas);
        frame.drawX(canvas, plane.xTitle());
        frame.drawY(canvas, plane.yTitle());
        Heading heading = new Heading(WIDTH);
        heading.title(canvas, title());
        heading.legend(canvas, 1, plane.mixture().components(), assignments.oneByOne());
        notes.addFirst("ellipses: 1 and 2 standard deviations of a component");
        notes.addAll(Omissions.phrases(cloud.outside(), cloud.incomplete()));
        heading.notes(canvas, 2, notes);
    }
}
