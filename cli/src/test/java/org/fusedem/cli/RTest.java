package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/r.md prints is run, and arrays have the shapes that it says. Needs R with jsonlite (Debian: r-base-core,
 * r-cran-jsonlite), and says so where there is none.
 */
class RTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void findR() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("Rscript", "-e", "library(jsonlite)").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (LimitedProcess.exitCode(process) == 0) {
                return;
            }
        } catch (IOException e) {
            // No such program.
        }
        String sentence = "SKIPPED: docs/r.md is not tested, for there is no Rscript with jsonlite"
                + " (Debian: apt-get install r-base-core r-cran-jsonlite)";
        System.err.println(sentence);
        Assumptions.abort(sentence);
    }

    @Test
    void examplesRun() throws IOException, InterruptedException {
        GuidePage page = GuidePage.read(Path.of("../docs/r.md"));
        GuideFolder place = new GuideFolder(folder);
        place.shell(page.contents("sh").getFirst());
        assertEquals("97 175\n", r(place, String.join("", page.contents("r"))
                + "cat(table(scored$component)); cat('\\n')\nstopifnot(tail(fit$trace, 1) == fit$logLikelihood)\n")
                .lines().map(line -> line + "\n").reduce((_, last) -> last).orElse(""));
    }

    @Test
    void arraysHaveTheShapesStated() throws IOException, InterruptedException {
        GuideFolder place = new GuideFolder(folder);
        for (String shape : new String[] {"spherical", "diagonal", "tied", "full"}) {
            place.shell("fusedem fit iris.csv -k 3 --restarts 1 --model " + shape + ".json --covariance " + shape);
        }
        assertEquals("3 | 3 4 | 4 4 | 3 4 4 | 3 4", r(place, """
                library(jsonlite)
                of <- function(shape) fromJSON(paste0(shape, ".json"))$covariances
                cat(length(of("spherical")), "|", dim(of("diagonal")), "|", dim(of("tied")), "|", dim(of("full")), "|",
                    dim(fromJSON("full.json")$means))
                """));
    }

    private static String r(GuideFolder place, String script) throws IOException, InterruptedException {
        Files.writeString(place.file("script.R"), script);
        return place.shell("Rscript script.R");
    }
}
