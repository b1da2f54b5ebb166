package org.fusedem.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.stream.Streams;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/**
 * {@code fusedem man}: the manual page, in roff, made from the same descriptions as the help, so that it cannot differ
 * from it. (picocli's own generator writes AsciiDoc, which takes Asciidoctor to become a manual page.)
 */
@Command(
        name = "man",
        description = "Prints the manual page.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  fusedem man | man -l -",
            "  fusedem man > ~/.local/share/man/man1/fusedem.1",
        })
final class ManCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    ManCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        CommandSpec root = spec.root();
        line(".TH FUSEDEM 1 \"\" \"fusedem " + escaped(Version.text()) + "\" \"User commands\"");
        line(".SH NAME");
        line("fusedem \\- fits Gaussian mixtures by expectation\\-maximisation");
        line(".SH SYNOPSIS");
        line("\\fBfusedem\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR ...]");
        line(".SH DESCRIPTION");
        texts(root.usageMessage().description());
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            section(command.getKey(), command.getValue().getCommandSpec());
        }
        line(".SH EXAMPLES AND EXIT CODES");
        example(root.usageMessage().footer());
        return 0;
    }

    private void section(String name, CommandSpec command) throws IOException {
        line(".SH FUSEDEM " + escaped(name.toUpperCase(Locale.ROOT)));
        texts(command.usageMessage().description());
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            line(".TP");
            line("\\fI" + escaped(parameter.paramLabel()) + "\\fR");
            texts(parameter.description());
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                line(".TP");
                line("\\fB" + escaped(String.join(", ", option.names())) + "\\fR"
                        + (option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR"));
                texts(option.description());
            }
        }
        example(command.usageMessage().footer());
    }

    private void texts(String[] texts) throws IOException {
        for (String text : texts) {
            line(escaped(text));
        }
    }

    /** Lines as they stand; those that begin without blanks are paragraphs. */
    private void example(String[] lines) throws IOException {
        for (String text : lines) {
            if (text.isBlank()) {
                line(".PP");
            } else if (text.startsWith(" ")) {
                line(".br");
                line("\\ \\ " + escaped(text.strip()));
            } else {
                line(escaped(text));
            }
        }
    }

    private void line(String text) throws IOException {
        streams.out().append(text).append('\n');
    }

    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
