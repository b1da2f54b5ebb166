package org.fusedem.cli.plot;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/**
 * The values of one coordinate, counted in bars, and the density of the mixture and of its components to compare with.
 */
final class Histogram {
    private static final int MOST_BARS = 80;
    private static final int FEWEST_BARS = 8;
    /** Bars of so many pixels stand apart; the space between narrower ones would be stripes. */
    private static final double SPACED_BAR = 8;
    private static final double BAR_SPACE = 1;
    private static final int CURVE_POINTS = 300;
    /** Where a component needs points of its own, in standard deviations from its mean. */
    private static final double[] PEAK =
            {-4, -3, -2.5, -2, -1.5, -1, -0.7, -0.4, -0.2, 0, 0.2, 0.4, 0.7, 1, 1.5, 2, 2.5, 3, 4};
    /** A narrow component's peak may rise so far above the highest bar. */
    private static final double HIGHEST_CURVE = 1.6;

    private static final double HEADROOM = 1.08;
    /** Components of less weight need not be told apart by the bars. */
    private static final double NOTABLE_WEIGHT = 0.03;
    private static final double CURVE_WIDTH = 1.8;
    private static final Pen SUM = new Pen(Palette.TEXT, 1.2, List.of(4.0, 3.0));

    private final GaussianMixture mixture;
    private final Range range;
    private final double[] bars;
    private double totalWeight;
    private long outside;
    private long incomplete;

    /** Of a mixture of one feature, which is this coordinate. */
    Histogram(Points points, Coordinate coordinate, Range range, GaussianMixture mixture) {
        this.mixture = mixture;
        this.range = range;
        bars = new double[barCount(points.size())];
        double width = range.to() - range.from();
        for (long n = 0; n < points.size(); n++) {
            double value = coordinate.of(n);
            if (Double.isNaN(value)) {
                incomplete++;
                continue;
            }
            totalWeight += points.weight(n);
            if (range.contains(value)) {
                int bar = (int) ((value - range.from()) / width * bars.length);
                bars[Math.min(bars.length - 1, bar)] += points.weight(n);
            } else {
                outside++;
            }
        }
    }

    /**
     * By Freedman and Diaconis 1981: bars of twice the quartiles' difference over the cube root of the number. That is
     * meant for one hump; so no wider than the standard deviation of the narrowest component.
     */
    private int barCount(long points) {
        double width = 2 * range.quartiles() / Math.cbrt(points);
        for (int k = 0; k < mixture.components(); k++) {
            if (mixture.weight(k) > NOTABLE_WEIGHT) {
                width = Math.min(width, Math.sqrt(mixture.covariance(k, 0, 0)));
            }
        }
        double count = width > 0 ? (range.to() - range.from()) / width : MOST_BARS / 2.0;
        return (int) Math.clamp(Math.rint(count), FEWEST_BARS, MOST_BARS);
    }

    long outside() {
        return outside;
    }

    long incomplete() {
        return incomplete;
    }

    private double barWidth() {
        return (range.to() - range.from()) / bars.length;
    }

    /** The points of a component expected in a bar around x. */
    private double curve(int k, double x) {
        double variance = mixture.covariance(k, 0, 0);
        double distance = x - mixture.mean(k, 0);
        return totalWeight * barWidth() * mixture.weight(k) * Math.exp(-0.5 * distance * distance / variance)
                / Math.sqrt(2 * Math.PI * variance);
    }

    private double sum(double x) {
        double sum = 0;
        for (int k = 0; k < mixture.components(); k++) {
            sum += curve(k, x);
        }
        return sum;
    }

    /** Where curves are computed: evenly, and closely around narrow components. */
    private double[] abscissas() {
        double step = (range.to() - range.from()) / CURVE_POINTS;
        DoubleStream.Builder xs = DoubleStream.builder();
        for (int i = 0; i <= CURVE_POINTS; i++) {
            xs.add(range.from() + i * step);
        }
        for (int k = 0; k < mixture.components(); k++) {
            for (double deviations : PEAK) {
                double x = mixture.mean(k, 0) + deviations * Math.sqrt(mixture.covariance(k, 0, 0));
                if (range.contains(x)) {
                    xs.add(x);
                }
            }
        }
        return xs.build().sorted().toArray();
    }

    /** The axis of counts that shows all bars, and curves unless they are spikes. */
    Axis countAxis(int about) {
        return countAxis(about, HEADROOM);
    }

    /** The same with room for a line of text above, the axis being so many times as high as what it shows. */
    Axis countAxis(int about, double headroom) {
        double highestBar = Arrays.stream(bars).max().orElse(0);
        double highestCurve = Arrays.stream(abscissas()).map(this::sum).max().orElse(0);
        return Axis.over(0, headroom * Math.max(highestBar, Math.min(highestCurve, HIGHEST_CURVE * highestBar)), about);
    }

    void draw(Canvas canvas, Frame frame) {
        Path2D shape = new Path2D.Double();
        for (int i = 0; i < bars.length; i++) {
            if (bars[i] > 0) {
                double left = frame.pixelX(range.from() + i * barWidth());
                double right = frame.pixelX(range.from() + (i + 1) * barWidth());
                double top = frame.pixelY(bars[i]);
                double space = right - left > SPACED_BAR ? BAR_SPACE : 0;
                shape.append(new Rectangle2D.Double(
                        left, top, right - left - space, frame.area().getMaxY() - top), false);
            }
        }
        canvas.within(frame.area(), () -> {
            canvas.fill(shape, Palette.BAR);
            double[] xs = abscissas();
            if (mixture.components() > 1) {
                canvas.stroke(frame.line(xs, Arrays.stream(xs).map(this::sum).toArray()), SUM);
            }
            for (int k = 0; k < mixture.components(); k++) {
                int component = k;
                double[] ys = Arrays.stream(xs).map(x -> curve(component, x)).toArray();
                canvas.stroke(frame.line(xs, ys), Palette.pen(k, CURVE_WIDTH));
            }
        });
    }
}
