package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs a suite by JMH into a folder. */
final class SuiteRunner {
    private final Path folder;

    SuiteRunner(Path folder) {
        this.folder = folder;
    }

    /** Runs a suite; a benchmark that fails is missing from the results, and JMH has said why. */
    void run(Suite suite) throws IOException, RunnerException {
        Path file = folder.resolve(suite.name() + ".json");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(suite.include())
                .forks(suite.effort().forks())
                .warmupIterations(suite.effort().warmups())
                .measurementIterations(suite.effort().iterations())
                .threads(suite.threads())
                .resultFormat(ResultFormatType.JSON)
                .result(file.toString());
        if (suite.effort().millis() > 0) {
            options.warmupTime(TimeValue.milliseconds(suite.effort().warmupMillis()))
                    .measurementTime(TimeValue.milliseconds(suite.effort().millis()));
        }
        if (suite.allocation()) {
            options.addProfiler(GCProfiler.class);
        }
        suite.parameters().forEach(options::param);
        long begin = System.nanoTime();
        try {
            new Runner(options.build()).run();
            Files.writeString(file, withoutPaths(Files.readString(file)));
            System.out.println("suite " + suite.name() + ": " + Text.time((System.nanoTime() - begin) * 1e-9));
        } catch (NoBenchmarksException e) {
            // The module with the other libraries is not there: it was not asked for.
            System.out.println("not run, because it is not on the class path: " + suite.name());
        }
    }

    /** Where a JDK is installed is nobody's business. */
    private static String withoutPaths(String json) {
        return json.replaceAll("(?m)^( *\"jvm\" : \").*(\",?)$", "$1java$2");
    }
}
