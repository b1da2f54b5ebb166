package org.fusedem.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.cli.option.Ranges;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.stream.CsvOutput;
import org.fusedem.cli.stream.Streams;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusedem sample}. */
@Command(
        name = "sample",
        description = "Draws points from a model, and prints them as CSV under the model's column names.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {"", "Example:", "  fusedem sample faithful.json -n 1000 --seed 7 > more.csv"})
final class SampleCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "MODEL", description = "A model file, from fusedem fit --model.")
    private Path modelFile;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            required = true,
            converter = Ranges.LongCount.class,
            description = "How many points.")
    private long count;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            converter = Ranges.Seed.class,
            description = "The same seed draws the same points. Default: ${DEFAULT-VALUE}.")
    private long seed;

    SampleCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        GaussianMixture model = FileErrors.readModel(modelFile);
        Sampler sampler = model.sampler(seed);
        CsvWriter out = CsvOutput.on(streams.out());
        out.writeRecord(model.columns());
        double[] point = new double[model.dims()];
        List<String> cells = new ArrayList<>();
        for (long n = 0; n < count; n++) {
            sampler.next(point);
            cells.clear();
            for (double coordinate : point) {
                cells.add(Double.toString(coordinate));
            }
            out.writeRecord(cells);
        }
        out.flush();
        return 0;
    }
}
