package org.fusedem.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fusedem.cli.data.Cell;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the command line parser did not like, in the tone of the other sentences. */
final class WrongOption {
    private static final Pattern INVALID_VALUE =
            Pattern.compile("Invalid value for (?:option|positional parameter at index \\S+) ['(]?([^':)]*)[')]?[^:]*: (.*)",
                    Pattern.DOTALL);

    private WrongOption() {}

    static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return sentence(unmatched);
        }
        String message = e.getMessage();
        for (OptionSpec option : e.getCommandLine().getCommandSpec().options()) {
            String longest = option.longestName();
            String shortest = option.shortestName();
            if (!shortest.equals(longest)) {
                // The name that everybody types: -k rather than --components.
                message = message.replace("'" + longest + "=", "'" + shortest + " ")
                        .replace("'" + longest + "'", "'" + shortest + "'");
            }
        }
        Matcher invalid = INVALID_VALUE.matcher(message);
        if (invalid.matches()) {
            return invalid.group(1) + ": " + invalid.group(2);
        }
        message = message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    static String noCommand(String typed) {
        return Cell.shown(typed) + " is no command, which are " + Main.COMMANDS;
    }

    private static String sentence(UnmatchedArgumentException e) {
        String argument = e.getUnmatched().getFirst();
        String shown = Cell.shown(argument);
        if (e.isUnknownOption()) {
            List<String> names = e.getCommandLine().getCommandSpec().options().stream()
                    .flatMap(option -> Stream.of(option.names())).toList();
            return "there is no option " + shown + SimilarName.of(argument, names).map(name -> ", perhaps " + name).orElse("");
        }
        boolean isCommand = !e.getCommandLine().getSubcommands().isEmpty();
        return isCommand
                ? noCommand(argument)
                : shown + " is one argument too many";
    }
}
