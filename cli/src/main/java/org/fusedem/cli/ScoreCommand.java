package org.fusedem.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fusedem.cli.data.ColumnSelection;
import org.fusedem.cli.data.DataOptions;
import org.fusedem.cli.data.DataRows;
import org.fusedem.cli.data.Header;
import org.fusedem.cli.data.RowColumns;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.cli.option.Ranges;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.stream.CsvOutput;
import org.fusedem.cli.stream.Streams;
import org.fusedem.em.Elbo;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.PointScorer;
import org.fusedem.model.QuantileEstimate;
import org.fusedem.points.ElementType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusedem score}: one row in, one row out, whatever the size of the file. */
@Command(
        name = "score",
        description = "Prints, as CSV, how likely a model finds each row of a file.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "Prints: log_density, the natural logarithm of the model's density there; component, the most likely one,"
                    + " from 1; r1, r2, ..., the probability of each component.",
            "",
            "Columns are found by the model's names; if the file lacks one, its columns are taken in their order.",
            "",
            "Examples:",
            "  fusedem score faithful.json faithful.csv > scored.csv",
            "  fusedem score faithful.json others.csv --columns duration,pause | head",
            "  fusedem score faithful.json others.csv --threshold-quantile 0.001 > flagged.csv",
        })
final class ScoreCommand implements Callable<Integer> {
    /** Places a quantile of 0.001 within some 7 percent of itself (one standard error), in less than a second. */
    private static final int THRESHOLD_SAMPLE = 200_000;

    private final Streams streams;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file, from fusedem fit --model.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "DATA", description = DataOptions.FILE)
    private Path file;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--mahalanobis",
            description = "Also print d1, d2, ...: the squared Mahalanobis distance to each component.")
    private boolean mahalanobis;

    @Option(
            names = "--component-densities",
            description = "Also print log_density_1, log_density_2, ...: of each component alone, whatever it weighs.")
    private boolean componentDensities;

    @Option(
            names = "--threshold-quantile",
            paramLabel = "Q",
            converter = Ranges.OpenFraction.class,
            description = "Also print anomaly: 1 where the log-density is below the threshold, else 0. A share Q of the"
                    + " model's own points is below it, found from " + THRESHOLD_SAMPLE + " points drawn from it.")
    private Double thresholdQuantile;

    ScoreCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        checkMissing();
        FileErrors.checkNotBothStandardInput(modelFile, file);
        GaussianMixture read = FileErrors.readModel(modelFile);
        GaussianMixture model = data.missing() ? read.withMissingValues() : read;
        Set<String> expected = new HashSet<>(data.names());
        expected.addAll(model.columns());
        try (DataRows rows = DataRows.open(file, data, expected, ElementType.FLOAT64)) {
            int[] features = data.features(rows.header(), RowColumns.NONE, model.columns());
            warnOfOtherNames(model, rows.header(), features);
            rows.select(features, RowColumns.NONE);
            write(model, rows);
        }
        return 0;
    }

    /** What means nothing of half a row: its density is of other units than a whole row's, and so is its distance. */
    private void checkMissing() {
        String option = mahalanobis ? "--mahalanobis" : componentDensities ? "--component-densities"
                : thresholdQuantile != null ? "--threshold-quantile" : null;
        if (data.missing() && option != null) {
            throw CommandException.wrongUse(option + ": needs whole rows, so it does not go with --missing");
        }
    }

    private void warnOfOtherNames(GaussianMixture model, Header header, int[] features) {
        List<String> names = header.names(features);
        if (header.named() && !data.columnsChosen() && !names.equals(model.columns())) {
            streams.err().println("fusedem score: warning: " + FileErrors.name(file) + " has "
                    + ColumnSelection.list(names) + ", taken in this order for "
                    + ColumnSelection.list(model.columns()));
        }
    }

    private void write(GaussianMixture model, DataRows rows) throws IOException {
        double threshold = thresholdQuantile == null ? Double.NaN : threshold(model);
        CsvWriter out = CsvOutput.on(streams.out());
        out.writeRecord(header(model.components()));
        PointScorer scorer = model.pointScorer();
        double[] ofComponents = new double[model.components()];
        List<String> cells = new ArrayList<>();
        while (rows.next()) {
            double[] logJoint = model.logJoint(rows.point());
            double logDensity = Elbo.logEvidence(logJoint);
            cells.clear();
            cells.add(Double.toString(logDensity));
            cells.add(Integer.toString(1 + Elbo.mostLikely(logJoint)));
            add(Elbo.posterior(logJoint), cells);
            if (mahalanobis) {
                scorer.squaredMahalanobis(rows.point(), ofComponents);
                add(ofComponents, cells);
            }
            if (componentDensities) {
                scorer.componentLogDensities(rows.point(), ofComponents);
                add(ofComponents, cells);
            }
            if (thresholdQuantile != null) {
                cells.add(logDensity < threshold ? "1" : "0");
            }
            out.writeRecord(cells);
        }
        out.flush();
    }

    private double threshold(GaussianMixture model) {
        QuantileEstimate estimate = model.logDensityQuantile(thresholdQuantile, THRESHOLD_SAMPLE, 0);
        streams.err().println("fusedem score: anomalies have a log-density below " + estimate.value()
                + " (95 percent interval " + estimate.lower() + " to " + estimate.upper() + ")");
        return estimate.value();
    }

    private List<String> header(int components) {
        List<String> names = new ArrayList<>(List.of("log_density", "component"));
        addNames("r", components, names);
        if (mahalanobis) {
            addNames("d", components, names);
        }
        if (componentDensities) {
            addNames("log_density_", components, names);
        }
        if (thresholdQuantile != null) {
            names.add("anomaly");
        }
        return names;
    }

    private static void addNames(String prefix, int components, List<String> names) {
        for (int k = 1; k <= components; k++) {
            names.add(prefix + k);
        }
    }

    private static void add(double[] numbers, List<String> cells) {
        for (double number : numbers) {
            cells.add(Double.toString(number));
        }
    }
}
