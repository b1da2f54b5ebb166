package org.fusedem.fit;

import java.util.SplittableRandom;
import org.fusedem.maximization.Bulk;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * Which of the points of several processes make up the sample that shows a fit how broad each feature's bulk is: all, if
 * there are at most 4096; else as many, spread evenly over the order of the points. It is the sample that
 * {@link Fitter#fit} would take of the same points in one process and in the same order, so the floor of the variances
 * is the same, see {@link FitOptions#regularization}.
 *
 * @param points the number of all points that have weight
 * @param totalWeight the sum of all weights
 */
public record SamplePlan(long points, double totalWeight) {
    /** The plan for these points. */
    public static SamplePlan of(PointsSummary all) {
        return new SamplePlan(all.points(), all.totalWeight());
    }

    /**
     * What a part of the points contributes. The sample is what all parts contribute, in their order.
     *
     * @param part the points of one process
     * @param weightBefore the sum of the weights of all points before these
     * @return new points, to be closed by the caller; weighted only if all points are taken and these are
     */
    public Points draw(Points part, double weightBefore) {
        double[] row = new double[part.dims()];
        try (PointsBuilder builder = Points.builder(part.dims(), part.type())) {
            if (points <= Bulk.SAMPLE) {
                addAll(part, row, builder);
            } else {
                for (long n : Sample.systematic(
                        part, weightBefore, Bulk.SAMPLE, totalWeight, new SplittableRandom(0))) {
                    part.copyRow(n, row);
                    builder.add(row);
                }
            }
            return builder.build();
        }
    }

    private static void addAll(Points part, double[] row, PointsBuilder builder) {
        for (long n = 0; n < part.size(); n++) {
            part.copyRow(n, row);
            if (!part.weighted()) {
                builder.add(row);
            } else if (part.weight(n) > 0) {
                builder.addWeighted(part.weight(n), row);
            }
        }
    }

    /**
     * How broad each feature's bulk is, as the whole sample shows it: the interquartile range, divided by that of the
     * standard normal distribution; 0 where half of a feature's weight, or more, may stand on one value.
     *
     * @param sample what all parts contribute, in their order
     * @throws IllegalArgumentException if it is empty, or values are missing
     */
    public static double[] interquartileScales(Points sample) {
        sample.checkComplete("a sample is drawn of complete points");
        if (sample.size() == 0) {
            throw new IllegalArgumentException("there is nothing in the sample: points=0");
        }
        return InterquartileScale.ofAll(sample);
    }
}
