package org.fusedem.benchmarks.peers;

import java.util.Arrays;
import org.fusedem.benchmarks.DataSet;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/** One library with one data set, ready to fit. */
public interface PeerFit extends AutoCloseable {
    /** Exactly so many EM iterations from the data set's start; at least 2. */
    GaussianMixture fit(int iterations);

    /** Ends what the library has started. */
    @Override
    default void close() {}

    /** Refuses covariances that a library does not have. */
    static void requireOneOf(DataSet data, Covariance... supported) {
        Covariance asked = data.shape().covariance();
        if (!Arrays.asList(supported).contains(asked)) {
            throw new UnsupportedOperationException("has no " + asked.label() + " covariances");
        }
    }

    /** Our mixture of another library's weights, means and covariance matrices. */
    static GaussianMixture mixture(Covariance covariance, double[] weights, double[][] means, double[][][] matrices) {
        int components = weights.length;
        int dims = means[0].length;
        double[] packed = new double[covariance.packedLength(components, dims)];
        int next = 0;
        for (double[][] matrix : matrices) {
            for (int i = 0; i < dims; i++) {
                for (int j = covariance == Covariance.FULL ? 0 : i; j <= i; j++) {
                    packed[next++] = matrix[i][j];
                }
            }
        }
        double[] flatMeans = Arrays.stream(means).flatMapToDouble(Arrays::stream).toArray();
        return GaussianMixture.of(covariance, dims, weights, flatMeans, packed);
    }
}
