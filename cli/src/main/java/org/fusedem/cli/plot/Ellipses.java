package org.fusedem.cli.plot;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.fusedem.model.GaussianMixture;

/** The components of a mixture in two dimensions: ellipses at one and two standard deviations, and numbers at the means. */
final class Ellipses {
    private static final double[] DEVIATIONS = {1, 2};
    private static final double[] WIDTHS = {2.2, 1.4};
    private static final double RIM = 2;
    private static final Lettering NUMBER = Lettering.TITLE.anchored(Lettering.Anchor.MIDDLE).onTop();
    private static final double DIGIT_HALF_HEIGHT = 5.5;
    private static final double NUMBER_WIDTH = 16;

    private Ellipses() {}

    /**
     * Draws those of some weight.
     *
     * @param rims whether white rims keep the ellipses apart from the greys below
     */
    static void draw(Canvas canvas, GaussianMixture mixture, Frame frame, boolean rims) {
        for (int k = 0; k < mixture.components(); k++) {
            for (int i = 0; mixture.weight(k) > 0 && i < DEVIATIONS.length; i++) {
                Shape ellipse = frame.toPixels(ellipse(mixture, k, DEVIATIONS[i]));
                Pen pen = Palette.pen(k, WIDTHS[i]);
                if (rims) {
                    canvas.stroke(ellipse, new Pen(Palette.PAPER, pen.width() + RIM));
                }
                canvas.stroke(ellipse, pen);
            }
        }
        drawNumbers(canvas, mixture, frame);
    }

    /** How far the ellipses that are drawn reach in a coordinate. */
    static DoubleStream extents(GaussianMixture mixture, int coordinate) {
        double radius = DEVIATIONS[DEVIATIONS.length - 1];
        return IntStream.range(0, mixture.components()).filter(k -> mixture.weight(k) > 0).boxed()
                .flatMapToDouble(k -> {
                    double reach = radius * Math.sqrt(mixture.covariance(k, coordinate, coordinate));
                    return DoubleStream.of(mixture.mean(k, coordinate) - reach, mixture.mean(k, coordinate) + reach);
                });
    }

    /** At the means, or beside a number that stands there already. */
    private static void drawNumbers(Canvas canvas, GaussianMixture mixture, Frame frame) {
        List<Point2D> taken = new ArrayList<>();
        for (int k = 0; k < mixture.components(); k++) {
            if (mixture.weight(k) > 0) {
                Point2D place = new Point2D.Double(
                        frame.pixelX(mixture.mean(k, 0)), frame.pixelY(mixture.mean(k, 1)) + DIGIT_HALF_HEIGHT);
                while (taken.stream().anyMatch(other -> other.distance(place) < NUMBER_WIDTH)) {
                    place.setLocation(place.getX() + NUMBER_WIDTH, place.getY());
                }
                taken.add(place);
                canvas.text(String.valueOf(k + 1), place.getX(), place.getY(),
                        NUMBER.coloured(Palette.component(k)));
            }
        }
    }

    /** The circle of this radius, through the Cholesky factor of the covariance. */
    private static Shape ellipse(GaussianMixture mixture, int k, double radius) {
        double xx = Math.sqrt(mixture.covariance(k, 0, 0));
        double yx = xx == 0 ? 0 : mixture.covariance(k, 1, 0) / xx;
        double yy = Math.sqrt(Math.max(0, mixture.covariance(k, 1, 1) - yx * yx));
        AffineTransform transform =
                new AffineTransform(xx, yx, 0, yy, mixture.mean(k, 0), mixture.mean(k, 1));
        return transform.createTransformedShape(new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
    }
}
