package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Passes;
import org.fusedem.kernel.Team;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.maximization.Maximization;
import org.fusedem.maximization.PriorStep;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;

/**
 * A {@link Prior} for certain points: what it left to the data is filled in, and the M-step's part of it is done here.
 * The formulas stand there.
 */
final class ConjugatePrior implements PriorStep {
    private final Covariance covariance;
    private final int components;
    private final int dims;
    private final double weightConcentration;
    private final double shrinkage;
    private final double[] mean;
    private final double[] scale;
    /** What the density has instead of the number of points: {@code density ~ |Sigma|^(-exponent / 2)}. */
    private final double exponent;
    private final double[] difference;

    private ConjugatePrior(Prior prior, FitOptions options, double[] mean, double[] scale) {
        covariance = options.covariance();
        components = options.components();
        dims = mean.length;
        weightConcentration = prior.weightConcentration();
        shrinkage = prior.shrinkage();
        this.mean = mean;
        this.scale = scale;
        // The Gaussian priors of the means bring determinants of their own, unless they are flat.
        int means = shrinkage > 0 ? 1 : 0;
        exponent = prior.degreesOfFreedom(dims) + switch (covariance) {
            case SPHERICAL -> 2 + means * dims;
            case DIAGONAL -> 2 + means;
            case TIED -> dims + 1 + means * components;
            case FULL -> dims + 1 + means;
        };
        difference = new double[dims];
    }

    /**
     * The prior that these options ask for, or null. Where the prior leaves the scale to the data that takes one pass.
     */
    static ConjugatePrior of(
            Kernel kernel, Points points, FitOptions options, FeatureScales scales, Team team, Arena arena) {
        Prior prior = options.prior();
        if (prior == null) {
            return null;
        }
        double[] mean = prior.mean() == null ? scales.means() : prior.mean();
        double[] scale = prior.scale();
        if (scale == null) {
            scale = points.missingValues() > 0 ? observedCovariance(points, options.covariance(), scales)
                    : dataCovariance(kernel, points, options.covariance(), scales.means(), team, arena);
            double share = Math.pow(options.components(), -2.0 / points.dims());
            for (int i = 0; i < scale.length; i++) {
                scale[i] *= share;
            }
        }
        return new ConjugatePrior(prior, options, mean, scale);
    }

    /** The covariance of all points, as much of it as the shape keeps. */
    private static double[] dataCovariance(
            Kernel kernel, Points points, Covariance covariance, double[] means, Team team, Arena arena) {
        Parameters one = FeatureScales.everything(covariance, means);
        Moments moments = new Passes(kernel, points, covariance, 1, team, arena)
                .run(Densities.of(kernel, one), Assignment.SOFT, means);
        double divisor = moments.totalWeight() * (covariance == Covariance.SPHERICAL ? points.dims() : 1);
        return Arrays.stream(moments.second()).map(sum -> sum / divisor).toArray();
    }

    /**
     * The same where values are missing. Variances are those of what is observed. Covariances are sums over the points
     * that have both features, divided by the weight of all points: smaller than those divided by these points' weight,
     * but so the matrix is positive semidefinite, being a sum of outer products with more on its diagonal.
     */
    private static double[] observedCovariance(Points points, Covariance covariance, FeatureScales scales) {
        int dims = points.dims();
        double[] scatter = new double[Covariance.triangle(dims)];
        double[] weights = new double[dims];
        double[] u = new double[dims];
        for (long n = 0; n < points.size(); n++) {
            points.copyRow(n, u);
            for (int i = 0; i < dims; i++) {
                boolean missing = Double.isNaN(u[i]);
                weights[i] += missing ? 0 : points.weight(n);
                u[i] = missing ? 0 : u[i] - scales.means()[i];
            }
            if (covariance == Covariance.TIED || covariance == Covariance.FULL) {
                Maximization.addOuter(Covariance.FULL, scatter, 0, points.weight(n), u);
            } else {
                for (int i = 0; i < dims; i++) {
                    scatter[LowerTriangle.index(i, i)] += points.weight(n) * (u[i] * u[i]);
                }
            }
        }
        double totalWeight = Sample.totalWeight(points);
        double[] variances = new double[dims];
        for (int i = 0; i < dims; i++) {
            // A sample may have no value of a feature that the data have.
            variances[i] = weights[i] > 0 ? scatter[LowerTriangle.index(i, i)] / weights[i] : scales.spreads()[i];
        }
        return switch (covariance) {
            case SPHERICAL -> new double[] {Arrays.stream(variances).sum() / dims};
            case DIAGONAL -> variances;
            case TIED, FULL -> {
                double[] packed = Arrays.stream(scatter).map(sum -> sum / totalWeight).toArray();
                for (int i = 0; i < dims; i++) {
                    packed[LowerTriangle.index(i, i)] = variances[i];
                }
                yield packed;
            }
        };
    }

