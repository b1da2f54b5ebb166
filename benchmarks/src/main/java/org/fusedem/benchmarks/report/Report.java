package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code benchmarks/report}. */
@Command(name = "benchmarks/report", mixinStandardHelpOptions = true, usageHelpAutoWidth = true,
        description = "Runs benchmarks and writes raw results, a table and charts to benchmarks/results/<date>-<cpu>/, and"
                + " the page benchmarks/RESULTS.md. Look at the charts before you commit them.")
public final class Report implements Callable<Integer> {
    private static final String PAGE = "report.md";

    /** What takes a pass apart: runs only by name or in a full report, so that the usual one stays below 20 minutes. */
    private static final Set<String> DETAILS = Set.of("elementary", "stages", "widths");

    @Option(names = "--quick", description = "A minute or two with tiny problems, to see that everything works; leaves"
            + " RESULTS.md alone.")
    private boolean quick;

    @Option(names = "--full", description = "Hours: more forks and larger problems.")
    private boolean full;

    @Option(names = "--no-peers", description = "Leave out other libraries.")
    private boolean noPeers;

    @Option(names = "--suites", split = ",", paramLabel = "NAME",
            description = "Run only these, beside the results that are there already; --suites=list names them. elementary,"
                    + " stages and widths run only so, or with --full.")
    private List<String> names = List.of();

    @Option(names = "--out", paramLabel = "FOLDER", description = "Write there instead.")
    private Path out;

    @Option(names = "--from", paramLabel = "FOLDER", description = "Run nothing: write the page again from these results.")
    private Path from;

    private final Path root;

    /** A report on the project in this folder. */
    public Report(Path root) {
        this.root = root;
    }

    /** Runs the command; the environment variable {@code FUSEDEM_ROOT} names the project's folder. */
    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Report(Path.of(System.getenv("FUSEDEM_ROOT"))));
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        Scale scale = quick ? Scale.QUICK : full ? Scale.FULL : Scale.DEFAULT;
        List<Suite> suites = Suites.of(scale);
        if (names.equals(List.of("list"))) {
            suites.forEach(suite -> System.out.println(suite.name()));
            return 0;
        }
        Path folder = from == null ? run(scale, suites) : from;
        write(folder);
        System.out.println("written: " + folder.resolve(PAGE));
        return 0;
    }

    private Path run(Scale scale, List<Suite> suites) throws IOException, InterruptedException, RunnerException {
        Machine machine = Machine.here(root, "benchmarks/report" + (scale == Scale.DEFAULT ? ""
                : " --" + scale.name().toLowerCase(Locale.ROOT)) + (noPeers ? " --no-peers" : ""));
        Path folder = out != null ? out
                : root.resolve("benchmarks").resolve(quick ? "target" : "results").resolve(machine.slug());
        Files.createDirectories(folder);
        if (names.isEmpty()) {
            clear(folder);
        }
        machine.write(folder);
        if (!noPeers && (names.isEmpty() || names.stream().anyMatch(name -> name.startsWith("peers")))) {
            new AnswerCheck(folder).run(Suites.peerShapes(scale));
        }
        SuiteRunner runner = new SuiteRunner(folder);
        for (Suite suite : suites) {
            boolean chosen = names.isEmpty()
                    ? scale != Scale.DEFAULT || !DETAILS.contains(suite.name()) : names.contains(suite.name());
            if (chosen && !(noPeers && suite.name().startsWith("peers"))) {
                runner.run(suite);
            }
        }
        return folder;
    }

    /** An earlier report's results must not pass for this one's. */
    private static void clear(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{json,png,md}")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private void write(Path folder) throws IOException {
        Page page = new Page(folder);
        Contents.write(Machine.read(folder), new Results(folder), page);
        Files.writeString(folder.resolve(PAGE), page.markdown());
        if (folder.toAbsolutePath().startsWith(root.resolve("benchmarks").resolve("results").toAbsolutePath())) {
            Files.writeString(root.resolve("benchmarks").resolve("RESULTS.md"),
                    page.markdown("results/" + folder.getFileName()));
        }
    }
}
