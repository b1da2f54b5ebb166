package org.fusedem.cli.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * The two directions in which the components of a mixture differ most, in their means and in their covariances (Scrucca
 * 2010, Dimension reduction for model-based clustering, Statistics and Computing 20): the first eigenvectors of
 *
 * <pre>
 * M = B T^-1 B + sum_k w_k (S_k - W) T^-1 (S_k - W)       W = sum_k w_k S_k       T = W + B
 * </pre>
 *
 * relative to T, where B is the covariance of the means. Of a single component, or where all are alike, those of its
 * correlations. Along each direction the whole mixture has variance one.
 *
 * @param vectors two directions
 * @param origin the mean of the mixture
 * @param shares what the features weigh in each direction, every one in units of its standard deviation; the largest is
 *     one
 */
record Directions(double[][] vectors, double[] origin, double[][] shares) {
    /** Less than this share of the strongest feature is not worth a word. */
    private static final double NAMED_SHARE = 0.4;

    private static final int MOST_NAMED = 3;
    /** Of the variances: below, a direction is as good as constant. */
    private static final double FLOOR = 1e-9;

    static Directions separating(GaussianMixture mixture) {
        int dims = mixture.dims();
        double[] mean = mean(mixture);
        double[] deviations = new double[dims];
        double[][] total = total(mixture, mean);
        for (int i = 0; i < dims; i++) {
            deviations[i] = total[i][i] > 0 ? Math.sqrt(total[i][i]) : 1;
        }
        // From here on every feature is in units of its standard deviation.
        double[][] correlations = scaled(total, deviations);
        for (int i = 0; i < dims; i++) {
            correlations[i][i] += FLOOR;
        }
        double[][] root = Matrices.cholesky(correlations);
        double[][] separation = separation(mixture, mean, deviations, correlations, root);
        double[][] top = Matrices.topEigenvectors(separation == null ? correlations : separation);
        double[][] vectors = new double[2][dims];
        double[][] shares = new double[2][];
        for (int d = 0; d < 2; d++) {
            double[] share = separation == null ? top[d] : Matrices.solveTransposed(root, top[d]);
            shares[d] = normalized(share);
            double variance = Matrices.quadratic(correlations, shares[d]);
            for (int i = 0; i < dims; i++) {
                vectors[d][i] = shares[d][i] / (deviations[i] * Math.sqrt(variance));
            }
        }
        return new Directions(vectors, mean, shares);
    }

    private static double[] mean(GaussianMixture mixture) {
        double[] mean = new double[mixture.dims()];
        for (int k = 0; k < mixture.components(); k++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += mixture.weight(k) * mixture.mean(k, i);
            }
        }
        return mean;
    }

    /** T. */
    private static double[][] total(GaussianMixture mixture, double[] mean) {
        int dims = mixture.dims();
        double[][] total = new double[dims][dims];
        for (int k = 0; k < mixture.components(); k++) {
            double[][] covariance = mixture.covariance(k);
            for (int i = 0; i < dims; i++) {
                for (int j = 0; j < dims; j++) {
                    total[i][j] += mixture.weight(k) * (covariance[i][j]
                            + (mixture.mean(k, i) - mean[i]) * (mixture.mean(k, j) - mean[j]));
                }
            }
        }
        return total;
    }

    /** {@code L^-1 M L^-T}, where {@code T = L L^T}; null if components do not differ. */
    private static double[][] separation(GaussianMixture mixture, double[] mean, double[] deviations,
            double[][] correlations, double[][] root) {
        int dims = mean.length;
        double[][] within = new double[dims][dims];
        List<double[][]> covariances = new ArrayList<>();
        for (int k = 0; k < mixture.components(); k++) {
            covariances.add(scaled(mixture.covariance(k), deviations));
            Matrices.add(mixture.weight(k), covariances.get(k), within);
        }
        double[][] between = Matrices.whitened(Matrices.difference(correlations, within), root);
        double[][] sum = Matrices.product(between, between);
        for (int k = 0; k < mixture.components(); k++) {
            double[][] difference = Matrices.whitened(Matrices.difference(covariances.get(k), within), root);
            Matrices.add(mixture.weight(k), Matrices.product(difference, difference), sum);
        }
        return IntStream.range(0, dims).mapToDouble(i -> sum[i][i]).sum() > FLOOR ? sum : null;
    }

    private static double[][] scaled(double[][] matrix, double[] deviations) {
        double[][] scaled = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                scaled[i][j] = matrix[i][j] / (deviations[i] * deviations[j]);
            }
        }
        return scaled;
    }

    /** The largest is one. */
    private static double[] normalized(double[] vector) {
        double largest = 0;
        for (double element : vector) {
            largest = Math.abs(element) > Math.abs(largest) ? element : largest;
        }
        double[] normalized = vector.clone();
        for (int i = 0; i < vector.length; i++) {
            normalized[i] /= largest;
        }
        return normalized;
    }

    /** A mixture of two features, these directions. */
    GaussianMixture project(GaussianMixture mixture) {
        int components = mixture.components();
        double[] means = new double[2 * components];
        double[] covariances = new double[3 * components];
        for (int k = 0; k < components; k++) {
            double[][] covariance = mixture.covariance(k);
            for (int d = 0; d < 2; d++) {
                for (int i = 0; i < origin.length; i++) {
                    means[2 * k + d] += vectors[d][i] * (mixture.mean(k, i) - origin[i]);
                }
            }
            covariances[3 * k] = Matrices.bilinear(covariance, vectors[0], vectors[0]);
            covariances[3 * k + 1] = Matrices.bilinear(covariance, vectors[1], vectors[0]);
            covariances[3 * k + 2] = Matrices.bilinear(covariance, vectors[1], vectors[1]);
        }
        return GaussianMixture.of(Covariance.FULL, 2, mixture.weights(), means, covariances);
    }

    /** The direction and those features that make most of it, each with its share. */
    String title(int direction, List<String> names) {
        double[] share = shares[direction];
        StringBuilder title = new StringBuilder("direction " + (direction + 1) + ":");
        List<Integer> strongest = IntStream.range(0, share.length).boxed()
                .filter(i -> Math.abs(share[i]) >= NAMED_SHARE)
                .sorted((i, j) -> Double.compare(Math.abs(share[j]), Math.abs(share[i])))
                .toList();
        for (int i : strongest.subList(0, Math.min(MOST_NAMED, strongest.size()))) {
            title.append(share[i] < 0 ? " − " : title.toString().endsWith(":") ? " " : " + ").append(names.get(i));
        }
        return title.append(strongest.size() > MOST_NAMED ? " …" : "").toString();
    }
}
