package org.fusedem.cli.plot;

import java.awt.geom.Path2D;

/** A mark for each component, so that colour is not all that tells them apart: polygons, the first nearly a circle. */
final class Marks {
    /** Corners, the angle of the first one in turns, and the radius that makes all look equally large. */
    private record Mark(int corners, double turn, double radius) {}

    private static final Mark[] MARKS = {
        new Mark(8, 1 / 16.0, 1), new Mark(3, 0.25, 1.35), new Mark(4, 1 / 8.0, 1.2), new Mark(4, 0, 1.25),
        new Mark(3, -0.25, 1.35), new Mark(6, 0, 1.1), new Mark(5, 0.25, 1.15),
    };

    private Marks() {}

    static Path2D of(int component, double x, double y, double radius) {
        Mark mark = MARKS[component % MARKS.length];
        Path2D path = new Path2D.Double();
        for (int i = 0; i < mark.corners; i++) {
            double angle = 2 * Math.PI * (mark.turn + (double) i / mark.corners);
            double cornerX = x + radius * mark.radius * Math.cos(angle);
            double cornerY = y - radius * mark.radius * Math.sin(angle);
            if (i == 0) {
                path.moveTo(cornerX, cornerY);
            } else {
                path.lineTo(cornerX, cornerY);
            }
        }
        path.closePath();
        return path;
    }
}
