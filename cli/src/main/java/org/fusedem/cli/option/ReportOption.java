package org.fusedem.cli.option;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fusedem.cli.stream.OutputFiles;
import org.fusedem.cli.stream.WholeFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the report goes, if anywhere, and what was typed to get it. */
public final class ReportOption {
    private static final String NAME = "--report";

    @Option(
            names = NAME,
            paramLabel = "OUT.html",
            description = "Write a report with pictures to this file: one page that needs nothing else.")
    private Path file;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * What was typed.
     *
     * @param command as a shell would take it
     * @param options the value of each option that has one
     */
    public record Typed(String command, Map<String, String> options) {}

    /** Before the long work. */
    public void check(OutputFiles files) {
        if (file != null) {
            files.add(NAME, file);
        }
    }

    /** Writes the page, if it is asked for. */
    public void write(Function<Typed, String> page) {
        if (file != null) {
            WholeFile.write(NAME, file, out -> out.write(page.apply(typed()).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Typed typed() {
        List<String> args = spec.root().commandLine().getParseResult().originalArgs();
        String command = args.stream().map(ReportOption::quoted).collect(Collectors.joining(" ", "fusedem ", ""));
        Map<String, String> options = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            boolean given = spec.commandLine().getParseResult().hasMatchedOption(option);
            if (given && option.arity().max() == 0) {
                options.put(option.longestName(), "yes");
            } else if (given) {
                options.put(option.longestName(), String.join(" ", option.originalStringValues()));
            } else if (option.defaultValue() != null && option.arity().max() > 0) {
                options.put(option.longestName(), option.defaultValue() + " (default)");
            }
        }
        options.keySet().removeAll(Set.of(NAME, "--json", "--debug"));
        return new Typed(command, options);
    }

    private static String quoted(String arg) {
        return arg.matches("[\\w./,:=+@%-]+") ? arg : "'" + arg.replace("'", "'\\''") + "'";
    }
}
