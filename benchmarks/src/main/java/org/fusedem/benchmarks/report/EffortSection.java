package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How many measurements stand behind the numbers of each suite. */
final class EffortSection implements Section {
    @Override
    public void write(Results results, Page page) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Suite suite : Suites.of(Scale.FULL)) {
            results.of(suite.name()).stream().findFirst().ifPresent(result -> rows.add(List.of(suite.name(),
                    String.valueOf(result.values().length), String.valueOf(result.values()[0].length))));
        }
        if (rows.isEmpty()) {
            return;
        }
        page.heading("How often was measured");
        page.paragraph("""
                How the JIT inlines differs between JVMs more than between iterations. So where there was one JVM, the range
                above says how steady the machine was, not what another JVM would have found; `benchmarks/report --full`
                starts more.""");
        page.table(List.of("suite", "JVMs", "iterations each"), rows);
    }
}
