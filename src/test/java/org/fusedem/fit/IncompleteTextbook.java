package org.fusedem.fit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * One EM step over points with missing values, as Ghahramani and Jordan (1994) write it: for each point and component
 * the conditional moments by explicit inverses, kept for all points, then the M-step around the new means. Shares no
 * line with the library.
 */
final class IncompleteTextbook {
    final double[] weights;
    final double[][] means;
    final double[][][] covariances;
    double logLikelihood;

    private final int components;
    private final int dims;

    IncompleteTextbook(GaussianMixture model) {
        components = model.components();
        dims = model.dims();
        weights = model.weights();
        means = IntStream.range(0, components).mapToObj(model::mean).toArray(double[][]::new);
        covariances = IntStream.range(0, components).mapToObj(model::covariance).toArray(double[][][]::new);
    }

    /** What the E-step leaves of one point and component. */
    private record Conditional(double logJoint, double[] mean, double[][] covariance) {}

    private Conditional condition(double[] x, int k) {
        int[] o = IntStream.range(0, dims).filter(i -> !Double.isNaN(x[i])).toArray();
        int[] m = IntStream.range(0, dims).filter(i -> Double.isNaN(x[i])).toArray();
        double[][] inverse = pick(covariances[k], o, o);
        double determinant = invert(inverse);
        double[] u = Arrays.stream(o).mapToDouble(i -> x[i] - means[k][i]).toArray();
        double[] solved = times(inverse, u);
        double distance = 0;
        for (int a = 0; a < o.length; a++) {
            distance += u[a] * solved[a];
        }
        double logJoint = Math.log(weights[k])
                - 0.5 * (o.length * Math.log(2 * Math.PI) + Math.log(determinant) + distance);
        double[] mean = x.clone();
        double[][] covariance = new double[dims][dims];
        double[][] cross = pick(covariances[k], m, o);
        for (int a = 0; a < m.length; a++) {
            mean[m[a]] = means[k][m[a]] + times(cross, solved)[a];
            double[] regression = times(inverse, cross[a]);
            for (int b = 0; b < m.length; b++) {
                double explained = 0;
                for (int c = 0; c < o.length; c++) {
                    explained += cross[b][c] * regression[c];
                }
                covariance[m[a]][m[b]] = covariances[k][m[a]][m[b]] - explained;
            }
        }
        return new Conditional(logJoint, mean, covariance);
    }

    void step(double[][] x, double[] pointWeights, Covariance shape) {
        Conditional[][] conditionals = new Conditional[x.length][components];
        double[][] r = new double[x.length][components];
        double[] mass = new double[components];
        logLikelihood = 0;
        for (int n = 0; n < x.length; n++) {
            double sum = 0;
            for (int k = 0; k < components; k++) {
                conditionals[n][k] = condition(x[n], k);
                sum += Math.exp(conditionals[n][k].logJoint);
            }
            logLikelihood += pointWeights[n] * Math.log(sum);
            for (int k = 0; k < components; k++) {
                r[n][k] = pointWeights[n] * Math.exp(conditionals[n][k].logJoint) / sum;
                mass[k] += r[n][k];
            }
        }
        double total = Arrays.stream(pointWeights).sum();
        double[][] tied = new double[dims][dims];
        for (int k = 0; k < components; k++) {
            weights[k] = mass[k] / total;
            means[k] = new double[dims];
            for (int n = 0; n < x.length; n++) {
                for (int i = 0; i < dims; i++) {
                    means[k][i] += r[n][k] * conditionals[n][k].mean[i] / mass[k];
                }
            }
            covariances[k] = new double[dims][dims];
            for (int n = 0; n < x.length; n++) {
                for (int i = 0; i < dims; i++) {
                    for (int j = 0; j < dims; j++) {
                        double product = (conditionals[n][k].mean[i] - means[k][i])
                                * (conditionals[n][k].mean[j] - means[k][j]) + conditionals[n][k].covariance[i][j];
                        covariances[k][i][j] += r[n][k] * product / mass[k];
                        tied[i][j] += r[n][k] * product / total;
                    }
                }
            }
        }
        for (int k = 0; k < components; k++) {
            covariances[k] = restricted(shape, shape == Covariance.TIED ? tied : covariances[k]);
        }
    }

    private double[][] restricted(Covariance shape, double[][] full) {
        double trace = IntStream.range(0, dims).mapToDouble(i -> full[i][i]).sum();
        double[][] restricted = new double[dims][dims];
        for (int i = 0; i < dims; i++) {
            for (int j = 0; j < dims; j++) {
                restricted[i][j] = switch (shape) {
                    case SPHERICAL -> i == j ? trace / dims : 0;
                    case DIAGONAL -> i == j ? full[i][i] : 0;
                    case TIED, FULL -> full[i][j];
                };
            }
        }
        return restricted;
    }

    private static double[][] pick(double[][] a, int[] rows, int[] columns) {
        return Arrays.stream(rows)
                .mapToObj(i -> Arrays.stream(columns).mapToDouble(j -> a[i][j]).toArray())
                .toArray(double[][]::new);
    }

    private static double[] times(double[][] a, double[] v) {
        return Arrays.stream(a)
                .mapToDouble(row -> IntStream.range(0, v.length).mapToDouble(j -> row[j] * v[j]).sum())
                .toArray();
    }

    /** Replaces a positive definite matrix by its inverse (Gauss and Jordan, in place); returns the determinant. */
    private static double invert(double[][] a) {
        double determinant = 1;
        for (int p = 0; p < a.length; p++) {
            double pivot = a[p][p];
            determinant *= pivot;
            a[p][p] = 1;
            for (int j = 0; j < a.length; j++) {
                a[p][j] /= pivot;
            }
            for (int i = 0; i < a.length; i++) {
                if (i != p) {
                    double factor = a[i][p];
                    a[i][p] = 0;
                    for (int j = 0; j < a.length; j++) {
                        a[i][j] -= factor * a[p][j];
                    }
                }
            }
        }
        return determinant;
    }
}
