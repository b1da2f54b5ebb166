package org.fusedem.cli.option;

import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Prior;
import picocli.CommandLine.Option;

/** How to fit, whatever the model: the options that all commands that fit share. */
public final class FitControls {
    @Option(
            names = "--restarts",
            paramLabel = "R",
            defaultValue = "" + FitOptions.DEFAULT_RESTARTS,
            converter = Ranges.Positive.class,
            description = "How many starts to try: each for a few iterations, and the " + FitOptions.DEFAULT_FINALISTS
                    + " best of them to the end; the best result is kept. Default: ${DEFAULT-VALUE}.")
    private int restarts;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            converter = Ranges.Seed.class,
            description = "Of all randomness: the same seed gives the same result. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--max-iterations",
            paramLabel = "N",
            defaultValue = "" + FitOptions.DEFAULT_MAX_ITERATIONS,
            converter = Ranges.Count.class,
            description = "The most iterations of each run to the end. Default: ${DEFAULT-VALUE}.")
    private int maxIterations;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "" + FitOptions.DEFAULT_TOLERANCE,
            converter = Ranges.NotNegative.class,
            description = "Stop when an iteration raises the mean log-likelihood by less, or as --convergence says;"
                    + " 0 means never. Default: ${DEFAULT-VALUE}.")
    private double tolerance;

    @Option(
            names = "--convergence",
            paramLabel = "TEST",
            defaultValue = "gain",
            converter = LabelOption.OfConvergence.class,
            completionCandidates = LabelOption.OfConvergence.class,
            description = "What --tolerance is held against: ${COMPLETION-CANDIDATES}; that is, the gain of an iteration,"
                    + " what Aitken's extrapolation says is left to gain, or the change of the parameters."
                    + " Default: ${DEFAULT-VALUE}.")
    private Convergence convergence;

    @Option(
            names = "--acceleration",
            paramLabel = "METHOD",
            defaultValue = "none",
            converter = LabelOption.OfAcceleration.class,
            completionCandidates = LabelOption.OfAcceleration.class,
            description = "Longer steps once the iterations have become slow: ${COMPLETION-CANDIDATES}."
                    + " Default: ${DEFAULT-VALUE}.")
    private Acceleration acceleration;

    @Option(
            names = "--regularization",
            paramLabel = "R",
            defaultValue = "" + FitOptions.DEFAULT_REGULARIZATION,
            converter = Ranges.Fraction.class,
            description = "The least variance of a component, relative to that of the data, from 0 to 1."
                    + " Default: ${DEFAULT-VALUE}.")
    private double regularization;

    @Option(
            names = "--variance-floor",
            paramLabel = "A",
            defaultValue = "0",
            converter = Ranges.NotNegative.class,
            description = "The least variance of a component in the squared units of the data, if that is more."
                    + " Default: ${DEFAULT-VALUE}.")
    private double varianceFloor;

    @Option(
            names = "--prior",
            paramLabel = "PRIOR",
            converter = PriorOption.class,
            completionCandidates = PriorOption.class,
            description = "A prior on the mixture: ${COMPLETION-CANDIDATES}; conjugate is that of Fraley and Raftery, and"
                    + " keeps components from collapsing. Default: none.")
    private Prior prior;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            converter = Ranges.Positive.class,
            description = "How many threads work; the result does not depend on it. Default: ${DEFAULT-VALUE}.")
    private int threads;

    /** The same options with what the user says here. */
    public FitOptions applyTo(FitOptions options) {
        return options.withRestarts(restarts)
                .withSeed(seed)
                .withTolerance(tolerance)
                .withConvergence(convergence)
                .withAcceleration(acceleration)
                .withMaxIterations(maxIterations)
                .withRegularization(regularization)
                .withVarianceFloor(varianceFloor)
                .withPrior(prior)
                .withThreads(threads);
    }
}
