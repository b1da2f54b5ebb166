package org.fusedem.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fusedem.em.Elbo;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.ElementType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fusedem score}: one row in, one row out, whatever the size of the file. */
@Command(
        name = "score",
        description = "Prints, as CSV, how likely a model finds each row of a CSV file.",
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
        })
final class ScoreCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file, from fusedem fit --model.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "DATA", description = "The CSV file, one point per row.")
    private Path file;

    @Mixin
    private DataOptions data;

    ScoreCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        GaussianMixture read = FileErrors.readModel(modelFile);
        GaussianMixture model = data.missing() ? read.withMissingValues() : read;
        Set<String> expected = new HashSet<>(data.names());
        expected.addAll(model.columns());
        try (CsvRows rows = CsvRows.open(file, data, expected, ElementType.FLOAT64)) {
            int[] features = data.features(rows.header(), -1, model.columns());
            if (features.length != model.dims()) {
                throw CommandException.wrongUse(FileErrors.name(file) + ": the model has " + model.dims() + " columns ("
                        + ColumnSelection.list(model.columns()) + "), and the file " + features.length + " ("
                        + ColumnSelection.list(chosenNames(rows.header(), features)) + "): choose them with --columns");
            }
            warnOfOtherNames(model, rows.header(), features);
            rows.select(features, -1);
            write(model, rows);
        }
        return 0;
    }

    private void warnOfOtherNames(GaussianMixture model, Header header, int[] features) {
        List<String> names = chosenNames(header, features);
        if (header.named() && !data.columnsChosen() && !names.equals(model.columns())) {
            streams.err().println("fusedem score: warning: " + FileErrors.name(file) + " has "
                    + ColumnSelection.list(names) + ", taken in this order for "
                    + ColumnSelection.list(model.columns()));
        }
    }

    private static List<String> chosenNames(Header header, int[] features) {
        return Arrays.stream(features).mapToObj(i -> header.names().get(i)).toList();
    }

    private void write(GaussianMixture model, CsvRows rows) throws IOException {
        CsvWriter out = CsvOutput.on(streams.out());
        List<String> cells = new ArrayList<>(List.of("log_density", "component"));
        for (int k = 1; k <= model.components(); k++) {
            cells.add("r" + k);
        }
        out.writeRecord(cells);
        while (rows.next()) {
            double[] logJoint = model.logJoint(rows.point());
            double[] responsibilities = Elbo.posterior(logJoint);
            cells.clear();
            cells.add(Double.toString(Elbo.logEvidence(logJoint)));
            cells.add(Integer.toString(1 + indexOfLargest(logJoint)));
            for (double r : responsibilities) {
                cells.add(Double.toString(r));
            }
            out.writeRecord(cells);
        }
        out.flush();
    }

    private static int indexOfLargest(double[] values) {
        int largest = 0;
        for (int k = 1; k < values.length; k++) {
            if (values[k] > values[largest]) {
                largest = k;
            }
        }
        return largest;
    }
}
