package org.fusedem.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fusedem.cli.data.ColumnSelection;
import org.fusedem.cli.data.DataOptions;
import org.fusedem.cli.data.DataPoints;
import org.fusedem.cli.data.Header;
import org.fusedem.cli.data.RowOptions;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.cli.option.LabelOption;
import org.fusedem.cli.option.PictureOption;
import org.fusedem.cli.option.PlotKind;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.plot.FitPictures;
import org.fusedem.cli.result.FitPage;
import org.fusedem.cli.stream.Streams;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusedem plot}. */
@Command(
        name = "plot",
        description = "Draws the points of a file of data and the components of a model.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "One column is drawn as a histogram with the components' curves; two as points, or as greys where there"
                    + " are many, with ellipses at one and two standard deviations; three to five as all their pairs;"
                    + " more in the two directions in which the components differ most (Scrucca 2010).",
            "",
            "Examples:",
            "  fusedem plot faithful.json faithful.csv -o faithful.png",
            "  fusedem plot iris.json iris.csv --show Petal_Length,Petal_Width -o petals.svg",
            "  fusedem plot iris.json iris.csv --kind certainty -o certainty.svg",
        })
final class PlotCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file, from fusedem fit --model.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "DATA", description = DataOptions.FILE)
    private Path file;

    @Mixin
    private PictureOption out;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "auto",
            converter = LabelOption.OfPlotKind.class,
            completionCandidates = LabelOption.OfPlotKind.class,
            description = "What to draw: ${COMPLETION-CANDIDATES}; certainty is how sure it is which component points"
                    + " belong to. Default: ${DEFAULT-VALUE}.")
    private PlotKind kind;

    @Option(
            names = "--show",
            paramLabel = "COLUMNS",
            description = "Draw only these of the model's columns, by name or number.")
    private String shown;

    @Option(
            names = "--weights",
            paramLabel = "COLUMN",
            description = "The column of the points' weights, by name or number; it is then no feature.")
    private String weights;

    @Mixin
    private DataOptions data;

    PlotCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        out.check(file);
        FileErrors.checkNotBothStandardInput(modelFile, file);
        GaussianMixture read = FileErrors.readModel(modelFile);
        GaussianMixture model = data.missing() ? read.withMissingValues() : read;
        int[] columns = shown == null ? null
                : ColumnSelection.parse("--show", shown).resolve(new Header(modelFile, model.columns(), true));
        kind.check(columns == null ? model.dims() : columns.length);
        RowOptions rows = new RowOptions(weights, null, 0);
        try (DataPoints points = DataPoints.read(file, data, rows, null, model.columns())) {
            draw(points.points(), model, columns);
        }
        streams.out().flush();
        return 0;
    }

    private void draw(Points points, GaussianMixture model, int[] columns) throws IOException {
        String name = FitPage.shortName(FileErrors.name(file));
        FitPictures pictures = new FitPictures(name, points, model);
        out.write(kind.of(columns == null ? pictures : pictures.of(columns)), streams.out());
    }
}
