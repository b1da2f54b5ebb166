package org.fusedem.cli.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.io.IOException;

/**
 * The rows of a CSV file, as long as they are plain: numbers in usual notation, as many as there are columns, no quotes.
 * That is nearly all of nearly all files, and takes a third of the time when it need not look for anything else. Where a
 * row is not plain this stops before it, without judging: {@link CsvRows} then goes on by a parser for all of CSV.
 */
final class PlainRows {
    /** Those that are exact: so the quotient of one and an exact whole number is rounded only once, as it should be. */
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
        1e21, 1e22
    };

    private static final double[] SIGNS = {1, -1};

    /** All whole numbers up to this are exact. */
    private static final long LARGEST_EXACT = 1L << 53;

    /** Digits that always fit a long. */
    private static final int MOST_DIGITS = 18;

    private static final int NOT_PLAIN = -1;

    private final LineBuffer lines;
    private final byte separator;
    private final double largest;
    /** What each column is: a place in the point, that behind the last one for the weight, or negative for nothing. */
    private final int[] places;
    private final double[] point;
    /** The last number read. */
    private double number;
    private double weight = 1;
    private long passed;

    /**
     * Rows yet to come.
     *
     * @param separator of cells
     * @param places what each column is: a place in the point, that behind the last one for the weight, or negative
     * @param point receives the coordinates of a row
     * @param largest what a number may be at most
     */
    PlainRows(LineBuffer lines, char separator, int[] places, double[] point, double largest) {
        this.lines = lines;
        this.separator = (byte) separator;
        this.places = places;
        this.point = point;
        this.largest = largest;
    }

    /** The weight of the row, 1 without a column of weights. */
    double weight() {
        return weight;
    }

    /** How many lines have been passed. */
    long passed() {
        return passed;
    }

    /** Goes to the next row; false if there is none, or it is not plain. */
    boolean next() throws IOException {
        if (!lines.hasLine()) {
            return false;
        }
        byte[] bytes = lines.bytes();
        int at = lines.start();
        for (int column = 0; column < places.length; column++) {
            int place = places[column];
            int end = place < 0 ? skip(bytes, at) : number(bytes, at);
            if (end < 0 || bytes[end] != (column < places.length - 1 ? separator : '\n')) {
                return false;
            }
            if (place >= 0 && !take(place)) {
                return false;
            }
            at = end + 1;
        }
        lines.setStart(at);
        passed++;
        return true;
    }

    private boolean take(int place) {
        if (place < point.length) {
            point[place] = number;
        } else {
            weight = number;
        }
        return Math.abs(number) <= largest && (place < point.length || number >= 0);
    }

    /** The end of a cell that nobody wants. */
    private int skip(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] != separator && bytes[at] != '\n') {
            if (bytes[at] == '"' || bytes[at] == '\r' && bytes[at + 1] != '\n') {
                return NOT_PLAIN;
            }
            at++;
        }
        return at;
    }

    /**
     * Reads the number in a cell. The line ends somewhere behind it, so no byte needs to be asked whether it is there.
     *
     * @return the end of the cell
     */
    private int number(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] == ' ') {
            at++;
        }
        int begin = at;
        // 1 or 0 without a branch: which sign comes next nobody can predict.
        int minus = ((bytes[at] ^ '-') & 0xFF) - 1 >>> 31;
        at += minus;
        if (bytes[at] == '+' && minus == 0) {
            at++;
        }
        int first = at;
        long digits = 0;
        // Most runs of digits have less than eight: their number is found, and they are read, without a branch.
        int run;
        do {
            long eight = Digits.load(bytes, at);
            run = Digits.count(eight);
            digits = Digits.append(digits, eight, run);
            at += run;
        } while (run == Digits.MOST);
        int count = at - first;
        int decimals = 0;
        if (bytes[at] == '.') {
            int point = ++at;
            do {
                long eight = Digits.load(bytes, at);
                run = Digits.count(eight);
                digits = Digits.append(digits, eight, run);
                at += run;
            } while (run == Digits.MOST);
            decimals = at - point;
            count += decimals;
        }
        if (count == 0) {
            return NOT_PLAIN;
        }
        if (count <= MOST_DIGITS && digits <= LARGEST_EXACT && (bytes[at] | ' ') != 'e') {
            number = digits / POWERS_OF_TEN[decimals] * SIGNS[minus];
            return afterBlanks(bytes, at);
        }
        int end = afterExponent(bytes, at);
        return parse(bytes, begin, end) ? afterBlanks(bytes, end) : NOT_PLAIN;
    }

    private static int afterExponent(byte[] bytes, int start) {
        int at = start;
        if ((bytes[at] | ' ') == 'e') {
            at++;
            at += bytes[at] == '-' || bytes[at] == '+' ? 1 : 0;
            while (bytes[at] >= '0' && bytes[at] <= '9') {
                at++;
            }
        }
        return at;
    }

    private static int afterBlanks(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] == ' ' || bytes[at] == '\r' && bytes[at + 1] == '\n') {
            at++;
        }
        return at;
    }

    private boolean parse(byte[] bytes, int begin, int end) {
        try {
            number = JavaDoubleParser.parseDouble(bytes, begin, end - begin);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
