package org.fusedem.cli;

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

    /** All whole numbers up to this are exact. */
    private static final long LARGEST_EXACT = 1L << 53;

    /** Digits that always fit a long. */
    private static final int MOST_DIGITS = 18;

    private final LineBuffer lines;
    private final byte separator;
    private final double largest;
    /** What each column is: a place in the point, that behind the last one for the weight, or negative for nothing. */
    private final int[] places;
    private final double[] point;
    private double weight = 1;
    private long passed;
    /** Where in the bytes the cell just read ended; -1 if it was not plain. */
    private int cellEnd;

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
            if (place < 0) {
                skip(bytes, at);
            } else if (place < point.length) {
                point[place] = number(bytes, at);
            } else {
                weight = number(bytes, at);
                cellEnd = weight < 0 ? -1 : cellEnd;
            }
            boolean last = column == places.length - 1;
            if (cellEnd < 0 || bytes[cellEnd] != (last ? '\n' : separator)) {
                return false;
            }
            at = cellEnd + 1;
        }
        lines.setStart(at);
        passed++;
        return true;
    }

    /** Goes to the end of a cell that nobody wants. */
    private void skip(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] != separator && bytes[at] != '\n') {
            if (bytes[at] == '"' || bytes[at] == '\r' && bytes[at + 1] != '\n') {
                cellEnd = -1;
                return;
            }
            at++;
        }
        cellEnd = at;
    }

    /** The number in a cell; the line ends somewhere behind it, so no byte needs to be asked whether it is there. */
    private double number(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] == ' ') {
            at++;
        }
        int begin = at;
        boolean negative = bytes[at] == '-';
        if (negative || bytes[at] == '+') {
            at++;
        }
        long digits = 0;
        int first = at;
        int digit;
        while ((digit = bytes[at] - '0') >= 0 && digit <= 9) {
            digits = 10 * digits + digit;
            at++;
        }
        int count = at - first;
        int decimals = 0;
        if (bytes[at] == '.') {
            int point = at++;
            while ((digit = bytes[at] - '0') >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
                at++;
            }
            decimals = at - point - 1;
            count += decimals;
        }
        boolean exact = count <= MOST_DIGITS && digits <= LARGEST_EXACT && decimals < POWERS_OF_TEN.length;
        if ((bytes[at] | ' ') == 'e') {
            exact = false;
            at++;
            if (bytes[at] == '-' || bytes[at] == '+') {
                at++;
            }
            while (bytes[at] >= '0' && bytes[at] <= '9') {
                at++;
            }
        }
        int end = at;
        while (bytes[at] == ' ' || bytes[at] == '\r' && bytes[at + 1] == '\n') {
            at++;
        }
        cellEnd = count == 0 ? -1 : at;
        if (!exact) {
            return parsed(bytes, begin, end);
        }
        double magnitude = digits / POWERS_OF_TEN[decimals];
        if (magnitude > largest) {
            cellEnd = -1;
        }
        return negative ? -magnitude : magnitude;
    }

    private double parsed(byte[] bytes, int begin, int end) {
        try {
            double number = JavaDoubleParser.parseDouble(bytes, begin, end - begin);
            if (!(Math.abs(number) <= largest)) {
                cellEnd = -1;
            }
            return number;
        } catch (NumberFormatException e) {
            cellEnd = -1;
            return Double.NaN;
        }
    }
}
