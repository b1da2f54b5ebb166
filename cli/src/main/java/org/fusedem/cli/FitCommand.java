package org.fusedem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fusedem.files.ModelFiles;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusedem fit}. */
@Command(
        name = "fit",
        description = "Fits a Gaussian mixture to the columns of a CSV file, and prints it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "The CSV file: separated by comma, semicolon or tab, decimals with a point."
                    + " Components are numbered from 1.",
            "",
            "Examples:",
            "  fusedem fit faithful.csv -k 2",
            "  fusedem fit iris.csv -k 3 --columns 1-4 --covariance tied --model iris.json",
            "  fusedem fit iris.csv --start iris.json --tolerance 0 --max-iterations 100 --json",
        })
final class FitCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATA", description = "The CSV file, one point per row.")
    private Path file;

    @Option(
            names = {"-k", "--components"},
            paramLabel = "K",
            converter = Ranges.Positive.class,
            description = "The number of components. Needed, unless --start is a model.")
    private Integer components;

    @Option(
            names = "--covariance",
            paramLabel = "SHAPE",
            converter = CovarianceOption.class,
            completionCandidates = CovarianceOption.class,
            description = "The shape of the covariances: ${COMPLETION-CANDIDATES}. Default: full.")
    private Covariance covariance;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--weights",
            paramLabel = "COLUMN",
            description = "The column of the points' weights, by name or number; it is then no feature.")
    private String weights;

    @Option(
            names = "--start",
            paramLabel = "START",
            defaultValue = "kmeans++",
            converter = StartOption.class,
            description = "Where to start: kmeans++, random (responsibilities), random-points or a model file."
                    + " Default: ${DEFAULT-VALUE}.")
    private Start start;

    @Option(
            names = "--restarts",
            paramLabel = "R",
            defaultValue = "" + FitOptions.DEFAULT_RESTARTS,
            converter = Ranges.Positive.class,
            description = "How many starts to try; the best result is kept. Default: ${DEFAULT-VALUE}.")
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
            description = "The most iterations from each start. Default: ${DEFAULT-VALUE}.")
    private int maxIterations;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "" + FitOptions.DEFAULT_TOLERANCE,
            converter = Ranges.NotNegative.class,
            description = "Stop when an iteration raises the mean log-likelihood by less; 0 means never."
                    + " Default: ${DEFAULT-VALUE}.")
    private double tolerance;

    @Option(
            names = "--regularization",
            paramLabel = "R",
            defaultValue = "" + FitOptions.DEFAULT_REGULARIZATION,
            converter = Ranges.Fraction.class,
            description = "The least variance of a component, relative to that of the data, from 0 to 1."
                    + " Default: ${DEFAULT-VALUE}.")
    private double regularization;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            converter = Ranges.Positive.class,
            description = "How many threads work; the result does not depend on it. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--float32", description = "Keep the data in 32 bits: half the memory, seven digits.")
    private boolean float32;

    @Option(names = "--model", paramLabel = "OUT.json", description = "Write the model to this file.")
    private Path modelFile;

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    FitCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        FitOptions options = options();
        checkModelFile();
        List<String> modelColumns = start instanceof Start.Given(GaussianMixture model) ? model.columns() : List.of();
        ElementType type = float32 ? ElementType.FLOAT32 : ElementType.FLOAT64;
        try (CsvPoints points = CsvPoints.read(file, data, weights, type, modelColumns)) {
            checkSizes(points);
            FitResult result = fit(points, options);
            GaussianMixture named = result.model().withColumns(points.columns());
            FitSummary summary = new FitSummary(FileErrors.name(file), points.points(), options, result, named);
            if (modelFile != null) {
                write(summary.model());
            }
            if (json) {
                FitDocument.write(summary, streams.out());
            } else {
                FitReport.write(summary, streams.out());
            }
            streams.out().flush();
        }
        return 0;
    }

    private FitOptions options() {
        GaussianMixture given = start instanceof Start.Given(GaussianMixture model) ? model : null;
        if (components == null && given == null) {
            throw new ParameterException(spec.commandLine(), "-k is missing: how many components?");
        }
        if (given != null && components != null && components != given.components()) {
            throw new ParameterException(
                    spec.commandLine(), "-k " + components + ": the model of --start has " + given.components());
        }
        if (given != null && covariance != null && covariance != given.covariance()) {
            throw new ParameterException(spec.commandLine(),
                    "--covariance " + covariance.label() + ": the model of --start is " + given.covariance().label());
        }
        FitOptions options = FitOptions.components(given == null ? components : given.components());
        if (given != null) {
            options = options.withCovariance(given.covariance());
        } else if (covariance != null) {
            options = options.withCovariance(covariance);
        }
        if (data.missing()) {
            options = options.withMissingValues();
        }
        return options.withStart(start)
                .withRestarts(restarts)
                .withSeed(seed)
                .withTolerance(tolerance)
                .withMaxIterations(maxIterations)
                .withRegularization(regularization)
                .withThreads(threads);
    }

    /** Before the long work, whose result would else be lost. */
    private void checkModelFile() throws IOException {
        if (modelFile == null) {
            return;
        }
        if (Files.exists(modelFile) && Files.exists(file) && Files.isSameFile(modelFile, file)) {
            throw CommandException.wrongUse("--model: " + modelFile + " is the data, which it would overwrite");
        }
        try {
            ModelFiles.checkWritable(modelFile);
        } catch (IOException e) {
            throw CommandException.wrongUse("--model: " + FileErrors.sentence(modelFile, e), e);
        }
    }

    private void checkSizes(CsvPoints points) {
        if (start instanceof Start.Given(GaussianMixture model) && model.dims() != points.points().dims()) {
            throw CommandException.wrongUse("--start: the model has " + model.dims() + " columns ("
                    + ColumnSelection.list(model.columns()) + "), and " + points.points().dims()
                    + " are chosen: choose them with --columns");
        }
    }

    private FitResult fit(CsvPoints points, FitOptions options) {
        if (points.points().size() < options.components()) {
            throw CommandException.wrongUse(FileErrors.name(file) + ": has " + points.points().size()
                    + " rows, too few for " + options.components() + " components (-k)");
        }
        try (TerminalProgress progress = new TerminalProgress(streams, options)) {
            return Fitter.fit(points.points(), options.withProgress(progress));
        } catch (IllegalArgumentException e) {
            throw CommandException.failed(FileErrors.name(file) + ": " + e.getMessage(), e);
        }
    }

    private void write(GaussianMixture model) {
        try {
            ModelFiles.write(model, modelFile);
        } catch (IOException e) {
            throw CommandException.failed("--model: " + FileErrors.sentence(modelFile, e), e);
        }
    }
}
