package org.fusedem.cli.plot;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/**
 * The points of a plane, drawn each with the mark of its component while they are few, else counted in cells, which are
 * the darker the more points they hold.
 */
final class PointCloud {
    private static final double MARK_RADIUS = 3;
    private static final Pen HOLLOW_RIM = new Pen(0, 1.1);

    private final Points points;
    private final Plane plane;
    private final Frame frame;
    private long outside;
    private long incomplete;

    PointCloud(Points points, Plane plane, Frame frame) {
        this.points = points;
        this.plane = plane;
        this.frame = frame;
    }

    /** How many points lie beyond the frame; known once it is drawn. */
    long outside() {
        return outside;
    }

    /** How many points lack a coordinate; known once it is drawn. */
    long incomplete() {
        return incomplete;
    }

    private boolean isInside(double x, double y) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            incomplete++;
            return false;
        }
        boolean inside = x >= frame.x().from() && x <= frame.x().to() && y >= frame.y().from() && y <= frame.y().to();
        outside += inside ? 0 : 1;
        return inside;
    }

    /** Every point by the mark of its most likely component; hollow, if that is not sure. */
    void drawMarks(Canvas canvas, Assignments assignments, GaussianMixture mixture) {
        Path2D[] sure = new Path2D[mixture.components()];
        Path2D[] unsure = new Path2D[mixture.components()];
        for (int k = 0; k < sure.length; k++) {
            sure[k] = new Path2D.Double();
            unsure[k] = new Path2D.Double();
        }
        for (long n = 0; n < points.size(); n++) {
            double x = plane.x().of(n);
            double y = plane.y().of(n);
            if (isInside(x, y)) {
                int component = assignments.component(n);
                Path2D[] group = assignments.certain(n) ? sure : unsure;
                group[component].append(
                        Marks.of(component, frame.pixelX(x), frame.pixelY(y), MARK_RADIUS), false);
            }
        }
        for (int k = 0; k < sure.length; k++) {
            if (sure[k].getCurrentPoint() != null) {
                canvas.fill(sure[k], Palette.lightened(k));
            }
            if (unsure[k].getCurrentPoint() != null) {
                canvas.fill(unsure[k], Palette.PAPER);
                canvas.stroke(unsure[k], HOLLOW_RIM.with(Palette.component(k), HOLLOW_RIM.width()));
            }
        }
    }

    /**
     * Counts in cells of so many pixels.
     *
     * @return what the greys mean
     */
    String drawDensity(Canvas canvas, double cellSize) {
        Rectangle2D area = frame.area();
        int columns = (int) Math.max(1, area.getWidth() / cellSize);
        int rows = (int) Math.max(1, area.getHeight() / cellSize);
        double[] weights = new double[columns * rows];
        for (long n = 0; n < points.size(); n++) {
            double x = plane.x().of(n);
            double y = plane.y().of(n);
            if (isInside(x, y)) {
                int column = (int) Math.min(columns - 1, (frame.pixelX(x) - area.getX()) / area.getWidth() * columns);
                int row = (int) Math.min(rows - 1, (frame.pixelY(y) - area.getY()) / area.getHeight() * rows);
                weights[row * columns + column] += points.weight(n);
            }
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double weight : weights) {
            least = weight > 0 ? Math.min(least, weight) : least;
            most = Math.max(most, weight);
        }
        drawCells(canvas, weights, columns, rows, least, most);
        return most == 0 ? "" : String.format(Locale.ROOT, "grey: %s to %s points per cell, by ratio",
                Numbers.plain(least), Numbers.plain(most));
    }

    /** Equal steps of grey are equal ratios of counts. One shape per grey; adjacent cells of a row are one rectangle. */
    private void drawCells(Canvas canvas, double[] weights, int columns, int rows, double least, double most) {
        Rectangle2D area = frame.area();
        double width = area.getWidth() / columns;
        double height = area.getHeight() / rows;
        for (int level = 0; level < Palette.densityLevels(); level++) {
            Path2D cells = new Path2D.Double();
            for (int row = 0; row < rows; row++) {
                int begin = 0;
                while (begin < columns) {
                    int end = begin;
                    while (end < columns && level(weights[row * columns + end], least, most) == level) {
                        end++;
                    }
                    if (end > begin) {
                        cells.append(new Rectangle2D.Double(area.getX() + begin * width, area.getY() + row * height,
                                (end - begin) * width, height), false);
                    }
                    begin = Math.max(end, begin + 1);
                }
            }
            if (cells.getCurrentPoint() != null) {
                canvas.fill(cells, Palette.density(level));
            }
        }
    }

    private static int level(double weight, double least, double most) {
        if (weight == 0) {
            return -1;
        }
        int levels = Palette.densityLevels();
        return least == most ? levels / 2
                : (int) Math.min(levels - 1, Math.log(weight / least) / Math.log(most / least) * levels);
    }
}
