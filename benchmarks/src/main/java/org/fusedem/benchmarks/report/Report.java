package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fusedem.cli.failure.FileErrors;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/report}. */
@Command(name = "benchmarks/report", usageHelpAutoWidth = true,
        description = "Runs benchmarks and writes raw results, a table and charts to benchmarks/results/<date>-<cpu>/, and"
                + " the page benchmarks/RESULTS.md. Look at the charts before you commit them.")
public final class Report implements Callable<Integer> {
    private static final String PAGE = "report.md";

    /** What takes a pass apart: not part of the usual report, which so stays below 20 minutes. */
    private static final Set<String> DETAILS = Set.of("elementary", "stages", "widths");

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = "--quick", description = "Some three minutes with tiny problems, to see that everything works; leaves"
            + " RESULTS.md alone.")
    private boolean quick;

    @Option(names = "--full", description = "Hours: more forks and larger problems.")
    private boolean full;

    @Option(names = "--no-peers", description = "Leave out other libraries.")
    private boolean noPeers;

    @Option(names = "--suites", split = ",", paramLabel = "NAME",
            description = "Run only these, beside the results that are there already; --suites=list names them. elementary,"
                    + " stages and widths run only so, or with --quick or --full.")
    private List<String> names = List.of();

    @Option(names = "--out", paramLabel = "FOLDER", description = "Write there instead: a new or empty folder, or one that"
            + " holds a report, which is replaced.")
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
        System.exit(command(Path.of(System.getenv("FUSEDEM_ROOT"))).execute(arguments));
    }

    /** The command, which says in a sentence which file it could not read or write. */
    static CommandLine command(Path root) {
        return new CommandLine(new Report(root)).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof IOException)) {
                throw failure;
            }
            command.getErr().println(failure instanceof FileSystemException named
                    ? FileErrors.sentence(Path.of(named.getFile()), named) : failure.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
    }

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        Scale scale = quick ? Scale.QUICK : full ? Scale.FULL : Scale.DEFAULT;
        List<Suite> suites = Suites.of(scale);
        if (names.equals(List.of("list"))) {
            suites.forEach(suite -> spec.commandLine().getOut().println(suite.name()));
            return 0;
        }
        check(suites);
        Path folder = from == null ? run(scale, suites) : from;
        write(folder);
        spec.commandLine().getOut().println("written: " + folder.resolve(PAGE));
        return 0;
    }

    /** Before hours are spent, or anything is deleted. */
    private void check(List<Suite> suites) throws IOException {
        if (quick && full) {
            throw wrong("--quick and --full exclude each other");
        }
        if (from != null && (quick || full || noPeers || out != null || !names.isEmpty())) {
            throw wrong("--from runs nothing, so no other option goes with it");
        }
        if (from != null && !Machine.isIn(from)) {
            throw wrong("no report is in this folder: --from=" + from);
        }
        if (out != null && !Machine.isIn(out) && !isEmpty(out)) {
            throw wrong("neither a new or empty folder, nor one that holds a report: --out=" + out);
        }
        if (noPeers && names.stream().anyMatch(Report::isOfPeers)) {
            throw wrong("--no-peers leaves these out: --suites=" + String.join(",", names));
        }
        for (String name : names) {
            if (suites.stream().noneMatch(suite -> suite.name().equals(name))) {
                throw wrong("no such suite: --suites=" + name + "; --suites=list names them");
            }
        }
    }

    private static boolean isOfPeers(String suite) {
        return suite.startsWith("peers");
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** Whether a folder holds nothing, or is yet to be made. */
    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Files.notExists(folder);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    private Path run(Scale scale, List<Suite> suites) throws IOException, InterruptedException, RunnerException {
        Machine machine = Machine.here(root, commandLine(scale));
        Path folder = out != null ? out
                : root.resolve("benchmarks").resolve(quick ? "target" : "results").resolve(machine.slug());
        Files.createDirectories(folder);
        if (names.isEmpty()) {
            clear(folder);
        }
        (Machine.isIn(folder) ? Machine.read(folder).with(machine, String.join(", ", names)) : machine).write(folder);
        if (!noPeers && (names.isEmpty() || names.stream().anyMatch(Report::isOfPeers))) {
            new AnswerCheck(folder).run(Suites.peerShapes(scale));
        }
        SuiteRunner runner = new SuiteRunner(folder);
        for (Suite suite : suites) {
            boolean chosen = names.isEmpty()
                    ? scale != Scale.DEFAULT || !DETAILS.contains(suite.name()) : names.contains(suite.name());
            if (chosen && !(noPeers && isOfPeers(suite.name()))) {
                runner.run(suite);
            }
        }
        return folder;
    }

    /** What to type for the same again. */
    private String commandLine(Scale scale) {
        return "benchmarks/report" + (scale == Scale.DEFAULT ? "" : " --" + scale.name().toLowerCase(Locale.ROOT))
                + (noPeers ? " --no-peers" : "") + (names.isEmpty() ? "" : " --suites " + String.join(",", names));
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
        Machine machine = Machine.read(folder);
        Page page = new Page(folder);
        Contents.write(machine, new Results(folder), page);
        Files.writeString(folder.resolve(PAGE), page.markdown());
        Path results = root.resolve("benchmarks").resolve("results").toAbsolutePath();
        if (folder.toAbsolutePath().startsWith(results) && !machine.quick()) {
            Files.writeString(results.resolveSibling("RESULTS.md"), page.markdown("results/" + folder.getFileName()));
        }
    }
}