    /**
     * Refuses a prior that does not fit the points.
     *
     * @throws IllegalArgumentException if its mean or scale has another length, or its scale is not positive definite
     */
    static void check(Prior prior, Covariance covariance, int dims) {
        if (prior.mean() != null && prior.mean().length != dims) {
            throw new IllegalArgumentException("the prior's mean must have as many numbers as the points have dims:"
                    + " length=" + prior.mean().length + ", dims=" + dims);
        }
        double[] scale = prior.scale();
        if (scale == null) {
            return;
        }
        if (scale.length != covariance.blockLength(dims)) {
            throw new IllegalArgumentException("the prior's scale must have " + covariance.blockLength(dims)
                    + " numbers for " + covariance.label() + " covariances of dims=" + dims + ": length=" + scale.length);
        }
        boolean positive = switch (covariance) {
            case SPHERICAL, DIAGONAL -> Arrays.stream(scale).allMatch(variance -> variance > 0);
            case TIED, FULL -> LowerTriangle.cholesky(scale, 0, new double[scale.length], 0, dims);
        };
        if (!positive) {
            throw new IllegalArgumentException(
                    "the prior's scale must be positive definite: scale=" + Arrays.toString(scale));
        }
    }

    @Override
    public boolean givesWeight() {
        return weightConcentration > 1;
    }

    @Override
    public double weight(double ofComponent, double ofAll) {
        double more = weightConcentration - 1;
        return (ofComponent + more) / (ofAll + components * more);
    }

    @Override
    public void shrinkMean(Parameters parameters, int k, double weight, double divisor) {
        setDifference(parameters, k);
        double factor = shrinkage * weight / (shrinkage + weight) / divisor;
        int block = covariance.blockOffset(k, dims);
        Maximization.addOuter(covariance, parameters.covariances(), block, factor, difference);
        for (int i = 0; i < dims; i++) {
            parameters.means()[k * dims + i] -= shrinkage / (shrinkage + weight) * difference[i];
        }
    }

    @Override
    public void keepMean(Parameters parameters, int k, double divisor) {
        setDifference(parameters, k);
        int block = covariance.blockOffset(k, dims);
        Maximization.addOuter(covariance, parameters.covariances(), block, shrinkage / divisor, difference);
    }

    @Override
    public void setMean(Parameters parameters, int k) {
        if (shrinkage > 0) {
            System.arraycopy(mean, 0, parameters.means(), k * dims, dims);
        }
    }

    @Override
    public void shrinkBlock(double[] covariances, int offset, double weight) {
        double divisor = exponent + weight * (covariance == Covariance.SPHERICAL ? dims : 1);
        for (int i = 0; i < scale.length; i++) {
            covariances[offset + i] = (weight * covariances[offset + i] + scale[i]) / divisor;
        }
    }

    /** The log of the prior's density, up to a constant; the parameters must have been factorised. */
    double log(Parameters parameters) {
        double sum = 0;
        for (int block = 0; block < covariance.blocks(components); block++) {
            sum += logOfBlock(parameters.factors(), block * scale.length);
        }
        for (int k = 0; k < components; k++) {
            setDifference(parameters, k);
            sum -= 0.5 * shrinkage * squaredDistance(parameters.factors(), covariance.blockOffset(k, dims));
            sum += givesWeight() ? (weightConcentration - 1) * Math.log(parameters.weights()[k]) : 0;
        }
        return sum;
    }

    /** {@code -(exponent / 2) log |Sigma| - tr(Sigma^-1 scale) / 2}, from the inverse Cholesky factor F of Sigma. */
    private double logOfBlock(double[] factors, int offset) {
        double log = 0;
        double trace = 0;
        switch (covariance) {
            case SPHERICAL, DIAGONAL -> {
                for (int i = 0; i < scale.length; i++) {
                    double factor = factors[offset + i];
                    log += Math.log(factor);
                    trace += factor * (factor * scale[i]);
                }
            }
            case TIED, FULL -> {
                log = LowerTriangle.logDiagonal(factors, offset, dims);
                trace = trace(factors, offset);
            }
        }
        return exponent * log - 0.5 * trace;
    }

    /** {@code tr(F scale F^T)}. */
    private double trace(double[] factors, int offset) {
        double trace = 0;
        for (int row = 0; row < dims; row++) {
            int at = offset + LowerTriangle.index(row, 0);
            for (int i = 0; i <= row; i++) {
                double product = 0.5 * scale[LowerTriangle.index(i, i)] * factors[at + i];
                for (int j = 0; j < i; j++) {
                    product += scale[LowerTriangle.index(i, j)] * factors[at + j];
                }
                trace += 2 * product * factors[at + i];
            }
        }
        return trace;
    }

    /** {@code ||F (mean_k - m)||^2}. */
    private double squaredDistance(double[] factors, int offset) {
        double sum = 0;
        for (int i = 0; i < dims; i++) {
            double z = 0;
            switch (covariance) {
                case SPHERICAL -> z = factors[offset] * difference[i];
                case DIAGONAL -> z = factors[offset + i] * difference[i];
                case TIED, FULL -> {
                    for (int j = 0; j <= i; j++) {
                        z += factors[offset + LowerTriangle.index(i, j)] * difference[j];
                    }
                }
            }
            sum += z * z;
        }
        return sum;
    }

    private void setDifference(Parameters parameters, int k) {
        for (int i = 0; i < dims; i++) {
            difference[i] = parameters.means()[k * dims + i] - mean[i];
        }
    }

    /** How many terms of the size of one {@link #log} adds up, beside what its result is made of: for rounding. */
    double terms() {
        return exponent * dims * components;
    }
}
