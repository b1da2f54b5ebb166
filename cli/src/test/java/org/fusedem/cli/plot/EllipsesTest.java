package org.fusedem.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;

/** What is drawn, read back from the SVG. */
class EllipsesTest {
    private static final Pattern ELLIPSE = Pattern.compile("stroke-linejoin=\"round\" d=\"m([^z]*)z\"");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    /** Far from zero, as digits would be lost there. */
    private static final double FAR = 1e8;

    @Test
    void lieAtOneAndTwoStandardDeviations() {
        double[] covariance = {4, 1.5, 1};
        GaussianMixture mixture = GaussianMixture.of(
                Covariance.FULL, 2, new double[] {1}, new double[] {FAR + 3, -2}, covariance);
        Frame frame = new Frame(new Rectangle2D.Double(50, 20, 400, 300),
                Axis.over(FAR - 3, FAR + 9, 5), Axis.over(-6, 3, 5));
        Picture picture = new Picture("ellipses", 500, 400) {
            @Override
            void draw(Canvas canvas) {
                Ellipses.draw(canvas, mixture, frame, false);
            }
        };
        Matcher ellipse = ELLIPSE.matcher(picture.svg());
        for (double deviations : new double[] {1, 2}) {
            assertTrue(ellipse.find());
            List<double[]> places = ends(ellipse.group(1));
            assertEquals(5, places.size());
            for (double[] place : places) {
                double dx = (place[0] - 50) / 400 * 12 - 6;
                double dy = (320 - place[1]) / 300 * 9 - 6 + 2;
                double determinant = covariance[0] * covariance[2] - covariance[1] * covariance[1];
                double squared = (covariance[2] * dx * dx - 2 * covariance[1] * dx * dy + covariance[0] * dy * dy)
                        / determinant;
                // Coordinates are tenths of a pixel: half of that in x and y, over the least standard deviation, 0.6.
                assertEquals(deviations, Math.sqrt(squared), 0.05 * (12.0 / 400 + 9.0 / 300) / 0.6);
            }
        }
    }

    /** Of points all at their means, and yet the ellipses are not cut; but one that dwarfs the points may be. */
    @Test
    void haveRoomInTheAxes() {
        double[][] rows = {{0, 0}, {10, 0}, {0, 10}, {10, 10}};
        try (Points points = Points.ofRows(rows)) {
            Range bare = Range.of(points, row -> points.get(row, 0));
            for (double variance : new double[] {1, 4, 1e6}) {
                GaussianMixture mixture = GaussianMixture.of(Covariance.SPHERICAL, 2, new double[] {0.5, 0.5, 0},
                        new double[] {0, 0, 10, 10, -3, -3}, new double[] {1, variance, 1});
                Range range = bare.with(Ellipses.extents(mixture, 0));
                assertTrue(range.from() < -2 && range.from() > -3, range.toString());
                double upper = 10 + 2 * Math.sqrt(variance);
                assertTrue(upper < 1000 ? range.to() > upper && range.to() < upper + 1 : range.to() == bare.to(),
                        range.toString());
            }
        }
    }

    /** Where the path begins, and where its four relative curves end. */
    private static List<double[]> ends(String path) {
        String[] curves = path.split("c");
        double[] at = numbers(curves[0]);
        List<double[]> ends = new ArrayList<>(List.of(at));
        for (int i = 1; i < curves.length; i++) {
            double[] curve = numbers(curves[i]);
            at = new double[] {at[0] + curve[4], at[1] + curve[5]};
            ends.add(at);
        }
        return ends;
    }

    private static double[] numbers(String text) {
        return NUMBER.matcher(text).results().mapToDouble(number -> Double.parseDouble(number.group())).toArray();
    }
}
