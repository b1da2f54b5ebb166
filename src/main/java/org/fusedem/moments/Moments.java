package org.fusedem.moments;

import java.util.Arrays;
import java.util.Objects;

/**
 * The weighted moments of a range of points under a mixture's responsibilities: all that the M-step, and
 * so a thread, a window or another machine, needs to know about those points.
 *
 * <p>For each component k, with responsibilities {@code r_nk} (times the point's weight) and
 * {@code u = x_n - shift_k}:
 *
 * <pre>
 * weight_k = sum_n r_nk
 * first_k  = sum_n r_nk u
 * second_k = sum_n r_nk u u^T     (as much of it as the covariance's shape needs)
 * </pre>
 *
 * The shift lies near the component, so the later {@code second - first first^T / weight} does not cancel.
 * Spherical moments keep the trace of {@code second_k}, diagonal ones its diagonal, tied ones the sum over k,
 * full ones all of it, packed as {@link Covariance} says. Beside these stand the log-likelihood of the
 * points, their number and their total weight.
 *
 * <p>Moments of disjoint ranges around the same shifts add up: {@code merge} is the only operation that
 * distribution needs. Merging in another order changes the result by rounding only.
 *
 * <p>Mutable, allocated once, never resized. Not thread-safe. The arrays that accessors return are the live
 * ones, for kernels and maximisers to work on.
 */
public final class Moments {
    private final Covariance covariance;
    private final int components;
    private final int dims;
    private final double[] shifts;
    private final double[] weights;
    private final double[] first;
    private final double[] second;
    private boolean shiftCommon = true;
    private long points;
    private double totalWeight;
    private double logLikelihood;

