package org.fusedem.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.stream.Streams;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fusedem completion}. */
@Command(
        name = "completion",
        description = "Prints a script that lets bash and zsh complete what is typed after fusedem.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  source <(fusedem completion)",
            "  fusedem completion > ~/.local/share/bash-completion/completions/fusedem",
        })
final class CompletionCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        streams.out().append(AutoComplete.bash("fusedem", spec.root().commandLine()));
        return 0;
    }
}
