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
 * that take no part. Features are taken by fours, and padded by some that add nothing: what one point waits for is not
 * the number of operations but how many of them wait for each other.
 */
final class VectorPointKernel implements PointKernel {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int GROUP = 4;
    private static final double SQRT_HALF = Math.sqrt(0.5);

    private final int components;
    private final int dims;
    private final int padded;
    private final boolean triangular;
    private final double[] constants;
    /**
     * As they are used, each {@code padded} numbers: scales by features; or triangles, four rows at a time, column by
     * column up to the diagonal, zero beyond it.
     */
    private final double[] factors;
    /** {@code dims x padded}, dims by whole fours. */
    private final double[] offsets;
    private final double[] centre;
    private final double[] centred;
    /** Components that are {@link PackedParameters#isFar64 far}, the first {@link #farCount} of these. */
    private final int[] far;
    private int farCount;
    private final double[] means;
    private final double[] densities;
    private final double[] shares;

    VectorPointKernel(Parameters parameters) {
        components = parameters.components();
        dims = parameters.dims();
        padded = Math.ceilDiv(components, LANES) * LANES;
        triangular = parameters.covariance() == Covariance.TIED || parameters.covariance() == Covariance.FULL;
        constants = new double[padded];
        int groups = Math.ceilDiv(dims, GROUP);
        int columns = triangular ? GROUP * groups * (groups + 1) / 2 : groups;
        factors = new double[Math.multiplyExact(GROUP * columns, padded)];
        offsets = new double[GROUP * groups * padded];
        centre = new double[dims];
        centred = new double[GROUP * groups];
        far = new int[components];
        means = new double[components * dims];
        densities = new double[padded];
        shares = new double[padded];
        load(parameters);
    }

    @Override
    public void load(Parameters parameters) {
        System.arraycopy(parameters.packed().centre(), 0, centre, 0, dims);
        for (int k = 0; k < padded; k++) {
            constants[k] = k < components ? parameters.logConstants()[k] : Double.NEGATIVE_INFINITY;
        }
        System.arraycopy(parameters.means(), 0, means, 0, means.length);
        farCount = 0;
        for (int k = 0; k < components; k++) {
            copyFactors(parameters, k);
            if (parameters.packed().isFar64(k)) {
                far[farCount++] = k;
            }
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
                factors[(triangular ? place(i, j) : i) * padded + k] = factor;
                offset += factor * (centre[j] - parameters.means()[k * dims + j]);
            }
            offsets[i * padded + k] = offset;
        }
    }

    /** Where row i, column j of a triangle stands: behind g whole groups, of 4, 8, ... columns of four. */
    private static int place(int i, int j) {
        int g = i / GROUP;
        return GROUP * (GROUP * g * (g + 1) / 2 + j) + i % GROUP;
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
        for (int i = 0; i < farCount; i++) {
            scoreAlone(point, far[i]);
        }
    }

    /** A component around its own mean, as around the common centre digits would be lost. */
    private void scoreAlone(double[] point, int k) {
        double sum = 0;
        for (int i = 0; i < dims; i++) {
            double z = 0;
            for (int j = triangular ? 0 : i; j <= i; j++) {
                z += factors[(triangular ? place(i, j) : i) * padded + k] * (point[j] - means[k * dims + j]);
            }
            sum += z * z;
        }
        double density = constants[k] - sum;
        densities[k] = density >= Element64.FLOOR ? density : Element64.FLOOR;
    }

    /** Written out: the JIT takes a helper for an ordinary call if it has compiled it alone before, and boxes its result. */
    private void scoreDiagonal() {
        int step = padded;
        int end = offsets.length;
        DoubleVector floor = DoubleVector.broadcast(SPECIES, Element64.FLOOR);
        for (int k = 0; k < padded; k += LANES) {
            DoubleVector even = DoubleVector.zero(SPECIES);
            DoubleVector odd = even;
            int i = 0;
            for (int at = k; at < end; at += GROUP * step) {
                DoubleVector x0 = DoubleVector.broadcast(SPECIES, centred[i]);
                DoubleVector x1 = DoubleVector.broadcast(SPECIES, centred[i + 1]);
                DoubleVector x2 = DoubleVector.broadcast(SPECIES, centred[i + 2]);
                DoubleVector x3 = DoubleVector.broadcast(SPECIES, centred[i + 3]);
                DoubleVector z0 = x0.fma(DoubleVector.fromArray(SPECIES, factors, at),
                        DoubleVector.fromArray(SPECIES, offsets, at));
                DoubleVector z1 = x1.fma(DoubleVector.fromArray(SPECIES, factors, at + step),
                        DoubleVector.fromArray(SPECIES, offsets, at + step));
                DoubleVector z2 = x2.fma(DoubleVector.fromArray(SPECIES, factors, at + 2 * step),
                        DoubleVector.fromArray(SPECIES, offsets, at + 2 * step));
                DoubleVector z3 = x3.fma(DoubleVector.fromArray(SPECIES, factors, at + 3 * step),
                        DoubleVector.fromArray(SPECIES, offsets, at + 3 * step));
                even = z2.fma(z2, z0.fma(z0, even));
                odd = z3.fma(z3, z1.fma(z1, odd));
                i += GROUP;
            }
            DoubleVector density = DoubleVector.fromArray(SPECIES, constants, k).sub(even.add(odd));
            floor.blend(density, floor.lt(density)).intoArray(densities, k);
        }
    }

    private void scoreTriangular() {
        int step = padded;
        DoubleVector floor = DoubleVector.broadcast(SPECIES, Element64.FLOOR);
        for (int k = 0; k < padded; k += LANES) {
            DoubleVector even = DoubleVector.zero(SPECIES);
            DoubleVector odd = even;
            int at = k;
            for (int i = 0; i < centred.length; i += GROUP) {
                DoubleVector z0 = DoubleVector.fromArray(SPECIES, offsets, i * step + k);
                DoubleVector z1 = DoubleVector.fromArray(SPECIES, offsets, (i + 1) * step + k);
                DoubleVector z2 = DoubleVector.fromArray(SPECIES, offsets, (i + 2) * step + k);
                DoubleVector z3 = DoubleVector.fromArray(SPECIES, offsets, (i + 3) * step + k);
                for (int j = 0; j < i + GROUP; j++) {
                    DoubleVector x = DoubleVector.broadcast(SPECIES, centred[j]);
                    z0 = x.fma(DoubleVector.fromArray(SPECIES, factors, at), z0);
                    z1 = x.fma(DoubleVector.fromArray(SPECIES, factors, at + step), z1);
                    z2 = x.fma(DoubleVector.fromArray(SPECIES, factors, at + 2 * step), z2);
                    z3 = x.fma(DoubleVector.fromArray(SPECIES, factors, at + 3 * step), z3);
                    at += GROUP * step;
                }
                even = z2.fma(z2, z0.fma(z0, even));
                odd = z3.fma(z3, z1.fma(z1, odd));
            }
            DoubleVector density = DoubleVector.fromArray(SPECIES, constants, k).sub(even.add(odd));
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
        Exponential64.array(densities, largest, Exponential64.LEAST, shares);
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
