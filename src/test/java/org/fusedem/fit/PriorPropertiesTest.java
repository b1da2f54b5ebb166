package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** What must hold of any fit with a prior. */
class PriorPropertiesTest {
    private static final int ITERATIONS = 20;

    /** Sometimes more components than the data bear; some features collinear, all far from zero. */
    @Property(tries = 100)
    void theObjectiveNeverFalls(@ForAll Covariance covariance, @ForAll ElementType type,
            @ForAll @IntRange(min = 4, max = 60) int size, @ForAll @IntRange(min = 1, max = 4) int components,
            @ForAll boolean flat, @ForAll boolean collinear, @ForAll @IntRange(min = 1, max = 3) int concentration,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[size][4];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = collinear && i % 2 == 1 ? 2 * row[i - 1] : 1e3 + random.nextGaussian() * (i + 1);
            }
        }
        Prior prior = Prior.conjugate().withWeightConcentration(concentration).withShrinkage(flat ? 0 : 0.1);
        try (Points points = Points.ofRows(rows, type)) {
            FitResult result = Fitter.fit(points, FitOptions.components(components).withCovariance(covariance)
                    .withRestarts(1).withSeed(seed).withPrior(prior).withTolerance(0).withMaxIterations(ITERATIONS));
            assertEquals(ITERATIONS + 1, result.logPriors().length);
            double eps = type == ElementType.FLOAT64 ? 0x1p-53 : 0x1p-24;
            for (int i = 1; i <= ITERATIONS; i++) {
                double before = result.trace()[i - 1] + result.logPriors()[i - 1];
                double after = result.trace()[i] + result.logPriors()[i];
                // Roundings of each point's terms, one per feature, and of the prior's, one per feature and component.
                double bound = 64 * eps * (Math.abs(after) + 4 * size + 2 * Math.abs(result.logPriors()[i])
                        + 4 * components * (6 + 4 + 2 + components));
                assertTrue(after >= before - bound, "iteration " + i + ": " + before + " then " + after);
            }
        }
    }

    /** One M-step, then parameters near by: none has a higher objective at the same responsibilities. */
    @Property(tries = 60)
    void theMStepIsAMaximum(@ForAll Covariance covariance, @ForAll @IntRange(min = 1, max = 3) int components,
            @ForAll @IntRange(min = 1, max = 4) int dims, @ForAll boolean flat, @ForAll long seed) {
        GaussianMixture truth = TestData.mixture(covariance, components, dims, 2, seed);
        GaussianMixture start = TestData.mixture(covariance, components, dims, 2, seed + 1);
        SplittableRandom random = new SplittableRandom(seed);
        double kappa = flat ? 0 : 3;
        double[] mean = random.doubles(dims).toArray();
        double[] scale = TestData.mixture(covariance, 1, dims, 2, seed + 2).covariances();
        Prior prior = Prior.conjugate().withWeightConcentration(2.5).withShrinkage(kappa).withMean(mean)
                .withDegreesOfFreedom(dims + 7).withScale(scale);
        try (Points points = truth.sample(40, seed + 3)) {
            FitResult result = Fitter.fit(points, FitOptions.components(components).withCovariance(covariance)
                    .withStart(new Start.Given(start)).withPrior(prior).withTolerance(0).withMaxIterations(1)
                    .withRegularization(0));
            Objective objective = new Objective(points, start, kappa, mean, dims + 7, scale);
            assertEquals(objective.logPrior(result.model()) - objective.logPrior(start),
                    result.logPriors()[1] - result.logPriors()[0], 1e-10 * Math.abs(objective.logPrior(start)) + 1e-10);
            double best = objective.of(result.model());
            for (int i = 0; i < 50; i++) {
                double other = objective.of(perturb(result.model(), Math.pow(10, -1 - i % 5), random));
                // Sums of some hundred terms of this size.
                assertTrue(other <= best + 1e-13 * 400 * (1 + Math.abs(best)), best + " < " + other);
            }
        }
    }

    private static GaussianMixture perturb(GaussianMixture model, double step, SplittableRandom random) {
        double[] weights = Arrays.stream(model.weights()).map(w -> w * Math.exp(step * random.nextGaussian())).toArray();
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

    /** {@code sum_nk r_nk log(w_k N(x_n | k)) + log prior}, for responsibilities r of the start; written out. */
    private record Objective(
            Points points, GaussianMixture start, double kappa, double[] mean, double nu, double[] scale) {
        double of(GaussianMixture model) {
            double sum = logPrior(model);
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
    }
}
