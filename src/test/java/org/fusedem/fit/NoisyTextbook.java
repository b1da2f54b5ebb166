package org.fusedem.fit;

import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * EM for two features with uniform noise, written out: densities in the linear domain, all responsibilities first, then
 * means, then covariances around the new means. Shares no line with the library.
 */
final class NoisyTextbook {
    double noiseWeight;

    private final double volume;
    private final Covariance shape;
    private final int components;
    private final double[] weights;
    private final double[][] means;
    private final double[][][] covariances;

    NoisyTextbook(GaussianMixture start, double noiseWeight, double volume) {
        this.noiseWeight = noiseWeight;
        this.volume = volume;
        shape = start.covariance();
        components = start.components();
        weights = start.weights();
        means = new double[components][];
        covariances = new double[components][][];
        for (int k = 0; k < components; k++) {
            means[k] = start.mean(k);
            covariances[k] = start.covariance(k);
        }
    }

    private double density(double[] x, int k) {
        double[][] s = covariances[k];
        double determinant = s[0][0] * s[1][1] - s[0][1] * s[0][1];
        double u = x[0] - means[k][0];
        double v = x[1] - means[k][1];
        double distance = (s[1][1] * u * u - 2 * s[0][1] * u * v + s[0][0] * v * v) / determinant;
        return Math.exp(-0.5 * distance) / (2 * Math.PI * Math.sqrt(determinant));
    }

    /** One iteration; the log-likelihood before it. */
    double step(double[][] x, double[] pointWeights) {
        double logLikelihood = 0;
        double[][] r = new double[x.length][components];
        double[] mass = new double[components];
        double noise = 0;
        double total = 0;
        for (int n = 0; n < x.length; n++) {
            double sum = noiseWeight / volume;
            for (int k = 0; k < components; k++) {
                r[n][k] = (1 - noiseWeight) * weights[k] * density(x[n], k);
                sum += r[n][k];
            }
            for (int k = 0; k < components; k++) {
                r[n][k] *= pointWeights[n] / sum;
                mass[k] += r[n][k];
            }
            noise += pointWeights[n] * noiseWeight / volume / sum;
            total += pointWeights[n];
            logLikelihood += pointWeights[n] * Math.log(sum);
        }
        noiseWeight = noise / total;
        double[][] tied = new double[2][2];
        for (int k = 0; k < components; k++) {
            weights[k] = mass[k] / (total - noise);
            means[k] = new double[2];
            covariances[k] = new double[2][2];
            for (int i = 0; i < 2; i++) {
                for (int n = 0; n < x.length; n++) {
                    means[k][i] += r[n][k] * x[n][i] / mass[k];
                }
            }
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    for (int n = 0; n < x.length; n++) {
                        double product = r[n][k] * (x[n][i] - means[k][i]) * (x[n][j] - means[k][j]);
                        covariances[k][i][j] += product / mass[k];
                        tied[i][j] += product / (total - noise);
                    }
                }
            }
        }
        for (int k = 0; k < components; k++) {
            covariances[k] = restricted(shape == Covariance.TIED ? tied : covariances[k]);
        }
        return logLikelihood;
    }

    private double[][] restricted(double[][] full) {
        double average = (full[0][0] + full[1][1]) / 2;
        return switch (shape) {
            case SPHERICAL -> new double[][] {{average, 0}, {0, average}};
            case DIAGONAL -> new double[][] {{full[0][0], 0}, {0, full[1][1]}};
            case TIED, FULL -> full;
        };
    }

    GaussianMixture mixture() {
        double[] flat = new double[2 * components];
        double[] packed = new double[shape.packedLength(components, 2)];
        for (int k = 0; k < components; k++) {
            flat[2 * k] = means[k][0];
            flat[2 * k + 1] = means[k][1];
            int block = shape.blockOffset(k, 2);
            double[][] s = covariances[k];
            double[] numbers = switch (shape) {
                case SPHERICAL -> new double[] {s[0][0]};
                case DIAGONAL -> new double[] {s[0][0], s[1][1]};
                case TIED, FULL -> new double[] {s[0][0], s[1][0], s[1][1]};
            };
            System.arraycopy(numbers, 0, packed, block, numbers.length);
        }
        return GaussianMixture.of(shape, 2, weights, flat, packed);
    }
}
