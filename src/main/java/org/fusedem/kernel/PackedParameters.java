package org.fusedem.kernel;

import java.util.Arrays;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;

/**
 * The parameters of a mixture as vector kernels read them: around a common centre, and scaled so that half the squared
 * Mahalanobis distance is a plain sum of squares.
 *
 * <pre>
 * centre     c   = sum_k weight_k mean_k       where all means are near it; else, feature by feature, their median
 * spherical,
 * diagonal   z_i = a_ki (x_i - c_i) + b_ki               a_ki = sqrt(1/2) / sigma_ki,  b_ki = a_ki (c_i - mean_ki)
 * full       z   = G_k (x - c) + b_k                     G_k = sqrt(1/2) F_k,          b_k  = G_k (c - mean_k)
 * tied       z_i = (G (x - c))_i + b_ki                  a_ki = 1
 * </pre>
 *
 * A triangle G is packed by pairs of rows, both rows' elements of a column side by side, the upper row's last one zero;
 * a last row without a partner gets one of zeros.
 *
 * <p>Around c, not around zero, a coordinate far from zero loses no digits; and c serves all components, so it is
 * subtracted once per point. A component far from all others would draw an average out to where they lose digits; half
 * of the weight has to be there to move a median. Of that component {@code a (x - c)} and b are two large numbers of
 * which little is left: it is {@linkplain #isFar64 far}, and kernels take {@code x - mean_k} for it alone.
 */
final class PackedParameters {
    private static final double SQRT_HALF = Math.sqrt(0.5);

    /**
     * How many standard deviations a mean may lie from the centre, in any whitened direction, for moments to be taken
     * around the centre. A variance is then the difference of sums up to 32^2 + 1 times as large, so its relative error
     * is about a thousand roundings of 1.1e-16: below 1e-12 even with some error in the sums themselves.
     */
    private static final double MOST_DEVIATIONS = 32;

    private final Covariance covariance;
    private final int components;
    private final int dims;
    private final int offsetLength;
    private final int triangleLength;
    private final double[] centre;
    private final double[] shifts;
    private final double[] scales;
    private final double[] offsets;
    private final double[] triangles;
    private final double[] constants;
    private final float[] scales32;
    private final float[] offsets32;
    private final float[] triangles32;
    private final float[] constants32;
    /** What stands in place of offsets around a component's own mean. */
    private final double[] noOffsets;
    private final float[] noOffsets32;
    /** The largest offset of each component, and of all that have weight. */
    private final double[] farthest;
    private double farthestOfAll;
    private final double[] difference;
    /** Weights and one feature's means of the components, in the order of these. */
    private final double[] sortedWeights;
    private final double[] sortedMeans;

    PackedParameters(Covariance covariance, int components, int dims) {
        this.covariance = covariance;
        this.components = components;
        this.dims = dims;
        offsetLength = (dims + 1) / 2 * 2;
        triangleLength = triangleLength(dims);
        centre = new double[dims];
        shifts = new double[components * dims];
        difference = new double[dims];
        sortedWeights = new double[components];
        sortedMeans = new double[components];
        boolean triangular = covariance == Covariance.TIED || covariance == Covariance.FULL;
        offsets = new double[components * offsetLength];
        scales = new double[covariance == Covariance.FULL ? 0 : components * offsetLength];
        triangles = new double[triangular ? covariance.blocks(components) * triangleLength : 0];
        constants = new double[components];
        noOffsets = new double[offsets.length];
        noOffsets32 = new float[offsets.length];
        farthest = new double[components];
        offsets32 = new float[offsets.length];
        scales32 = new float[scales.length];
        triangles32 = new float[triangles.length];
        constants32 = new float[components];
    }

    /** The numbers in a packed triangle. */
    private static int triangleLength(int dims) {
        int length = 0;
        for (int i = 0; i < dims; i += 2) {
            length += 2 * Math.min(i + 2, dims);
        }
        return length;
    }

    /** Takes the parameters' means, factors and constants. */
    void derive(Parameters parameters) {
        deriveCentre(parameters);
        deriveOffsets(parameters);
        boolean near = farthestOfAll <= MOST_DEVIATIONS * SQRT_HALF;
        if (!near) {
            for (int i = 0; i < dims; i++) {
                centre[i] = median(parameters, i);
            }
            deriveOffsets(parameters);
        }
        deriveScales(parameters);
        deriveShifts(parameters, near);
        System.arraycopy(parameters.logConstants(), 0, constants, 0, components);
        narrow(scales, scales32);
        narrow(offsets, offsets32);
        narrow(triangles, triangles32);
        narrow(constants, constants32);
    }

