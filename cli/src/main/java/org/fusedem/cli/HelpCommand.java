package org.fusedem.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.fusedem.cli.option.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fusedem help}: what {@code --help} prints, for those who ask this way. (picocli's own has other sentences.) */
@Command(
        name = "help",
        description = "Prints the help of a command, as COMMAND --help does, or that of fusedem.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example:", "  fusedem help fit"})
final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "COMMAND",
            completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: fusedem.")
    private String command;

    /** The commands, for completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(Main.COMMANDS.split(", ")).iterator();
        }
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        CommandLine asked = command == null ? root : root.getSubcommands().get(command);
        if (asked == null) {
            throw new ParameterException(spec.commandLine(), WrongOption.noCommand(command));
        }
        asked.usage(asked.getOut(), asked.getColorScheme());
        return 0;
    }
}
