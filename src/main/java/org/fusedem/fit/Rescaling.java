package org.fusedem.fit;

import java.util.Arrays;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.maximization.VarianceFloor;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.NoisyMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * Powers of two that bring features of extreme scales to where their squares are ordinary numbers. A fit of
 * {@code y_i = 2^e_i x_i} is one of x: means are {@code 2^-e_i} times as large, covariances {@code 2^-(e_i + e_j)}
 * times, and each log-density is greater by {@code log 2 sum_i e_i}, over the features that the point has. None of that
 * rounds. Spherical covariances share one power, as their features share one variance.
 */
final class Rescaling {
    /** The power of two that the ranges of rescaled features are brought to: below, there is room for what is small. */
    private static final int TARGET = 30;

    private final Covariance covariance;
    private final int[] exponents;
    /** What the mean log-density of the points as they were has more than that of the points rescaled. */
    private final double logDensityShift;

    /**
     * A rescaling.
     *
     * @param shares the share of all weight whose points have a value there, for each feature
     */
    private Rescaling(Covariance covariance, int[] exponents, double[] shares) {
        this.covariance = covariance;
        this.exponents = exponents;
        double sum = 0;
        for (int i = 0; i < exponents.length; i++) {
            sum += shares[i] * exponents[i];
        }
        logDensityShift = Math.log(2) * sum;
    }

    /** The least variance of a bulk whose floor's squares a kernel for this type can still compute with. */
    private static double leastBulk(ElementType type) {
        return type == ElementType.FLOAT64 ? 1e-280 : 1e-24;
    }

    /** The least variance that a model may have: its square root's inverse must be an ordinary number of this type. */
    private static double leastVariance(ElementType type) {
        return type == ElementType.FLOAT64 ? Double.MIN_NORMAL : 1e-72;
    }

    /** Which features are too large or too small for the arithmetic; null, almost always, if that does not matter. */
    static boolean[] extremes(ElementType type, FitOptions options, FeatureScales scales) {
        boolean[] extreme = new boolean[scales.spreads().length];
        boolean any = false;
        boolean anyLarge = false;
        boolean allSmall = true;
        for (int i = 0; i < extreme.length; i++) {
            boolean large = !(scales.spreads()[i] * scales.totalWeight() <= FeatureScales.LARGEST_SCATTER);
            boolean small = !scales.constant()[i]
                    && Math.max(scales.bulks()[i], options.varianceFloor()) < leastBulk(type);
            extreme[i] = large || small;
            any |= extreme[i];
            anyLarge |= large;
            allSmall &= small || scales.constant()[i];
        }
        boolean spherical = options.covariance() == Covariance.SPHERICAL;
        // Beside an ordinary feature a small one does not matter to their common variance.
        return !any || spherical && !anyLarge && !allSmall ? null : extreme;
    }

    /** The rescaling that these points need, or null: almost always. */
    static Rescaling of(Points points, FitOptions options, FeatureScales scales) {
        boolean[] extreme = extremes(points.type(), options, scales);
        if (extreme == null) {
            return null;
        }
        int dims = points.dims();
        boolean spherical = options.covariance() == Covariance.SPHERICAL;
        int[] exponents = new int[dims];
        if (spherical) {
            Arrays.fill(exponents, commonExponent(points, options));
        } else {
            for (int i = 0; i < dims; i++) {
                exponents[i] = extreme[i] ? exponent(FeatureScales.range(points, i), options) : 0;
            }
        }
        return new Rescaling(options.covariance(), exponents, observedShares(points));
    }

    private static double[] observedShares(Points points) {
        double[] shares = new double[points.dims()];
        Arrays.fill(shares, 1);
        if (points.missingValues() > 0) {
            double totalWeight = Sample.totalWeight(points);
            for (int i = 0; i < shares.length; i++) {
                try (Points observed = Sample.observed(points, i)) {
                    shares[i] = Sample.totalWeight(observed) / totalWeight;
                }
            }
        }
        return shares;
    }

    private static int exponent(double range, FitOptions options) {
        return TARGET - Math.getExponent(Math.max(range, Math.sqrt(options.varianceFloor())));
    }

    /** That of the widest feature, as long as no value of any other one becomes too large. */
    private static int commonExponent(Points points, FitOptions options) {
        double widest = 0;
        double largest = 0;
        for (int i = 0; i < points.dims(); i++) {
            widest = Math.max(widest, FeatureScales.range(points, i));
            for (int sign = -1; sign <= 1; sign += 2) {
                largest = Math.max(largest, Math.abs(points.get(Sample.extreme(points, i, sign), i)));
            }
        }
        int room = Math.getExponent(points.type().largestValue()) - 1 - Math.getExponent(largest);
        return Math.min(exponent(widest, options), room);
    }

