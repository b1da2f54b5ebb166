package org.fusedem.select;

import java.util.function.UnaryOperator;
import org.fusedem.em.StopReason;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;

/**
 * The work on one cell, in two steps that may run on different threads, one after the other. Between them other cells
 * look at {@link #clean()}, and nobody writes.
 */
final class CellWork {
    /** EM iterations that tell which of a model's components is worth cutting in two. */
    private static final int SHORT_RUN = 2;

    /** What a stop leaves half done cannot be compared with what is done. */
    private static final String STOPPED = "stopped before it was done";

    private final Points points;
    private final FitOptions options;
    private FitResult own;
    private String reason;
    private long nanos;

    // What the second step makes of own.
    private FitResult best;
    private Cell.Origin origin = Cell.Origin.OWN_START;
    private double entropy;
    private HeldOut heldOut;

    /** The work on a cell of these options' components and covariance. */
    CellWork(Points points, FitOptions options) {
        this.points = points;
        this.options = options;
    }

    /** Something that may end in a sentence about points and options. */
    private interface Step {
        void run();
    }

    /** A step: points and options that do not go together are this cell's failure, and nobody else's. */
    private void run(Step step) {
        if (reason != null) {
            return;
        }
        long begin = System.nanoTime();
        try {
            step.run();
        } catch (IllegalArgumentException e) {
            reason = e.getMessage();
        }
        nanos += System.nanoTime() - begin;
    }

    /** Fits the cell on its own. */
    void fit() {
        run(() -> {
            own = Fitter.fit(points, options);
            best = own;
            if (own.stopReason() == StopReason.STOPPED) {
                reason = STOPPED;
            }
        });
    }

    /** The model of {@link #fit}, if it is one to start from, else null. */
    private GaussianMixture clean() {
        return own == null || Cell.isDegenerate(own) ? null : own.model();
    }

    /** Starts from the model of another shape too, and keeps it if it ends better. */
    void startFromShape(CellWork other) {
        startFrom(other, model -> Neighbours.reshaped(model, options.covariance()), Cell.Origin.OTHER_SHAPE);
    }

    /**
     * Starts from the model of one component less too, and keeps it if it ends better: each component is cut in two in
     * turn, and the one that is best after a few iterations goes on.
     */
    void startFromFewer(CellWork other) {
        startFrom(other, this::bestSplit, Cell.Origin.SPLIT);
    }

    private void startFrom(CellWork other, UnaryOperator<GaussianMixture> change, Cell.Origin from) {
        GaussianMixture model = other.clean();
        if (model == null) {
            return;
        }
        run(() -> {
            try {
                keepBetter(Fitter.fit(points, options.withStart(new Start.Given(change.apply(model)))), from);
            } catch (IllegalArgumentException e) {
                // This cell can be fitted, as it has been; so it is the other's model that is no start for it. A common
                // variance, say, takes no notice of a feature that is tiny beside the others; and of that feature alone
                // it may be more than a double holds. What the cell has found by itself stays.
            }
        });
    }

    private GaussianMixture bestSplit(GaussianMixture model) {
        FitOptions shortRun = options.withTolerance(0).withMaxIterations(SHORT_RUN);
        FitResult bestSplit = null;
        for (int k = 0; k < model.components(); k++) {
            FitResult split = Fitter.fit(points, shortRun.withStart(new Start.Given(Neighbours.split(model, k))));
            if (bestSplit == null || split.objective() > bestSplit.objective()) {
                bestSplit = split;
            }
        }
        return bestSplit.model();
    }

    /** As restarts are compared: degenerate ones last, and of two at one optimum the earlier is as good. */
    private void keepBetter(FitResult other, Cell.Origin from) {
        if (other.stopReason() == StopReason.STOPPED) {
            return;
        }
        boolean degenerate = Cell.isDegenerate(other);
        double margin = options.convergence().nats(options.tolerance()) * best.totalWeight();
        boolean better = degenerate == Cell.isDegenerate(best)
                ? other.objective() > best.objective() + margin
                : !degenerate;
        if (better) {
            best = other;
            origin = from;
        }
    }

    /** Fits once more without each fold, and scores that fold. */
    void crossValidate(Folds folds, Runnable betweenFits) {
        double[] logLikelihoods = new double[folds.count()];
        for (int j = 0; j < logLikelihoods.length; j++) {
            int fold = j;
            betweenFits.run();
            run(() -> logLikelihoods[fold] = heldOut(folds, fold));
        }
        run(() -> heldOut = HeldOut.of(logLikelihoods, folds.testWeights()));
    }

    private double heldOut(Folds folds, int fold) {
        try {
            FitResult result = Fitter.fit(folds.training(fold), options);
            if (result.stopReason() == StopReason.STOPPED) {
                throw new IllegalArgumentException(STOPPED);
            }
            return result.noisyModel() != null ? result.noisyModel().logLikelihood(folds.test(fold))
                    : scoring(result.model()).logLikelihood(folds.test(fold));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "without fold " + (fold + 1) + " of " + folds.count() + ": " + e.getMessage(), e);
        }
    }

    /** The model, for points of this kind. */
    private GaussianMixture scoring(GaussianMixture model) {
        return options.missingValues() ? model.withMissingValues() : model;
    }

    /** Measures how far the components overlap. */
    void measureEntropy() {
        run(() -> entropy = best.noisyModel() != null ? ClassificationEntropy.of(best.noisyModel(), points)
                : ClassificationEntropy.of(scoring(best.model()), points));
    }

    /** What came of it. */
    Cell cell() {
        double seconds = nanos * 1e-9;
        int components = options.components();
        Covariance covariance = options.covariance();
        return reason != null
                ? new Cell.Failed(components, covariance, reason, seconds)
                : new Cell.Fitted(components, covariance, origin, best, entropy, heldOut, seconds);
    }
}
