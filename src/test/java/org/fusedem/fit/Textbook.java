package org.fusedem.fit;

import java.util.Arrays;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * One EM step as a textbook has it (Bishop 9.2.2): all responsibilities first, then means, then covariances around the
 * new means, in two passes, with Gaussian elimination instead of Cholesky factors. Shares no line with the library.
 */
final class Textbook {
    final double[] weights;
    final double[][] means;
    final double[][][] covariances;
    double logLikelihood;

    private final int components;
    private final int dims;

    Textbook(GaussianMixture model) {
        components = model.components();
        dims = model.dims();
        weights = model.weights();
        means = new double[components][];
        covariances = new double[components][][];
        for (int k = 0; k < components; k++) {
            means[k] = model.mean(k);
            covariances[k] = model.covariance(k);
        }
    }

    void step(double[][] x, double[] pointWeights, Covariance shape) {
        double[][] r = new double[x.length][components];
        logLikelihood = 0;
        for (int n = 0; n < x.length; n++) {
            double[] density = new double[components];
            for (int k = 0; k < components; k++) {
                density[k] = weights[k] * density(x[n], k);
            }
            double sum = Arrays.stream(density).sum();
            logLikelihood += pointWeights[n] * Math.log(sum);
            for (int k = 0; k < components; k++) {
                r[n][k] = pointWeights[n] * density[k] / sum;
            }
        }
        double total = Arrays.stream(pointWeights).sum();
        double[] mass = new double[components];
        for (int k = 0; k < components; k++) {
            double[] mean = new double[dims];
            for (int n = 0; n < x.length; n++) {
                mass[k] += r[n][k];
                for (int i = 0; i < dims; i++) {
                    mean[i] += r[n][k] * x[n][i];
                }
            }
            for (int i = 0; i < dims; i++) {
                means[k][i] = mean[i] / mass[k];
            }
            weights[k] = mass[k] / total;
        }
        for (int k = 0; k < components; k++) {
            for (double[] row : covariances[k]) {
                Arrays.fill(row, 0);
            }
            for (int n = 0; n < x.length; n++) {
                for (int i = 0; i < dims; i++) {
                    for (int j = 0; j < dims; j++) {
                        covariances[k][i][j] += r[n][k] * (x[n][i] - means[k][i]) * (x[n][j] - means[k][j]) / mass[k];
                    }
                }
            }
        }
        restrict(shape, total, mass);
    }

    private void restrict(Covariance shape, double total, double[] mass) {
        double[][] tied = new double[dims][dims];
        for (int k = 0; k < components; k++) {
            double trace = 0;
            for (int i = 0; i < dims; i++) {
                trace += covariances[k][i][i];
                for (int j = 0; j < dims; j++) {
                    tied[i][j] += covariances[k][i][j] * mass[k] / total;
                }
            }
            for (int i = 0; i < dims; i++) {
                for (int j = 0; j < dims; j++) {
                    if (shape == Covariance.SPHERICAL) {
                        covariances[k][i][j] = i == j ? trace / dims : 0;
                    } else if (shape == Covariance.DIAGONAL && i != j) {
                        covariances[k][i][j] = 0;
                    }
                }
            }
        }
        if (shape == Covariance.TIED) {
            Arrays.fill(covariances, tied);
        }
    }

    /** N(x | mean_k, Sigma_k), in the linear domain. */
    private double density(double[] x, int k) {
        double[][] a = new double[dims][];
        double[] u = new double[dims];
        for (int i = 0; i < dims; i++) {
            a[i] = covariances[k][i].clone();
            u[i] = x[i] - means[k][i];
        }
        double[] solution = u.clone();
        double determinant = 1;
        for (int p = 0; p < dims; p++) {
            determinant *= a[p][p];
            for (int i = p + 1; i < dims; i++) {
                double factor = a[i][p] / a[p][p];
                for (int j = p; j < dims; j++) {
                    a[i][j] -= factor * a[p][j];
                }
                solution[i] -= factor * solution[p];
            }
        }
        double distance = 0;
        for (int i = dims - 1; i >= 0; i--) {
            for (int j = i + 1; j < dims; j++) {
                solution[i] -= a[i][j] * solution[j];
            }
            solution[i] /= a[i][i];
            distance += u[i] * solution[i];
        }
        return Math.exp(-0.5 * distance) / Math.sqrt(Math.pow(2 * Math.PI, dims) * determinant);
    }
}