    private void deriveCentre(Parameters parameters) {
        Arrays.fill(centre, 0);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < dims; i++) {
                centre[i] += parameters.weights()[k] * parameters.means()[k * dims + i];
            }
        }
    }

    /** The weighted median of the components' means: the smallest with half of the weight at or below it. */
    private double median(Parameters parameters, int feature) {
        double total = 0;
        for (int k = 0; k < components; k++) {
            double mean = parameters.means()[k * dims + feature];
            int at = k;
            for (; at > 0 && sortedMeans[at - 1] > mean; at--) {
                sortedMeans[at] = sortedMeans[at - 1];
                sortedWeights[at] = sortedWeights[at - 1];
            }
            sortedMeans[at] = mean;
            sortedWeights[at] = parameters.weights()[k];
            total += parameters.weights()[k];
        }
        int k = 0;
        for (double passed = sortedWeights[0]; passed < 0.5 * total; passed += sortedWeights[k]) {
            k++;
        }
        return sortedMeans[k];
    }

    /** Derives all offsets from the centre; those of components without weight count as small. */
    private void deriveOffsets(Parameters parameters) {
        farthestOfAll = 0;
        for (int k = 0; k < components; k++) {
            deriveOffsets(parameters, k);
            farthest[k] = 0;
            for (int i = 0; parameters.weights()[k] > 0 && i < dims; i++) {
                farthest[k] = Math.max(farthest[k], Math.abs(offsets[k * offsetLength + i]));
            }
            farthestOfAll = Math.max(farthestOfAll, farthest[k]);
        }
    }

    private void deriveOffsets(Parameters parameters, int k) {
        for (int i = 0; i < dims; i++) {
            difference[i] = centre[i] - parameters.means()[k * dims + i];
        }
        int block = covariance.blockOffset(k, dims);
        for (int i = 0; i < dims; i++) {
            offsets[k * offsetLength + i] = SQRT_HALF * switch (covariance) {
                case SPHERICAL -> parameters.factors()[block] * difference[i];
                case DIAGONAL -> parameters.factors()[block + i] * difference[i];
                case TIED, FULL -> rowTimes(parameters.factors(), block + LowerTriangle.index(i, 0), difference, i);
            };
        }
    }

    private static double rowTimes(double[] factors, int row, double[] u, int i) {
        double sum = 0;
        for (int j = 0; j <= i; j++) {
            sum += factors[row + j] * u[j];
        }
        return sum;
    }

    private void deriveScales(Parameters parameters) {
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < dims; i++) {
                switch (covariance) {
                    case SPHERICAL -> scales[k * offsetLength + i] = SQRT_HALF * parameters.factors()[k];
                    case DIAGONAL -> scales[k * offsetLength + i] = SQRT_HALF * parameters.factors()[k * dims + i];
                    case TIED -> scales[k * offsetLength + i] = 1;
                    case FULL -> { }
                }
            }
        }
        if (triangles.length > 0) {
            for (int b = 0; b < covariance.blocks(components); b++) {
                pairRows(parameters.factors(), b * covariance.blockLength(dims), b * triangleLength);
            }
        }
    }

    private void pairRows(double[] factors, int from, int to) {
        for (int i = 0; i < dims; i++) {
            int columns = Math.min(i / 2 * 2 + 2, dims);
            for (int j = 0; j <= i; j++) {
                triangles[to + 2 * j + i % 2] = SQRT_HALF * factors[from + LowerTriangle.index(i, j)];
            }
            to += i % 2 == 0 ? 0 : 2 * columns;
        }
    }

    private void deriveShifts(Parameters parameters, boolean common) {
        for (int k = 0; k < components; k++) {
            System.arraycopy(common ? centre : parameters.means(), common ? 0 : k * dims, shifts, k * dims, dims);
        }
    }

    private static void narrow(double[] from, float[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = (float) from[i];
        }
    }

    Covariance covariance() {
        return covariance;
    }

    double[] centre() {
        return centre;
    }

    double[] shifts() {
        return shifts;
    }

    /** From one component's offsets, or scales, to the next one's: dims, rounded up to even. */
    int offsetLength() {
        return offsetLength;
    }

    /** From one component's triangle to the next one's. */
    int triangleLength() {
        return triangleLength;
    }

    double[] scales64() {
        return scales;
    }

    double[] offsets64() {
        return offsets;
    }

    double[] triangles64() {
        return triangles;
    }

    /** Zeros in place of {@link #offsets64}, for points around a component's own mean. */
    double[] noOffsets64() {
        return noOffsets;
    }

    /** Whether any component is {@link #isFar64 far}. */
    boolean anyFar64() {
        return farthestOfAll > Element64.FAR;
    }

    /** Whether a component is so far from the centre that its densities would lose digits in double. */
    boolean isFar64(int k) {
        return farthest[k] > Element64.FAR;
    }

    double[] constants64() {
        return constants;
    }

    float[] scales32() {
        return scales32;
    }

    float[] offsets32() {
        return offsets32;
    }

    float[] triangles32() {
        return triangles32;
    }

    float[] noOffsets32() {
        return noOffsets32;
    }

    boolean anyFar32() {
        return farthestOfAll > Element32.FAR;
    }

    /** The same in float. */
    boolean isFar32(int k) {
        return farthest[k] > Element32.FAR;
    }

    float[] constants32() {
        return constants32;
    }
}
