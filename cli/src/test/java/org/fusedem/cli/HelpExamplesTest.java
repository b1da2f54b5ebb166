package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code --help} run one after the other, those that take long from one start only, with the data that ship
 * and with files for the names that stand for the reader's own. Not those of {@code completion} and {@code man}, which write
 * to the reader's home.
 */
class HelpExamplesTest {
    private static final Path FAITHFUL = Path.of("examples", "faithful.csv");

    @TempDir
    private Path folder;

    @Test
    void runAsTheyStand() throws IOException, InterruptedException {
        GuideFolder place = new GuideFolder(folder);
        List<String> rows = Files.readAllLines(FAITHFUL);
        Files.copy(FAITHFUL, place.file("large.csv"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(place.file("large.csv.gz")))) {
            Files.copy(FAITHFUL, out);
        }
        Files.write(place.file("others.csv"), beside(rows, "duration,pause", rows.subList(1, rows.size())));
        Files.write(place.file("labelled.csv"), beside(rows, "component",
                rows.stream().skip(1).map(row -> row.compareTo("3") < 0 ? "1" : "2").toList()));
        Set<String> ran = new HashSet<>();
        for (String command : List.of("fit", "select", "score", "plot", "sample", "convert", "")) {
            String help = CommandRun.of(Stream.of(command, "--help").filter(arg -> !arg.isEmpty()).toArray(String[]::new))
                    .assertFine().out();
            // zstd need not be installed.
            String examples = help.lines().filter(line -> line.matches("  (\\S.*\\| )?fusedem [a-z]+ .*"))
                    .filter(line -> !line.contains("zstd") && !ran.contains(line))
                    .map(line -> line.replaceAll("fusedem (select|fit(?=.* -k 50)) ", "$0--restarts 1 "))
                    .collect(Collectors.joining("\n"));
            help.lines().forEach(ran::add);
            assertTrue(examples.contains("fusedem " + command), help);
            place.shell(examples);
        }
    }

    private static List<String> beside(List<String> rows, String name, List<String> cells) {
        return Stream.concat(Stream.of(rows.getFirst() + "," + name),
                Stream.iterate(1, n -> n < rows.size(), n -> n + 1).map(n -> rows.get(n) + "," + cells.get(n - 1))).toList();
    }
}
