package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fusedem.files.ModelFiles;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fit --labels}. */
class LabelsTest {
    /** What the tests write for a component that is not known, and for component 0 and 1. */
    private static final String[] CELLS = {"", "1", "2"};

    @TempDir
    private Path folder;

    private Path data;
    private Path model;
    private int[] labels;

    /** Old Faithful, a column of labels in its middle: of every fifth row that of its length, some of them wrong. */
    @BeforeEach
    void writeData() throws IOException {
        data = folder.resolve("data.csv");
        model = folder.resolve("model.json");
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("examples", "faithful.csv")));
        labels = new int[lines.size() - 1];
        Arrays.fill(labels, Start.Labels.UNKNOWN);
        for (int n = 0; n < labels.length; n += 5) {
            boolean isLong = lines.get(n + 1).compareTo("3") > 0;
            labels[n] = isLong == (n % 35 == 0) ? 0 : 1;
        }
        for (int n = -1; n < labels.length; n++) {
            String[] cells = lines.get(n + 1).split(",");
            lines.set(n + 1, cells[0] + "," + (n < 0 ? "group" : CELLS[1 + labels[n]]) + "," + cells[1]);
        }
        Files.write(data, lines);
    }

    private GaussianMixture fitted(String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("fit", data.toString(), "-k", "2", "--model", model.toString()));
        args.addAll(List.of(options));
        CommandRun.of(args.toArray(String[]::new)).assertFine();
        return ModelFiles.read(model);
    }

    private GaussianMixture fittedByTheLibrary(boolean fixed) throws IOException {
        double[][] rows = Files.readAllLines(Path.of("examples", "faithful.csv")).stream().skip(1)
                .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new);
        try (Points points = Points.ofRows(rows)) {
            return Fitter.fit(points, FitOptions.components(2).withStart(new Start.Labels(labels, fixed))).model();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"group", "2"})
    void fitsWhatTheLibraryFitsFromTheSameLabels(String column) throws IOException {
        GaussianMixture start = fitted("--labels", column);
        assertEquals(List.of("eruptions", "waiting"), start.columns());
        assertArrayEquals(fittedByTheLibrary(false).means(), start.means());
        GaussianMixture fixed = fitted("--labels", column, "--fix-labels");
        assertArrayEquals(fittedByTheLibrary(true).means(), fixed.means());
        assertNotEquals(start.mean(0, 1), fixed.mean(0, 1), "some labels are wrong, so fixed ones must show");
    }

    @Test
    void labelsGoWithWeightsAndMissingValuesAndWithoutAHeader() throws IOException {
        Files.writeString(data, "1,9,2,1\n2,NA,1,2\n1,8,2,NA\n5,NA,1,?\n7,1,1, 2 \n6,2,1,\n");
        GaussianMixture fit = fitted("--labels", "4", "--weights", "3", "--missing", "--max-iterations", "0");
        assertEquals(List.of("x1", "x2"), fit.columns());
        // Component 0 holds the label's row, and the third, which is nearest to it: both weigh 2 of 8.
        assertEquals(0.5, fit.weight(0), 1e-12);
        assertEquals(1, fit.mean(0, 0), 1e-12);
        assertEquals(8.5, fit.mean(0, 1), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "0", "0.5", "1e10", "setosa"})
    void refusesWhatIsNoLabel(String cell) throws IOException {
        Files.writeString(data, "a,g\n1,\n2,\n3," + cell + "\n");
        CommandRun.of("fit", data.toString(), "-k", "2", "--labels", "g")
                .assertRefused(2, "fusedem fit: " + data + ", line 4, column 'g': '" + cell + "' is no label: write a"
                        + " component from 1 to 2, or nothing where it is not known");
    }

    @Test
    void refusesAColumnWithoutLabels() throws IOException {
        Files.writeString(data, "a,g\n1,\n2,NA\n");
        CommandRun.of("fit", data.toString(), "-k", "2", "--labels", "g")
                .assertRefused(2, "fusedem fit: " + data + ": column 'g' has no label in any row (--labels)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--fix-labels                      | --fix-labels: there are no labels to fix, say --labels COLUMN",
        "--labels group --start random     | --labels: is a start of its own, leave out --start",
        "--labels group --weights group    | --labels: the same column as --weights",
        "--labels group --columns 1-3      | --labels: column 'group' is also in --columns",
        "--labels 1-2                      | --labels: one column is needed, not 2",
        "--labels 4                        | --labels: DATA has columns 1 to 3, not 4",
        "--labels x                        | --labels: DATA has no column 'x', it has 'eruptions', 'group', 'waiting'",
    })
    void refusesOptionsThatDoNotGoTogether(String options, String problem) {
        List<String> args = new ArrayList<>(List.of("fit", data.toString(), "-k", "2"));
        args.addAll(List.of(options.strip().split(" ")));
        CommandRun.of(args.toArray(String[]::new))
                .assertRefused(2, "fusedem fit: " + problem.replace("DATA", data.toString()));
    }

    @Test
    void needsAColumnBesideThem() throws IOException {
        Files.writeString(data, "w,g\n1,1\n1,2\n");
        CommandRun.of("fit", data.toString(), "-k", "2", "--labels", "g", "--weights", "w")
                .assertRefused(2, "fusedem fit: --weights, --labels: " + data
                        + " has no column beside column 'w' and column 'g'");
    }
}
