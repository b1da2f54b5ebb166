package org.fusedem;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: who may use whom, read off the sources' imports. */
class PackageDirectionsTest {
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("events", Set.of()),
            entry("points", Set.of()),
            entry("moments", Set.of()),
            entry("matrix", Set.of()),
            entry("em", Set.of("events")),
            entry("kernel", Set.of("points", "moments", "matrix")),
            entry("maximization", Set.of("moments", "matrix", "kernel")),
            entry("model", Set.of("points", "moments", "matrix", "em", "kernel")),
            entry("fit", Set.of("points", "moments", "matrix", "events", "em", "kernel", "maximization", "model")),
            entry("online", Set.of("points", "moments", "events", "em", "kernel", "maximization", "model", "fit")),
            entry("select", Set.of("points", "moments", "matrix", "em", "kernel", "model", "fit")),
            entry("publish", Set.of("moments", "model")),
            entry("files", Set.of("points", "moments", "matrix", "model")));

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?org\\.fusedem\\.(\\w+)\\.", Pattern.MULTILINE);

    @Test
    void dependenciesPointOneWay() throws IOException {
        Path root = Path.of("main/java/org/fusedem");
        List<String> violations = new ArrayList<>();
        int files = 0;
        try (Stream<Path> sources = Files.walk(root).filter(path -> path.toString().endsWith(".java"))) {
            for (Path source : sources.toList()) {
                files++;
                String from = root.relativize(source).getName(0).toString();
                Matcher matcher = IMPORT.matcher(Files.readString(source));
                while (matcher.find()) {
                    String to = matcher.group(1);
                    if (!to.equals(from) && !MAY_USE.get(from).contains(to)) {
                        violations.add(source + " uses " + to);
                    }
                }
            }
        }
        assertTrue(files > 20, "the sources were not found");
        assertEquals(List.of(), violations);
    }
}
