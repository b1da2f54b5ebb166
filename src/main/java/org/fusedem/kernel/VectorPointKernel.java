package org.fusedem.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;

/**
 * One point in vectors of double, lanes along the components.
 *
 * <p>Parameters are copied at the start, component by component side by side, padded to whole vectors by components
 * that take no part.
 */
final class VectorPointKernel implements PointKernel {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final double SQRT_HALF = Math.sqrt(0.5);

    private final int components;
    private final int dims;
    private final int padded;
    private final boolean triangular;
    private final double[] constants;
    /** Scales, {@code dims x padded}, or the elements of triangles, by rows, {@code triangle(dims) x padded}. */
    private final double[] factors;
    /** {@code dims x padded}. */
    private final double[] offsets;
    private final double[] centre;
    private final double[] centred;
    private final double[] densities;
    private final double[] shares;

    VectorPointKernel(Parameters parameters) {
        components = parameters.components();
        dims = parameters.dims();
        padded = Math.ceilDiv(components, LANES) * LANES;
        triangular = parameters.covariance() == Covariance.TIED || parameters.covariance() == Covariance.FULL;
        constants = new double[padded];
        factors = new double[Math.multiplyExact(triangular ? Covariance.triangle(dims) : dims, padded)];
        offsets = new double[dims * padded];
        centre = parameters.packed().centre().clone();
        centred = new double[dims];
        densities = new double[padded];
        shares = new double[padded];
        for (int k = 0; k < padded; k++) {
            constants[k] = k < components ? parameters.logConstants()[k] : Double.NEGATIVE_INFINITY;
        }
        for (int k = 0; k < components; k++) {
            copyFactors(parameters, k);
        }
    }

    private void copyFactors(Parameters parameters, int k) {
        int block = parameters.covariance().blockOffset(k, dims);
        for (int i = 0; i < dims; i++) {
            double offset = 0;
            for (int j = triangular ? 0 : i; j <= i; j++) {
                int from = block + switch (parameters.covariance()) {
                    case SPHERICAL -> 0;
                    case DIAGONAL -> i;
                    case TIED, FULL -> LowerTriangle.index(i, j);
                };
                double factor = SQRT_HALF * parameters.factors()[from];
                factors[(triangular ? LowerTriangle.index(i, j) : i) * padded + k] = factor;
                offset += factor * (centre[j] - parameters.means()[k * dims + j]);
            }
            offsets[i * padded + k] = offset;
        }
    }

    @Override
    public double logDensity(double[] point) {
        score(point);
        return logSumExp();
    }

    @Override
    public double responsibilities(double[] point, double[] responsibilities) {
        score(point);
        double logDensity = logSumExp();
        double sum = 0;
        for (int k = 0; k < components; k++) {
            sum += shares[k];
        }
        for (int k = 0; k < components; k++) {
            responsibilities[k] = shares[k] / sum;
        }
        return logDensity;
    }

    private void score(double[] point) {
        for (int i = 0; i < dims; i++) {
            centred[i] = point[i] - centre[i];
        }
        if (triangular) {
            scoreTriangular();
        } else {
            scoreDiagonal();
        }
    }

    private void scoreDiagonal() {
        int step = padded;
        int end = dims * step;
        DoubleVector floor = DoubleVector.broadcast(SPECIES, Element64.FLOOR);
        for (int k = 0; k < padded; k += LANES) {
            DoubleVector distance = DoubleVector.zero(SPECIES);
            int i = 0;
            for (int at = k; at < end; at += step) {
                DoubleVector x = DoubleVector.broadcast(SPECIES, centred[i++]);
                DoubleVector z = x.fma(DoubleVector.fromArray(SPECIES, factors, at),
                        DoubleVector.fromArray(SPECIES, offsets, at));
                distance = z.fma(z, distance);
            }
            DoubleVector density = DoubleVector.fromArray(SPECIES, constants, k).sub(distance);
            floor.blend(density, floor.lt(density)).intoArray(densities, k);
        }
    }

    private void scoreTriangular() {
        int step = padded;
        DoubleVector floor = DoubleVector.broadcast(SPECIES, Element64.FLOOR);
        for (int k = 0; k < padded; k += LANES) {
            DoubleVector distance = DoubleVector.zero(SPECIES);
            int at = k;
            for (int i = 0; i < dims; i++) {
                DoubleVector z = DoubleVector.fromArray(SPECIES, offsets, i * step + k);
                for (int j = 0; j <= i; j++) {
                    DoubleVector x = DoubleVector.broadcast(SPECIES, centred[j]);
                    z = x.fma(DoubleVector.fromArray(SPECIES, factors, at), z);
                    at += step;
                }
                distance = z.fma(z, distance);
            }
            DoubleVector density = DoubleVector.fromArray(SPECIES, constants, k).sub(distance);
            floor.blend(density, floor.lt(density)).intoArray(densities, k);
        }
    }

    /** Leaves {@code exp(density - largest)} in {@link #shares}. */
    private double logSumExp() {
        DoubleVector max = DoubleVector.fromArray(SPECIES, densities, 0);
        for (int k = LANES; k < padded; k += LANES) {
            DoubleVector density = DoubleVector.fromArray(SPECIES, densities, k);
            max = max.blend(density, max.lt(density));
        }
        double largest = max.reduceLanes(VectorOperators.MAX);
        for (int k = 0; k < padded; k += LANES) {
            DoubleVector gap = DoubleVector.fromArray(SPECIES, densities, k).sub(largest);
            Exponential64.exp(gap, Exponential64.LEAST).intoArray(shares, k);
        }
        // Padding adds zeros. Two sums, because one would wait for itself.
        double even = 0;
        double odd = 0;
        for (int k = 0; k < padded; k += 2) {
            even += shares[k];
            odd += shares[k + 1];
        }
        return largest + Math.log(even + odd);
    }
}
