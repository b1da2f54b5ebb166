package org.fusedem.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Numbers of components as {@code select} takes them: numbers and ranges between commas, as in {@code 1..4,8}.
 *
 * @param values each once
 */
public record GridComponents(List<Integer> values) {
    /** Up to nine digits always fit an int. */
    private static final Pattern ITEM = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");
    /** Of several shapes each, more than anybody can look at. */
    private static final int MOST = 1000;

    /** For the option. */
    public static final class Converter implements ITypeConverter<GridComponents> {
        @Override
        public GridComponents convert(String text) {
            List<Integer> values = new ArrayList<>();
            for (String item : text.split(",", -1)) {
                add(item.strip(), text, values);
            }
            return new GridComponents(List.copyOf(values));
        }

        private static void add(String item, String text, List<Integer> values) {
            Matcher matcher = ITEM.matcher(item);
            if (!matcher.matches() && item.matches("\\d+(\\.\\.\\d+)?")) {
                throw new TypeConversionException("'" + item + "' is too large");
            }
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is not like 3 or 1..9 or 1..4,8");
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first < 1 || last < first) {
                throw new TypeConversionException("'" + item + "' must go upward, from 1 or more");
            }
            if (last - first >= MOST - values.size()) {
                throw new TypeConversionException("'" + text + "' is more than " + MOST + " numbers");
            }
            for (int value = first; value <= last; value++) {
                if (values.contains(value)) {
                    throw new TypeConversionException(value + " is there twice in '" + text + "'");
                }
                values.add(value);
            }
        }
    }
}
