package org.fusedem.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.stream.Output;
import org.fusedem.cli.stream.StandardError;
import org.fusedem.cli.stream.Streams;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code fusedem} and its subcommands. */
@Command(
        name = "fusedem",
        description = "Fits Gaussian mixtures to the columns of a file of data, and uses them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  fusedem fit faithful.csv -k 2 --model faithful.json",
            "  fusedem select faithful.csv -k 1..9",
            "  fusedem score faithful.json faithful.csv > scored.csv",
            "  fusedem plot faithful.json faithful.csv -o faithful.png",
            "  fusedem sample faithful.json -n 1000 > more.csv",
            "  fusedem convert large.csv.gz large.fcol",
            "",
            "A file of data or a model may be -, for standard input. NO_COLOR switches colours off.",
            "",
            "Exit codes: 0 all is well, 1 the work failed, 2 the options or files are wrong, 130 stopped by"
                    + " Ctrl-C.",
        })
public final class Main implements Callable<Integer> {
    /** As wide as a terminal usually is, and no wider than its lines can be read. */
    private static final int HELP_WIDTH = 100;

    static final String COMMANDS = "fit, select, score, plot, sample, convert, info, completion, man, help";

    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    private Main() {}

    /**
     * Runs the command and ends the process.
     *
     * @param args as typed, see {@code fusedem --help}
     */
    public static void main(String[] args) {
        // CSV and JSON are UTF-8, whatever the locale says.
        PrintStream err = new PrintStream(StandardError.open(), true, StandardCharsets.UTF_8);
        System.setErr(err);
        Output out = new Output(new FileOutputStream(FileDescriptor.out));
        System.exit(run(new Streams(out, err, Boolean.getBoolean("fusedem.terminal")), args));
    }

    /** Runs the command; the result is the exit code. */
    static int run(Streams streams, String... args) {
        Main main = new Main();
        Failures failures = new Failures(streams.err(), () -> main.debug);
        CommandLine commands = new CommandLine(main)
                .addSubcommand(new FitCommand(streams))
                .addSubcommand(new SelectCommand(streams))
                .addSubcommand(new ScoreCommand(streams))
                .addSubcommand(new PlotCommand(streams))
                .addSubcommand(new SampleCommand(streams))
                .addSubcommand(new ConvertCommand(streams))
                .addSubcommand(new InfoCommand(streams))
                .addSubcommand(new CompletionCommand(streams))
                .addSubcommand(new ManCommand(streams))
                .addSubcommand(new HelpCommand())
                .registerConverter(Path.class, Main::path)
                .setOut(streams.out().printer())
                .setUsageHelpWidth(HELP_WIDTH)
                // A file may have any name, also one that begins with @.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(failures::wrongOption)
                .setExecutionExceptionHandler((e, command, parsed) -> failures.report(e, command));
        try {
            int exitCode = commands.execute(args);
            if (exitCode == CommandLine.ExitCode.OK) {
                streams.out().flush();
            }
            return exitCode;
        } catch (Throwable e) {
            return failures.report(e, commands);
        }
    }

    /** A variable of a script that is empty would else be the folder where it runs. */
    private static Path path(String name) {
        if (name.isEmpty()) {
            throw new TypeConversionException("the name is empty");
        }
        return Path.of(name);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing, one of " + COMMANDS);
    }
}
