package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The raw results in a folder. */
final class Results {
    private final Path folder;

    Results(Path folder) {
        this.folder = folder;
    }

    /** All of one suite; none if it was not run. */
    List<Result> of(String suite) throws IOException {
        return Result.read(folder.resolve(suite + ".json"));
    }

    /** The first of one suite that fits. */
    Optional<Result> find(String suite, Predicate<Result> which) throws IOException {
        return of(suite).stream().filter(which).findFirst();
    }

    /** The score of the first of one suite that fits, or NaN. */
    double score(String suite, Predicate<Result> which) throws IOException {
        return find(suite, which).map(Result::score).orElse(Double.NaN);
    }

    /** Whether any of these suites was run. */
    boolean hasAny(String... suites) throws IOException {
        for (String suite : suites) {
            if (!of(suite).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    Path folder() {
        return folder;
    }
}
