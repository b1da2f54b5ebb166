package org.fusedem.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fusedem.cli.data.DataPoints;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.cli.option.CheckpointOption;
import org.fusedem.cli.option.FitControls;
import org.fusedem.cli.option.FitData;
import org.fusedem.cli.option.LabelOption;
import org.fusedem.cli.option.ModelOption;
import org.fusedem.cli.option.Ranges;
import org.fusedem.cli.option.ReportOption;
import org.fusedem.cli.option.StartLabels;
import org.fusedem.cli.option.StartOption;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.result.FitDocument;
import org.fusedem.cli.result.FitPage;
import org.fusedem.cli.result.FitReport;
import org.fusedem.cli.result.FitSummary;
import org.fusedem.cli.stream.OutputFiles;
import org.fusedem.cli.stream.Streams;
import org.fusedem.cli.stream.TerminalProgress;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fusedem fit}. */
@Command(
        name = "fit",
        description = "Fits a Gaussian mixture to the columns of a file of data, and prints it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "A CSV file is separated by comma, semicolon or tab, decimals with a point."
                    + " Components are numbered from 1.",
            "",
            "Examples (faithful.csv and iris.csv are in cli/examples; other names stand for yours):",
            "  fusedem fit faithful.csv -k 2",
            "  fusedem fit iris.csv -k 3 --columns 1-4 --covariance tied --model iris.json",
            "  fusedem fit iris.csv --start iris.json --tolerance 0 --max-iterations 100 --json",
            "  fusedem fit labelled.csv -k 2 --labels component --fix-labels",
            "  fusedem fit large.csv -k 50 --model large.json --checkpoint large.fit --resume",
            "  zcat large.csv.gz | fusedem fit - -k 5 --report large.html",
            "",
            "Ctrl-C ends the fit after the iteration it is in, with the best model so far.",
        })
final class FitCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-k", "--components"},
            paramLabel = "K",
            converter = Ranges.Positive.class,
            description = "The number of components. Needed, unless --start is a model.")
    private Integer components;

    @Option(
            names = "--covariance",
            paramLabel = "SHAPE",
            converter = LabelOption.OfCovariance.class,
            completionCandidates = LabelOption.OfCovariance.class,
            description = "The shape of the covariances: ${COMPLETION-CANDIDATES}. Default: full.")
    private Covariance covariance;

    @Option(
            names = "--start",
            paramLabel = "START",
            defaultValue = "kmeans++",
            converter = StartOption.class,
            description = "Where to start: kmeans++, random (responsibilities), random-points or a model file."
                    + " Default: ${DEFAULT-VALUE}.")
    private Start start;

    @Mixin
    private StartLabels labels;

    @Mixin
    private FitControls controls;

    @Mixin
    private FitData data;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private ReportOption reportOption;

    @Mixin
    private CheckpointOption checkpointOption;

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    FitCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        labels.check(start);
        for (String typed : spec.findOption("--start").originalStringValues()) {
            FileErrors.checkNotBothStandardInput(Path.of(typed), data.file());
        }
        FitOptions unlabelled = options();
        OutputFiles files = new OutputFiles(data.file());
        modelOption.check(files);
        reportOption.check(files);
        checkpointOption.check(files);
        List<String> modelColumns = start instanceof Start.Given(GaussianMixture model) ? model.columns() : List.of();
        try (DataPoints points = data.read(labels.column(), unlabelled.components(), modelColumns);
                Interruption interruption = Interruption.during("fusedem fit", streams.err())) {
            FitOptions options = unlabelled.withStart(labels.start(points, start));
            FitResult result =
                    fit(points, checkpointOption
                            .applyTo(options, interruption::requested, streams).withStop(interruption::requested));
            GaussianMixture named = result.model().withColumns(points.columns());
            FitSummary summary = new FitSummary(
                    data.name(), points.points(), options, result, named, interruption.requested());
            modelOption.write(summary.model());
            reportOption.write(typed -> FitPage.of(summary, typed));
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
        int restarts = spec.commandLine().getParseResult().matchedOptionValue("--restarts", 1);
        if (given != null && restarts > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--restarts " + restarts + ": the model of --start is the only start");
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
        return data.applyTo(controls.applyTo(options.withStart(start)));
    }

    private FitResult fit(DataPoints points, FitOptions options) {
        if (points.points().size() < options.components()) {
            throw CommandException.wrongUse(data.name() + ": has " + points.points().size()
                    + " rows, too few for " + options.components() + " components (-k)");
        }
        try (TerminalProgress progress = new TerminalProgress(streams, options)) {
            return Fitter.fit(points.points(), options.withProgress(progress));
        } catch (IllegalArgumentException e) {
            throw CommandException.failed(data.name() + ": " + e.getMessage(), e);
        }
    }
}
