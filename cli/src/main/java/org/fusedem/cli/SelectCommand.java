package org.fusedem.cli;

import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.fusedem.cli.data.DataPoints;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.option.FitControls;
import org.fusedem.cli.option.FitData;
import org.fusedem.cli.option.GridComponents;
import org.fusedem.cli.option.GridShapes;
import org.fusedem.cli.option.LabelOption;
import org.fusedem.cli.option.ModelOption;
import org.fusedem.cli.option.Ranges;
import org.fusedem.cli.option.ReportOption;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.result.SelectDocument;
import org.fusedem.cli.result.SelectPage;
import org.fusedem.cli.result.SelectReport;
import org.fusedem.cli.result.SelectSummary;
import org.fusedem.cli.stream.OutputFiles;
import org.fusedem.cli.stream.Streams;
import org.fusedem.cli.stream.TerminalLine;
import org.fusedem.cli.stream.Units;
import org.fusedem.fit.FitOptions;
import org.fusedem.moments.Covariance;
import org.fusedem.select.Cell;
import org.fusedem.select.Criterion;
import org.fusedem.select.SelectOptions;
import org.fusedem.select.Selection;
import org.fusedem.select.Selector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fusedem select}. */
@Command(
        name = "select",
        description = "Fits Gaussian mixtures of many numbers of components and shapes to the columns of a file of data,"
                + " and prints which is best.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "Of bic, aic and icl smaller is better; of cv, the mean log-likelihood of rows left out of the fit,"
                    + " larger. A fit with components that collapsed or died is marked as degenerate, and is best"
                    + " only if all are.",
            "",
            "Examples:",
            "  fusedem select iris.csv -k 1..9",
            "  fusedem select iris.csv -k 1..4,8 --covariance full,tied --criterion cv --folds 10 --threads 2",
            "  fusedem select faithful.csv -k 1..9 --criterion icl --model faithful.json",
        })
final class SelectCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(
            names = {"-k", "--components"},
            paramLabel = "K",
            required = true,
            converter = GridComponents.Converter.class,
            description = "The numbers of components: 3, or 1..9, or 1..4,8.")
    private GridComponents components;

    @Option(
            names = "--covariance",
            paramLabel = "SHAPES",
            defaultValue = "all",
            converter = GridShapes.Converter.class,
            completionCandidates = LabelOption.OfCovariance.class,
            description = "The shapes of the covariances: all, or some of ${COMPLETION-CANDIDATES} between commas."
                    + " Default: ${DEFAULT-VALUE}.")
    private GridShapes shapes;

    @Option(
            names = "--criterion",
            paramLabel = "C",
            defaultValue = "bic",
            converter = LabelOption.OfCriterion.class,
            completionCandidates = LabelOption.OfCriterion.class,
            description = "What the best is best by: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Criterion criterion;

    @Option(
            names = "--folds",
            paramLabel = "J",
            converter = Ranges.Several.class,
            description = "Leave each of so many parts of the rows out in turn, and score it. Default: "
                    + SelectOptions.DEFAULT_FOLDS + " for --criterion cv, else none.")
    private Integer folds;

    @Mixin
    private FitControls controls;

    @Mixin
    private FitData data;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private ReportOption reportOption;

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    SelectCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        SelectOptions options = options();
        OutputFiles files = new OutputFiles(data.file());
        modelOption.check(files);
        reportOption.check(files);
        try (DataPoints points = data.read();
                Interruption interruption = Interruption.during("fusedem select", streams.err())) {
            checkSizes(points, options);
            long begin = System.nanoTime();
            Selection selection =
                    select(points, options.withFit(options.fit().withStop(interruption::requested)));
            double seconds = (System.nanoTime() - begin) * 1e-9;
            SelectSummary summary =
                    new SelectSummary(data.name(), points.points(), points.columns(), options, selection, seconds,
                            interruption.requested());
            modelOption.write(summary.model());
            reportOption.write(typed -> SelectPage.of(summary, typed));
            if (json) {
                SelectDocument.write(summary, streams.out());
            } else {
                SelectReport.write(summary, streams.out());
            }
            streams.out().flush();
        }
        return 0;
    }

    private SelectOptions options() {
        SelectOptions options = SelectOptions.components(components.values())
                .withCovariances(shapes.values().toArray(Covariance[]::new))
                .withFit(data.applyTo(controls.applyTo(FitOptions.components(1))))
                .withCriterion(criterion);
        return folds == null ? options : options.withFolds(folds);
    }

    private void checkSizes(DataPoints points, SelectOptions options) {
        long rows = points.points().size();
        int most = Collections.max(options.components());
        if (rows < most) {
            throw CommandException.wrongUse(
                    data.name() + ": has " + rows + " rows, too few for " + most + " components (-k)");
        }
        if (rows < options.folds()) {
            throw CommandException.wrongUse(
                    data.name() + ": has " + rows + " rows, too few for " + options.folds() + " folds (--folds)");
        }
    }

    private Selection select(DataPoints points, SelectOptions options) {
        long begin = System.nanoTime();
        try (TerminalLine line = new TerminalLine(streams)) {
            Selection selection = Selector.select(points.points(), options.withProgress((done, total) -> {
                if (line.isDue()) {
                    double elapsed = (System.nanoTime() - begin) * 1e-9;
                    line.show("step %d of %d, %s", done, total, Units.time(elapsed));
                }
            }));
            if (selection.best().isEmpty() && selection.cells().getFirst() instanceof Cell.Failed first) {
                throw CommandException.failed(data.name() + ": no fit succeeded, the first, " + first.components() + " "
                        + first.covariance().label() + ", for this reason: " + first.reason(), null);
            }
            return selection;
        } catch (IllegalArgumentException e) {
            throw CommandException.failed(data.name() + ": " + e.getMessage(), e);
        }
    }
}
