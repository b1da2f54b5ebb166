package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Suites that need no more than a list of times. */
final class TimesSection implements Section {
    private final String heading;
    private final String paragraph;
    private final String[] suites;

    TimesSection(String heading, String paragraph, String... suites) {
        this.heading = heading;
        this.paragraph = paragraph;
        this.suites = suites;
    }

    @Override
    public void write(Results results, Page page) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String suite : suites) {
            for (Result result : results.of(suite)) {
                rows.add(List.of(result.benchmark().replace("Benchmark.", ": "), parameters(result), Text.time(result),
                        Text.number(result.mean("gc.alloc.rate.norm"))));
            }
        }
        if (!rows.isEmpty()) {
            page.heading(heading);
            page.paragraph(paragraph);
            page.table(List.of("benchmark", "parameters", "time", "B allocated"), rows);
        }
    }

    private static String parameters(Result result) {
        List<String> parts = new ArrayList<>();
        result.parameters().forEach((name, value) -> parts.add(switch (name) {
            case "shape", "kernel", "type", "company", "start" -> value;
            default -> name + "=" + value;
        }));
        return String.join(", ", parts);
    }
}
