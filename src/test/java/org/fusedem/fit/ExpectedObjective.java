package org.fusedem.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;

/**
 * What an M-step maximises: {@code sum_nk r_nk log(w_k N(x_n | k)) + log prior}, for responsibilities r of the start;
 * written out. The prior is one with a weight concentration of 2.5, or there is none.
 */
record ExpectedObjective(
        Points points,
        GaussianMixture start,
        boolean withPrior,
        double kappa,
        double[] mean,
        double nu,
        double[] scale) {
    double of(GaussianMixture model) {
        double sum = withPrior ? logPrior(model) : 0;
        double[] x = new double[model.dims()];
        for (long n = 0; n < points.size(); n++) {
            points.copyRow(n, x);
            double[] r = start.responsibilities(x);
            for (int k = 0; k < r.length; k++) {
                double[] l = factor(model, k);
                sum += r[k] * (Math.log(model.weights()[k]) - 0.5 * squaredDistance(l, x, model.mean(k))
                        - LowerTriangle.logDiagonal(l, 0, x.length));
            }
        }
        return sum;
    }

    /** From the densities in the Javadoc of {@link Prior}, without their constants. */
    double logPrior(GaussianMixture model) {
        int dims = model.dims();
        double sum = 0;
        for (int k = 0; k < model.components(); k++) {
            double[] l = factor(model, k);
            double logDeterminant = 2 * LowerTriangle.logDiagonal(l, 0, dims);
            sum += 1.5 * Math.log(model.weights()[k]);
            if (kappa > 0) {
                sum -= 0.5 * logDeterminant + 0.5 * kappa * squaredDistance(l, model.mean(k), mean);
            }
            if (k == 0 || model.covariance() != Covariance.TIED) {
                double[][] sigma = model.covariance(k);
                sum += switch (model.covariance()) {
                    case SPHERICAL -> -(nu + 2) / 2 * Math.log(sigma[0][0]) - scale[0] / (2 * sigma[0][0]);
                    case DIAGONAL -> {
                        double log = -(nu + 2) / 2 * logDeterminant;
                        for (int i = 0; i < dims; i++) {
                            log -= scale[i] / (2 * sigma[i][i]);
                        }
                        yield log;
                    }
                    case TIED, FULL -> -(nu + dims + 1) / 2 * logDeterminant - 0.5 * traceOfQuotient(l, dims);
                };
            }
        }
        return sum;
    }

    /** {@code tr(Sigma^-1 C C^T)}: the squared distances of the columns of C, the factor of the scale, from zero. */
    private double traceOfQuotient(double[] l, int dims) {
        double[] c = new double[scale.length];
        LowerTriangle.cholesky(scale, 0, c, 0, dims);
        double trace = 0;
        for (int column = 0; column < dims; column++) {
            double[] x = new double[dims];
            for (int i = column; i < dims; i++) {
                x[i] = c[LowerTriangle.index(i, column)];
            }
            trace += squaredDistance(l, x, new double[dims]);
        }
        return trace;
    }

    private static double[] factor(GaussianMixture model, int k) {
        int dims = model.dims();
        double[] l = new double[Covariance.triangle(dims)];
        for (int i = 0; i < dims; i++) {
            for (int j = 0; j <= i; j++) {
                l[LowerTriangle.index(i, j)] = model.covariance(k)[i][j];
            }
        }
        LowerTriangle.cholesky(l, 0, l, 0, dims);
        return l;
    }

    /** Forward substitution. */
    private static double squaredDistance(double[] l, double[] x, double[] from) {
        double[] z = new double[x.length];
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            z[i] = x[i] - from[i];
            for (int j = 0; j < i; j++) {
                z[i] -= l[LowerTriangle.index(i, j)] * z[j];
            }
            z[i] /= l[LowerTriangle.index(i, i)];
            sum += z[i] * z[i];
        }
        return sum;
    }

    /** A mixture near by. */
    static GaussianMixture perturb(GaussianMixture model, double step, SplittableRandom random) {
        double[] weights =
                Arrays.stream(model.weights()).map(w -> w * Math.exp(step * random.nextGaussian())).toArray();
        double sum = Arrays.stream(weights).sum();
        double[] covariances = model.covariances();
        int dims = model.dims();
        int block = model.covariance().blockLength(dims);
        for (int offset = 0; offset < covariances.length; offset += block) {
            if (block == Covariance.triangle(dims) && model.covariance().ordinal() >= Covariance.TIED.ordinal()) {
                // Perturb the Cholesky factor: what comes out is a covariance again.
                double[] l = new double[block];
                LowerTriangle.cholesky(covariances, offset, l, 0, dims);
                for (int i = 0; i < block; i++) {
                    l[i] += step * random.nextGaussian() * 0.1;
                }
                for (int i = 0; i < dims; i++) {
                    for (int j = 0; j <= i; j++) {
                        double product = 0;
                        for (int c = 0; c <= j; c++) {
                            product += l[LowerTriangle.index(i, c)] * l[LowerTriangle.index(j, c)];
                        }
                        covariances[offset + LowerTriangle.index(i, j)] = product;
                    }
                }
            } else {
                for (int i = offset; i < offset + block; i++) {
                    covariances[i] *= Math.exp(step * random.nextGaussian());
                }
            }
        }
        return GaussianMixture.of(model.covariance(), dims, Arrays.stream(weights).map(w -> w / sum).toArray(),
                Arrays.stream(model.means()).map(m -> m + step * random.nextGaussian()).toArray(), covariances);
    }
}