    /**
     * Empty moments around shifts of zero.
     *
     * @throws IllegalArgumentException if components or dims are not positive, or too many for one array
     */
    public Moments(Covariance covariance, int components, int dims) {
        this.covariance = Objects.requireNonNull(covariance);
        this.components = positive("components", components);
        this.dims = positive("dims", dims);
        long means = (long) components * dims;
        if (means > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "too many means for one array: components=" + components + ", dims=" + dims);
        }
        shifts = new double[(int) means];
        weights = new double[components];
        first = new double[(int) means];
        second = new double[covariance.packedLength(components, dims)];
    }

    /**
     * Forgets everything and takes new shifts.
     *
     * @param newShifts {@code components x dims} by rows, copied; what may follow them does not count
     * @throws IllegalArgumentException if there are fewer; then nothing changes
     */
    public void reset(double[] newShifts) {
        checkShifts(newShifts);
        takeShifts(newShifts);
        Arrays.fill(weights, 0);
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        points = 0;
        totalWeight = 0;
        logLikelihood = 0;
    }

    private void checkShifts(double[] newShifts) {
        if (newShifts.length < shifts.length) {
            throw new IllegalArgumentException("too few shifts for components x dims: components=" + components + ", dims="
                    + dims + ", shifts=" + newShifts.length);
        }
    }

    private void takeShifts(double[] newShifts) {
        System.arraycopy(newShifts, 0, shifts, 0, shifts.length);
        shiftCommon = true;
        for (int i = dims; i < shifts.length; i++) {
            // By bits, as merge compares them: 0.0 and -0.0 differ, or bytes that say them once would lose that.
            shiftCommon &= Double.doubleToLongBits(shifts[i]) == Double.doubleToLongBits(shifts[i - dims]);
        }
    }

    /** Counts points that have just been added to the sums. */
    public void count(long addedPoints, double addedWeight, double addedLogLikelihood) {
        points += addedPoints;
        totalWeight += addedWeight;
        logLikelihood += addedLogLikelihood;
    }

    /**
     * Adds the moments of other points.
     *
     * @throws IllegalArgumentException if shape, components, dims or shifts differ
     */
    public void merge(Moments other) {
        if (covariance != other.covariance || components != other.components || dims != other.dims) {
            throw new IllegalArgumentException("moments of different kinds do not merge: " + this + " and " + other);
        }
        if (!Arrays.equals(shifts, other.shifts)) {
            throw new IllegalArgumentException("moments around different shifts do not merge");
        }
        add(weights, other.weights);
        add(first, other.first);
        add(second, other.second);
        count(other.points, other.totalWeight, other.logLikelihood);
    }

    /**
     * Multiplies all sums by a factor, as if every point weighed so many times as much: with it and {@link #merge}
     * comes a running average, {@code (1 - step) old + step new}. The number of points stays.
     *
     * @param factor finite and not negative
     * @throws IllegalArgumentException if it is not
     */
    public void scale(double factor) {
        if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("factor must be finite and not negative: factor=" + factor);
        }
        scale(weights, factor);
        scale(first, factor);
        scale(second, factor);
        totalWeight *= factor;
        logLikelihood *= factor;
    }

    /**
     * Takes the same moments around other shifts. With {@code d = old shift_k - new shift_k}, so that
     * {@code x - new shift_k = u + d},
     *
     * <pre>
     * second_k + first_k d^T + d first_k^T + weight_k d d^T        instead of second_k
     * first_k  + weight_k d                                        instead of first_k
     * </pre>
     *
     * (expand {@code sum_n r_nk (u + d)(u + d)^T}), or what the shape keeps of that. Exact but for rounding, which is
     * relative to the larger of both second moments: shifts far from the points cost digits, and those stay lost.
     * Costs {@code O(K D)} for spherical and diagonal moments, {@code O(K D^2)} for tied and full ones.
     *
     * @param newShifts {@code components x dims} by rows, copied; what may follow them does not count
     * @throws IllegalArgumentException if there are fewer; then nothing changes
     */
    public void rebase(double[] newShifts) {
        checkShifts(newShifts);
        for (int k = 0; k < components; k++) {
            int row = k * dims;
            int block = covariance.blockOffset(k, dims);
            for (int i = 0; i < dims; i++) {
                double d = shifts[row + i] - newShifts[row + i];
                switch (covariance) {
                    case SPHERICAL -> second[block] += d * (2 * first[row + i] + weights[k] * d);
                    case DIAGONAL -> second[block + i] += d * (2 * first[row + i] + weights[k] * d);
                    case TIED, FULL -> {
                        int at = block + Covariance.triangle(i);
                        double moved = first[row + i] + weights[k] * d;
                        for (int j = 0; j <= i; j++) {
                            double e = shifts[row + j] - newShifts[row + j];
                            second[at + j] += moved * e + d * first[row + j];
                        }
                    }
                }
            }
            for (int i = 0; i < dims; i++) {
                first[row + i] += weights[k] * (shifts[row + i] - newShifts[row + i]);
            }
        }
        takeShifts(newShifts);
    }

    /**
     * All of this as bytes, for another process; {@link #ofBytes} makes the same of them, every double to the bit. There
     * are some {@code 8 (K (D + 1) + S)} of them, S being {@link Covariance#packedLength}, and {@code 8 K D} more, or
     * {@code 8 D} if the shifts are {@linkplain #shiftCommon common}.
     *
     * @throws ArithmeticException if they are more than one array holds
     */
    public byte[] toBytes() {
        return MomentsBytes.write(this);
    }

    /**
     * What {@link #toBytes} was called on. Bytes from elsewhere do no harm, as lengths are checked before anything is
     * allocated; but that their numbers mean something is not for this to tell.
     *
     * @throws IllegalArgumentException if these are not the bytes of moments, of this version, and all of them
     */
    public static Moments ofBytes(byte[] bytes) {
        return MomentsBytes.read(bytes);
    }

    /** The shape that decides what {@link #second()} keeps. */
    public Covariance covariance() {
        return covariance;
    }

    /** K, the number of components. */
    public int components() {
        return components;
    }

    /** D, the number of features. */
    public int dims() {
        return dims;
    }

    /** What was subtracted from the points of each component: {@code components x dims}, by rows; live. */
    public double[] shifts() {
        return shifts;
    }

    /** Whether all components have the same shift: kernels are faster then. */
    public boolean shiftCommon() {
        return shiftCommon;
    }

    /** {@code sum_n r_nk} for each component; live. */
    public double[] weights() {
        return weights;
    }

    /** {@code sum_n r_nk (x_n - shift_k)}: {@code components x dims}, by rows; live. */
    public double[] first() {
        return first;
    }

    /** {@code sum_n r_nk (x_n - shift_k)(x_n - shift_k)^T}, packed as {@link #covariance()} says; live. */
    public double[] second() {
        return second;
    }

    /** The number of points counted. */
    public long points() {
        return points;
    }

    /** The sum of the points' weights. */
    public double totalWeight() {
        return totalWeight;
    }

    /** {@code sum_n w_n log p(x_n)}, in nats. */
    public double logLikelihood() {
        return logLikelihood;
    }

    @Override
    public String toString() {
        return "Moments[" + covariance.label() + ", components=" + components + ", dims=" + dims + ", points="
                + points + "]";
    }

    private static void scale(double[] sums, double factor) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] *= factor;
        }
    }

    private static void add(double[] sums, double[] others) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += others[i];
        }
    }

    private static int positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + name + "=" + value);
        }
        return value;
    }
}
