package org.fusedem.fit;

import java.util.Objects;
import org.fusedem.em.EmLoop;
import org.fusedem.model.GaussianMixture;

/** What {@link FitOptions} refuse: values out of range, and those that do not go together. */
final class OptionChecks {
    private OptionChecks() {}

    /**
     * Refuses what no fit could do, whatever the points.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    static void check(FitOptions options) {
        checkRanges(options);
        checkStart(options);
        FixedParts.check(options);
        if (options.noise() != null && options.missingValues()) {
            throw new IllegalArgumentException("noise of constant density has none for points with missing values"
                    + " (leave out withNoise or withMissingValues): noise=" + options.noise());
        }
    }

    private static void checkRanges(FitOptions options) {
        atLeastOne("components", options.components());
        Objects.requireNonNull(options.covariance(), "covariance");
        Objects.requireNonNull(options.start(), "start");
        atLeastOne("restarts", options.restarts());
        if (options.restarts() > FitOptions.MOST_RESTARTS) {
            throw new IllegalArgumentException("restarts must be at most " + FitOptions.MOST_RESTARTS + ": restarts="
                    + options.restarts());
        }
        atLeastOne("finalists", options.finalists());
        atLeastOne("shortIterations", options.shortIterations());
        Objects.requireNonNull(options.acceleration(), "acceleration");
        new EmLoop(options.convergence(), options.tolerance(), options.maxIterations());
        double regularization = options.regularization();
        if (!(regularization >= 0 && regularization <= 1)) {
            throw new IllegalArgumentException("regularization must be from 0 to 1: regularization=" + regularization);
        }
        double varianceFloor = options.varianceFloor();
        if (!(varianceFloor >= 0 && varianceFloor <= FeatureScales.LARGEST_SCATTER)) {
            throw new IllegalArgumentException("varianceFloor must be from 0 to " + FeatureScales.LARGEST_SCATTER
                    + ": varianceFloor=" + varianceFloor);
        }
        atLeastOne("threads", options.threads());
        Objects.requireNonNull(options.progress(), "progress");
        Objects.requireNonNull(options.kernel(), "kernel");
        Objects.requireNonNull(options.stop(), "stop");
        Objects.requireNonNull(options.checkpoints(), "checkpoints");
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + name + "=" + value);
        }
    }

    private static void checkStart(FitOptions options) {
        switch (options.start()) {
            case Start.KMeansPlusPlus _, Start.RandomPoints _, Start.RandomResponsibilities _ -> { }
            case Start.Given(GaussianMixture model) -> checkKind(options, model);
            case Start.Responsibilities given -> checkColumns(options, given.shared());
            case Start.Labels given -> checkLabels(options, given.shared());
        }
    }

    private static void checkKind(FitOptions options, GaussianMixture model) {
        if (model.components() != options.components() || model.covariance() != options.covariance()) {
            throw new IllegalArgumentException("the start is another kind of mixture: asked for components="
                    + options.components() + ", covariance=" + options.covariance().label()
                    + "; the start has components=" + model.components() + ", covariance=" + model.covariance().label());
        }
    }

    private static void checkColumns(FitOptions options, double[][] responsibilities) {
        boolean noise = options.noise() != null;
        int columns = options.components() + (noise ? 1 : 0);
        for (int n = 0; n < responsibilities.length; n++) {
            if (responsibilities[n].length != columns) {
                throw new IllegalArgumentException("the start must have a responsibility for each component"
                        + (noise ? ", and the noise's behind them" : "") + ": components=" + options.components()
                        + ", row=" + n + ", responsibilities=" + responsibilities[n].length);
            }
        }
    }

    private static void checkLabels(FitOptions options, int[] labels) {
        for (int n = 0; n < labels.length; n++) {
            if (labels[n] >= options.components()) {
                throw new IllegalArgumentException("a label must be a component from 0 to " + (options.components() - 1)
                        + ": row=" + n + ", label=" + labels[n]);
            }
        }
    }
}
