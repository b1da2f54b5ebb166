package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotCommandTest {
    private static final String IRIS = Path.of("examples", "iris.csv").toString();

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void fit() {
        model = folder.resolve("iris.json");
        CommandRun.of("fit", IRIS, "-k", "3", "--columns", "1-4", "--restarts", "1", "--model", model.toString())
                .assertFine();
    }

    private CommandRun plot(String data, String options) {
        String command = "plot " + model + " " + data + " " + options.replace("DIR", folder.toString());
        return CommandRun.of(command.split(" "));
    }

    @Test
    void drawsEveryKind() throws IOException {
        for (String kind : List.of("auto", "pairs", "directions", "histograms", "certainty")) {
            assertEquals("", plot(IRIS, "--kind " + kind + " -o DIR/picture.svg").assertFine().out());
            String svg = Files.readString(folder.resolve("picture.svg"));
            assertTrue(svg.startsWith("<svg ") && svg.contains("iris.csv"), svg.substring(0, 200));
            plot(IRIS, "--kind " + kind + " --out DIR/picture.PNG").assertFine();
            assertTrue(ImageIO.read(folder.resolve("picture.PNG").toFile()).getWidth() >= 1000);
        }
    }

    @Test
    void showsChosenColumnsOnly() throws IOException {
        plot(IRIS, "--show 4,Sepal_Width -o DIR/picture.svg").assertFine();
        String svg = Files.readString(folder.resolve("picture.svg"));
        assertTrue(svg.contains(">Petal_Width</text>") && svg.contains(">Sepal_Width</text>"));
        assertTrue(!svg.contains("Petal_Length"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-o DIR/picture.gif             | --out: DIR/picture.gif must end in .png or .svg",
        "-o DIR/none/picture.svg        | --out: DIR/none/picture.svg: there is no folder DIR/none",
        "-o DIR/a.svg --show 3 --kind pairs | --kind pairs: shows from 2 to 5 columns, and there are 1",
        "-o DIR/a.svg --show depth      | --show: DIR/iris.json has no column 'depth', it has 'Sepal_Length',"
                + " 'Sepal_Width', 'Petal_Length', 'Petal_Width'",
        "-o DIR/a.svg --columns 1,2     | examples/iris.csv: the model has 4 columns ('Sepal_Length', 'Sepal_Width',"
                + " 'Petal_Length', 'Petal_Width'), and the file 2 ('Sepal_Length', 'Sepal_Width'): choose them with"
                + " --columns",
    })
    void refusesInOneLine(String options, String problem) throws IOException {
        plot(IRIS, options).assertRefused(2, "fusedem plot: " + problem.replace("DIR", folder.toString()));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(model), files.toList());
        }
    }

    @Test
    void doesNotOverwriteTheData() throws IOException {
        Path data = folder.resolve("data.png");
        Files.copy(Path.of(IRIS), data);
        plot(data.toString(), "-o DIR/data.png")
                .assertRefused(2, "fusedem plot: --out: " + data + " is the data, which it would overwrite");
    }
}
