package org.fusedem.cli.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.util.regex.Pattern;

/** A cell as a number, and the sentences for cells that are none. */
public final class Cell {
    private static final Pattern MISSING =
            Pattern.compile("(?i)[+-]?(nan|inf|infinity)|na|n/a|null|none|-|\\?");
    private static final Pattern WITH_COMMAS = Pattern.compile("[+-]?[\\d.,]*,\\d+([eE][+-]?\\d+)?");
    private static final Pattern SEVERAL_NUMBERS = Pattern.compile("[+-]?[\\d.]+[\\s|:]+[+-]?[\\d.].*");
    private static final int SHOWN_CHARACTERS = 40;

    /** How {@link #problem} ends where nothing more is known. */
    static final String NO_NUMBER = " is not a number";

    private Cell() {}

    /** The number in a cell, blanks around it aside; NaN if there is none. */
    static double parse(char[] text, int offset, int length) {
        int start = offset;
        int end = offset + length;
        while (start < end && isBlank(text[start])) {
            start++;
        }
        while (start < end && isBlank(text[end - 1])) {
            end--;
        }
        // The parser takes what Java takes: also 1d, 0x1p3 and Infinity. Ours end in a digit or a point, and have no x.
        if (start == end || !(isDigit(text[end - 1]) || text[end - 1] == '.') || isHexadecimal(text, start, end)) {
            return Double.NaN;
        }
        try {
            return JavaDoubleParser.parseDouble(text, start, end - start);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Whether a cell says that its value is missing: by being empty, or by one of the usual words. */
    static boolean isMissing(String text) {
        return switch (text.strip()) {
            case "", "NA", "NaN", "nan", "?" -> true;
            default -> false;
        };
    }

    /** Blanks are these, line ends within quotes among them; other control characters are a sign of a damaged file. */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether an x stands where a hexadecimal number has it: second, or third after a sign. */
    private static boolean isHexadecimal(char[] text, int start, int end) {
        return end - start > 2 && ((text[start + 1] | ' ') == 'x' || (text[start + 2] | ' ') == 'x');
    }

    static boolean isNumber(String text) {
        return !Double.isNaN(parse(text.toCharArray(), 0, text.length()));
    }

    /**
     * What is wrong with a cell, to follow the name of its column.
     *
     * @param largest what a number may be at most
     */
    static String problem(String text, double largest) {
        String cell = text.strip();
        if (cell.isEmpty()) {
            return " is empty";
        }
        String shown = ": " + shown(cell);
        if (MISSING.matcher(cell).matches()) {
            return shown + " is not a finite number: leave the row out, or give it a value";
        }
        if (isNumber(cell)) {
            return shown + " is too large: the limit is " + largest + ", so rescale the column";
        }
        if (WITH_COMMAS.matcher(cell).matches()) {
            return shown + " has a comma in it: write decimals with a point, and thousands without a mark";
        }
        if (cell.indexOf('\n') >= 0) {
            return shown + " is not a number (is a closing quote missing?)";
        }
        if (SEVERAL_NUMBERS.matcher(cell).matches()) {
            return shown + " is not one number: columns are separated by comma, semicolon or tab";
        }
        return shown + NO_NUMBER;
    }

    /** A cell in a sentence: in quotes, on one line, not too long. */
    public static String shown(String cell) {
        StringBuilder shown = new StringBuilder("'");
        cell.codePoints().limit(SHOWN_CHARACTERS).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(c == '\n' ? "\\n" : "\\u%04x".formatted(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        boolean cut = cell.codePointCount(0, cell.length()) > SHOWN_CHARACTERS;
        return shown.append(cut ? "...'" : "'").toString();
    }
}
