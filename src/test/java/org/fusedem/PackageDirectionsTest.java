package org.fusedem;

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
            Map.entry("points", Set.of()),
            Map.entry("moments", Set.of()),
            Map.entry("matrix", Set.of()),
            Map.entry("em", Set.of()),
            Map.entry("kernel", Set.of("points", "moments", "matrix")),
            Map.entry("maximization", Set.of("moments", "matrix", "kernel")),
            Map.entry("model", Set.of("points", "moments", "matrix", "em", "kernel")),
            Map.entry("fit", Set.of("points", "moments", "matrix", "em", "kernel", "maximization", "model")),
            Map.entry("online", Set.of("points", "moments", "em", "kernel", "maximization", "model", "fit")),
            Map.entry("select", Set.of("points", "moments", "matrix", "kernel", "model", "fit")),
            Map.entry("files", Set.of("points", "moments", "model")));

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