    /**
     * Refuses what no model could hold, compared as logarithms, as the floor in the old units may be no number; and
     * what the largest values leave no room to enlarge.
     *
     * @param scales of the rescaled points
     * @throws IllegalArgumentException if a floor, and so perhaps a variance, would be too small
     */
    void checkFloors(Points points, FitOptions options, FeatureScales scales) {
        double least = Math.log(leastVariance(points.type()));
        double sum = Arrays.stream(scales.bulks()).sum();
        for (int i = 0; i < exponents.length; i++) {
            double variance = covariance == Covariance.SPHERICAL ? sum / exponents.length : scales.bulks()[i];
            double computed = Math.max(variance, Math.scalb(options.varianceFloor(), 2 * exponents[i]));
            boolean tooSmall = computed < leastBulk(points.type()) || logFloor(options, variance, exponents[i]) < least;
            if (tooSmall && !scales.constant()[i]) {
                throw new IllegalArgumentException("values lie too close together for a variance (rescale the column):"
                        + " column=" + i + ", largest less smallest=" + FeatureScales.range(points, i));
            }
        }
    }

    private static double logFloor(FitOptions options, double variance, int exponent) {
        double relative = VarianceFloor.relative(options.regularization());
        return Math.max(Math.log(relative * variance) - 2 * exponent * Math.log(2), Math.log(options.varianceFloor()));
    }

    /** A copy of the points in the new units. */
    Points apply(Points points) {
        double[] row = new double[points.dims()];
        double largest = points.type().largestValue();
        try (PointsBuilder builder = Points.builder(points.dims(), points.type()).allowMissing()) {
            for (long n = 0; n < points.size(); n++) {
                points.copyRow(n, row);
                for (int i = 0; i < row.length; i++) {
                    // Only a point without weight, which has no say in the range, can be as large as that.
                    row[i] = Math.clamp(Math.scalb(row[i], exponents[i]), -largest, largest);
                }
                if (points.weighted()) {
                    builder.addWeighted(points.weight(n), row);
                } else {
                    builder.add(row);
                }
            }
            return builder.build();
        }
    }

    /**
     * The options for points in the new units: start, prior and floor follow them, and progress is told of the old
     * ones.
     *
     * @throws IllegalArgumentException if start or prior are too far from the scale of the points
     */
    FitOptions apply(FitOptions options) {
        try {
            return applied(options);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the given start or prior is of quite another scale than the points: " + e.getMessage(), e);
        }
    }

    private FitOptions applied(FitOptions options) {
        Progress progress = options.progress();
        double shift = logDensityShift;
        FitOptions changed = options.rescaled(exponents).withProgress(
                (restart, iteration, mean) -> progress.iteration(restart, iteration, mean + shift));
        if (options.start() instanceof Start.Given(GaussianMixture model)) {
            changed = changed.withStart(new Start.Given(scaled(model, 1)));
        }
        Prior prior = options.prior();
        if (prior != null && prior.mean() != null) {
            prior = prior.withMean(scaledMeans(prior.mean(), 1));
        }
        if (prior != null && prior.scale() != null) {
            prior = prior.withScale(scaledCovariances(prior.scale(), 1));
        }
        Noise noise = options.noise();
        return changed.withPrior(prior).withNoise(noise == null ? null : noise.scaled(shift));
    }

    /** The result for the points as they were; of these options, for which what is fixed stays what it is. */
    FitResult undo(FitResult result, FitOptions options) {
        double shift = result.totalWeight() * logDensityShift;
        GaussianMixture model = FixedParts.of(options).restore(scaled(result.model(), -1), options);
        NoisyMixture noisy = result.noisyModel();
        return new FitResult(model,
                noisy == null ? null
                        : new NoisyMixture(model, noisy.noiseWeight(), noisy.logVolume() - logDensityShift),
                result.freeParameters(), shifted(result.trace(), shift), result.logPriors(),
                result.iterations(), result.stopReason(), result.events(),
                shifted(result.restartLogLikelihoods(), shift), result.bestRestart(), result.totalWeight(),
                result.secondsStart(), result.secondsIterations(), result.iterationSeconds(), result.kernel(),
                result.vectorBits());
    }

    private static double[] shifted(double[] values, double shift) {
        return Arrays.stream(values).map(value -> value + shift).toArray();
    }

    private GaussianMixture scaled(GaussianMixture model, int sign) {
        return GaussianMixture.of(covariance, model.dims(), model.weights(), scaledMeans(model.means(), sign),
                scaledCovariances(model.covariances(), sign));
    }

    private double[] scaledMeans(double[] means, int sign) {
        double[] scaled = new double[means.length];
        Arrays.setAll(scaled, i -> Math.scalb(means[i], sign * exponents[i % exponents.length]));
        return scaled;
    }

    private double[] scaledCovariances(double[] packed, int sign) {
        int dims = exponents.length;
        int block = covariance.blockLength(dims);
        double[] scaled = packed.clone();
        for (int offset = 0; offset < packed.length; offset += block) {
            for (int i = 0; i < dims; i++) {
                int row = sign * exponents[i];
                switch (covariance) {
                    case SPHERICAL -> scaled[offset] = Math.scalb(packed[offset], 2 * row);
                    case DIAGONAL -> scaled[offset + i] = Math.scalb(packed[offset + i], 2 * row);
                    case TIED, FULL -> {
                        for (int j = 0; j <= i; j++) {
                            int at = offset + LowerTriangle.index(i, j);
                            scaled[at] = Math.scalb(packed[at], row + sign * exponents[j]);
                        }
                    }
                }
            }
        }
        return scaled;
    }
}
