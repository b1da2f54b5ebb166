package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.List;

/** The page from top to bottom. */
final class Contents {
    private static final List<Section> SECTIONS = List.of(
            new PeersSection(),
            new PublishedSection(),
            new RooflineSection(),
            new PartsSection(),
            new TimesSection("Company", """
                    The same pass in a JVM of its own, and after many passes of other shapes and of both element types.""",
                    "passes-crowd"),
            new TimesSection("Threads and vector widths", """
                    The same pass by more threads, and by one thread with narrower vectors. JMH's own bytes count as allocated,
                    too. On x86 the JIT leaves 128 bits of doubles objects, so there fits use plain loops unless told
                    otherwise.""", "threads", "widths"),
            new TimesSection("Fits and starts", """
                    Fits of 10 iterations from a given start; starts with one iteration each, of which `GIVEN` is the
                    iteration alone.""", "fits", "starts"),
            new TimesSection("Scoring", "Per point.", "scores"),
            new ColdSection(),
            new LatencySection(),
            new GrowthSection(),
            new LossesSection(),
            new EffortSection());

    private Contents() {}

    static void write(Machine machine, Results results, Page page) throws IOException {
        page.title("Benchmark results");
        page.paragraph("""
                Written by one command from the raw results beside it. Times are medians of all iterations of all JVMs, with
                the least and the largest in brackets: other users of a shared machine take its cores away for moments.""");
        if (machine.quick()) {
            page.paragraph("**A quick run, to see that everything works: these numbers mean nothing.**");
        }
        page.table(List.of("fact", "value"), machine.rows());
        for (Section section : SECTIONS) {
            section.write(results, page);
        }
    }
}
