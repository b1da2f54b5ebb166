package org.fusedem.benchmarks;

import org.fusedem.model.GaussianMixture;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * Points drawn from a known mixture, and a mixture to start a fit at. The same shape gives the same data on every
 * machine; a data set of {@code FLOAT32} holds the same points, rounded.
 *
 * @param shape its size
 * @param points the points
 * @param start where to start a fit
 */
public record DataSet(Shape shape, Points points, GaussianMixture start) implements AutoCloseable {
    static final long SAMPLE_SEED = 42;

    /** Generates a data set, as a benchmark's parameters name it. */
    public static DataSet of(String shape, ElementType type) {
        return of(Shape.parse(shape), type);
    }

    /** Generates a data set. */
    public static DataSet of(Shape shape, ElementType type) {
        GaussianMixture truth = Mixtures.truth(shape);
        GaussianMixture start = Mixtures.start(truth, shape);
        Points drawn = truth.sample(shape.points(), SAMPLE_SEED);
        if (drawn.type() == type) {
            return new DataSet(shape, drawn, start);
        }
        try (drawn) {
            return new DataSet(shape, converted(drawn, type), start);
        }
    }

    private static Points converted(Points points, ElementType type) {
        double[] row = new double[points.dims()];
        try (PointsBuilder builder = Points.builder(points.dims(), type)) {
            for (long n = 0; n < points.size(); n++) {
                points.copyRow(n, row);
                builder.add(row);
            }
            return builder.build();
        }
    }

    /** A copy of the points as Java rows, which is what most other libraries want. */
    public double[][] rows() {
        double[][] rows = new double[Math.toIntExact(points.size())][points.dims()];
        for (int n = 0; n < rows.length; n++) {
            points.copyRow(n, rows[n]);
        }
        return rows;
    }

    /** Frees the points. */
    @Override
    public void close() {
        points.close();
    }
}
