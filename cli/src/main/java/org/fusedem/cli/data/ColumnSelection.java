package org.fusedem.cli.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;

/**
 * Columns as an option asks for them: names, numbers from 1 and ranges of numbers, between commas, as in
 * {@code height,4,7-9}.
 *
 * @param option for sentences
 * @param items what stands between the commas
 */
public record ColumnSelection(String option, List<String> items) {
    /** Up to nine digits always fit an int. */
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    private static final int LISTED_NAMES = 20;

    public static ColumnSelection parse(String option, String text) {
        List<String> items = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (items.contains("")) {
            throw CommandException.wrongUse(option + ": a column is empty in " + Cell.shown(text));
        }
        return new ColumnSelection(option, items);
    }

    /** The items that must be names, for they are no numbers. */
    Set<String> names() {
        return items.stream().filter(item -> !NUMBERS.matcher(item).matches()).collect(Collectors.toSet());
    }

    /** The columns' places from 0, in the order asked for, each once. */
    public int[] resolve(Header header) {
        List<Integer> indexes = new ArrayList<>();
        for (String item : items) {
            resolve(item, header).forEach(index -> {
                if (indexes.contains(index)) {
                    throw CommandException.wrongUse(option + ": " + header.column(index) + " is there twice");
                }
                indexes.add(index);
            });
        }
        return indexes.stream().mapToInt(Integer::intValue).toArray();
    }

    private IntStream resolve(String item, Header header) {
        int named = header.indexOf(item);
        if (named >= 0) {
            return IntStream.of(named);
        }
        Matcher numbers = NUMBERS.matcher(item);
        if (!numbers.matches()) {
            throw CommandException.wrongUse(option + ": " + FileErrors.name(header.file()) + " has no column "
                    + Cell.shown(item) + ", it has " + list(header.names()));
        }
        int first = Integer.parseInt(numbers.group(1));
        int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
        if (last < first) {
            throw CommandException.wrongUse(option + ": " + Cell.shown(item) + " must go upward");
        }
        if (first < 1 || last > header.size()) {
            throw CommandException.wrongUse(option + ": " + FileErrors.name(header.file()) + " has columns 1 to "
                    + header.size() + ", not " + item);
        }
        return IntStream.rangeClosed(first - 1, last - 1);
    }

    /** Names in a sentence, not too many. */
    public static String list(List<String> names) {
        String listed = names.stream().limit(LISTED_NAMES).map(Cell::shown).collect(Collectors.joining(", "));
        return names.size() > LISTED_NAMES ? listed + " and " + (names.size() - LISTED_NAMES) + " more" : listed;
    }
}
