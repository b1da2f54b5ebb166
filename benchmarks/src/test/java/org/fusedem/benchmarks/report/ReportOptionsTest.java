package org.fusedem.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is asked for wrongly is refused in a sentence, before anything is run, written or deleted. */
class ReportOptionsTest {
    @TempDir
    private Path root;

    private final StringWriter said = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--suites elementry, no such suite: --suites=elementry; --suites=list names them",
        "--quick --full, --quick and --full exclude each other",
        "--no-peers --suites peers-full, --no-peers leaves these out: --suites=peers-full",
        "--from . --quick, '--from runs nothing, so no other option goes with it'",
        "--from nowhere, no report is in this folder: --from=nowhere",
        "--fast, Unknown option: '--fast'"
    })
    void wrongOptionsAreRefused(String options, String sentence) {
        assertEquals(2, run(options.split(" ")));
        assertTrue(said.toString().startsWith(sentence + "\n"), said.toString());
        assertFalse(Files.exists(root.resolve("benchmarks")));
    }

    @Test
    void aFolderOfOtherFilesIsLeftAlone() throws IOException {
        Path readme = Files.writeString(root.resolve("README.md"), "mine");
        assertEquals(2, run("--quick", "--out", root.toString()));
        assertTrue(said.toString().startsWith("neither a new or empty folder, nor one that holds a report: --out=" + root),
                said.toString());
        assertEquals("mine", Files.readString(readme));
        assertEquals(2, run("--quick", "--out", readme.toString()));
        assertEquals("mine", Files.readString(readme));
    }

    @Test
    void writesAPageAgain() throws IOException {
        Path folder = Files.createDirectories(root.resolve("benchmarks").resolve("results").resolve("2026-01-31-cpu"));
        Machine.here(root, "benchmarks/report").write(folder);
        assertEquals(0, run("--from", folder.toString()), said.toString());
        assertTrue(Files.readString(root.resolve("benchmarks").resolve("RESULTS.md")).startsWith("# Benchmark results\n"));
        Files.writeString(folder.resolve("machine.json"), "{");
        assertEquals(1, run("--from", folder.toString()));
        assertTrue(said.toString().contains("not a report's machine.json: "), said.toString());
        assertFalse(said.toString().contains("\tat "), said.toString());
    }

    @Test
    void quickResultsDoNotBecomeThePage() throws IOException {
        Path folder = Files.createDirectories(root.resolve("benchmarks").resolve("results").resolve("2026-01-31-cpu"));
        Machine.here(root, "benchmarks/report --quick").write(folder);
        assertEquals(0, run("--from", folder.toString()), said.toString());
        assertFalse(Files.exists(root.resolve("benchmarks").resolve("RESULTS.md")));
    }

    @Test
    void suitesThatWereRunLaterSayHow() {
        Machine all = Machine.here(root, "benchmarks/report");
        Machine later = Machine.here(root, "benchmarks/report --suites stages");
        List<List<String>> rows = all.with(later, "stages").rows();
        assertEquals(all.rows(), rows.subList(0, all.rows().size()));
        assertEquals(List.of(List.of("command of stages", "benchmarks/report --suites stages")),
                rows.subList(all.rows().size(), rows.size()));
        assertEquals(rows, all.with(later, "stages").with(later, "stages").rows());
        assertEquals(later.rows(), later.with(later, "stages").rows());
    }

    private int run(String... options) {
        CommandLine command = Report.command(root);
        command.setErr(new PrintWriter(said, true));
        command.setOut(new PrintWriter(said, true));
        return command.execute(options);
    }
}
