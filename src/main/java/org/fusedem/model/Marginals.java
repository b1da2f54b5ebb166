package org.fusedem.model;

import java.util.List;
import java.util.stream.IntStream;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;

/**
 * A mixture of some columns alone: each component keeps its weight and those rows and columns of its mean and
 * covariance (Bishop, Pattern Recognition and Machine Learning, 2.98, component by component).
 */
final class Marginals {
    private Marginals() {}

    static GaussianMixture of(GaussianMixture model, int[] columns) {
        Arguments.checkColumns("columns", columns, model.dims());
        double[] means = new double[model.components() * columns.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = model.mean(i / columns.length, columns[i % columns.length]);
        }
        List<String> names = IntStream.of(columns).mapToObj(model.columns()::get).toList();
        double[] covariances = covariances(model, columns);
        return GaussianMixture.of(model.covariance(), columns.length, model.weights(), means, covariances)
                .withColumns(names);
    }

    private static double[] covariances(GaussianMixture model, int[] columns) {
        Covariance shape = model.covariance();
        double[] packed = new double[shape.packedLength(model.components(), columns.length)];
        for (int k = 0; k < shape.blocks(model.components()); k++) {
            int block = shape.blockOffset(k, columns.length);
            switch (shape) {
                case SPHERICAL -> packed[block] = model.covariance(k, 0, 0);
                case DIAGONAL -> {
                    for (int i = 0; i < columns.length; i++) {
                        packed[block + i] = model.covariance(k, columns[i], columns[i]);
                    }
                }
                case TIED, FULL -> copyTriangle(model, k, columns, packed, block);
            }
        }
        return packed;
    }

    private static void copyTriangle(GaussianMixture model, int k, int[] columns, double[] packed, int block) {
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                packed[block + LowerTriangle.index(i, j)] = model.covariance(k, columns[i], columns[j]);
            }
        }
    }
}
