package org.fusedem.fit;

import java.util.OptionalDouble;
import org.fusedem.model.NoisyMixture;

/**
 * A uniform component beside the Gaussian ones, for outliers: density {@code 1 / V} wherever a point lies (Banfield and
 * Raftery, Model-based Gaussian and non-Gaussian clustering, Biometrics 49, 1993; Fraley and Raftery, Model-based
 * clustering, discriminant analysis, and density estimation, JASA 97, 2002, section 5.2).
 *
 * <pre>
 * p(x)    = w / V + (1 - w) sum_k weight_k N(x | mean_k, Sigma_k)
 * w       = N_0 / n             the M-step, N_0 being the noise's share of all points' weight n
 * </pre>
 *
 * The Gaussian components share what is left as without noise: their weights sum to one, and it is these that
 * {@link Fixed.Weights} fixes and a {@link Prior} is on. (A prior whose mean and scale are left to the data takes them
 * from all points, outliers included.) V is that of the points' bounding box unless given. The fit has one parameter
 * more, w, and its result is a {@link NoisyMixture}.
 *
 * <p>Every start, restart by restart, begins with the same {@link #weight}. k-means++ and labels leave out points more
 * than three standard deviations (of the bulk, averaged over the features) from all centres, and k-means++ draws no
 * centre with more probability than if it were that far; random responsibilities are drawn for the noise too, and given
 * ones have a last column for it. So fits find clusters by themselves while outliers are fewer than, say, a third of
 * the points; where they are half of them the bulk is theirs, and a fit needs a start that knows better. Points of
 * fixed labels are never noise.
 *
 * <p>An iteration costs as much as with one component more; with tied covariances as much as with full ones. Missing
 * values are refused: a constant density says nothing of some features alone.
 *
 * @param weight the w to start with, above 0 and below 1
 * @param logVolume log V, in the data's units; empty for the bounding box of the points that have weight
 */
public record Noise(double weight, OptionalDouble logVolume) {
    /** The largest logarithm of a volume, and of one over it: times any number of points, it is a number. */
    private static final double LARGEST_LOG = 1e100;

    /** The default of {@link #weight}. */
    public static final double DEFAULT_WEIGHT = 0.05;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the weight is not between 0 and 1, or the volume's logarithm not finite
     */
    public Noise {
        if (!(weight > 0 && weight < 1)) {
            throw new IllegalArgumentException("the noise's first weight must be between 0 and 1: weight=" + weight);
        }
        if (logVolume.isPresent() && !(Math.abs(logVolume.getAsDouble()) <= LARGEST_LOG)) {
            throw new IllegalArgumentException("the logarithm of the noise's volume must be from -" + LARGEST_LOG + " to "
                    + LARGEST_LOG + ": logVolume=" + logVolume.getAsDouble());
        }
    }

    /** Noise all over the points' bounding box. */
    public static Noise ofBoundingBox() {
        return new Noise(DEFAULT_WEIGHT, OptionalDouble.empty());
    }

    /**
     * Noise of density {@code 1 / volume}.
     *
     * @throws IllegalArgumentException if the volume is not positive and finite
     */
    public static Noise ofVolume(double volume) {
        if (!(volume > 0 && volume < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the noise's volume must be positive and finite: volume=" + volume);
        }
        return ofLogVolume(Math.log(volume));
    }

    /**
     * Noise of density {@code exp(-logVolume)}: for volumes beyond a double's range.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public static Noise ofLogVolume(double logVolume) {
        return new Noise(DEFAULT_WEIGHT, OptionalDouble.of(logVolume));
    }

    /**
     * Another weight to start with.
     *
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public Noise withWeight(double changed) {
        return new Noise(changed, logVolume);
    }

    /** The same noise where volumes are {@code exp(logFactor)} times as large. */
    Noise scaled(double logFactor) {
        return logVolume.isEmpty() ? this : new Noise(weight, OptionalDouble.of(logVolume.getAsDouble() + logFactor));
    }
}
