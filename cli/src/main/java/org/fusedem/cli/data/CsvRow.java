package org.fusedem.cli.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.fit.Start;

/**
 * One row, filled by the CSV parser straight from its buffer, without a string per cell. The first row is kept as text,
 * because only it can say what the columns are.
 */
final class CsvRow extends AbstractBaseCsvCallbackHandler<CsvRow> {
    private static final int UNUSED = -1;
    private static final int WEIGHT = -2;
    private static final int LABEL = -3;

    private final Path file;
    private final double largest;
    private final boolean missingAllowed;
    private final List<String> firstRow = new ArrayList<>();
    private Header header;
    /** What each column of the file is: a coordinate of the point, WEIGHT, LABEL or UNUSED. */
    private int[] roles;
    private double[] point;
    private boolean weighted;
    private double weight = 1;
    private int components;
    private int label = Start.Labels.UNKNOWN;
    private long linesBefore;
    private int cells;
    private boolean blank;
    private int wrongColumn;
    private String wrongCell;

    /**
     * A row yet to come.
     *
     * @param largest what a number may be at most
     * @param missingAllowed whether coordinates may be missing, and are then NaN
     */
    CsvRow(Path file, double largest, boolean missingAllowed) {
        this.file = file;
        this.largest = largest;
        this.missingAllowed = missingAllowed;
    }

    void select(Header chosenHeader, int[] features, RowColumns others) {
        header = chosenHeader;
        roles = new int[header.size()];
        Arrays.fill(roles, UNUSED);
        for (int i = 0; i < features.length; i++) {
            roles[features[i]] = i;
        }
        if (others.weights() != null) {
            roles[others.weights().index()] = WEIGHT;
            weighted = true;
        }
        if (others.labels() != null) {
            roles[others.labels().index()] = LABEL;
            components = others.components();
        }
        point = new double[features.length];
    }

    /** Of each column: its place in the point, that behind the last one for the weight, or negative for nothing. */
    int[] places() {
        int[] places = roles.clone();
        for (int i = 0; i < places.length; i++) {
            places[i] = roles[i] == WEIGHT ? point.length : roles[i];
        }
        return places;
    }

    /** So many lines have been read by others. */
    void setLinesBefore(long lines) {
        linesBefore = lines;
    }

    List<String> firstRow() {
        return firstRow;
    }

    /** Makes the first row, kept as text, the current row. */
    void readFirstRow() {
        for (int i = 0; i < firstRow.size(); i++) {
            char[] cell = firstRow.get(i).toCharArray();
            take(i, cell, 0, cell.length);
        }
    }

    double[] point() {
        return point;
    }

    boolean weighted() {
        return weighted;
    }

    double weight() {
        return weight;
    }

    int label() {
        return label;
    }

    /** The line the row starts on, from 1. */
    long line() {
        return linesBefore + getStartingLineNumber();
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        cells = 0;
        blank = false;
        wrongCell = null;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        cells++;
        blank = cells == 1 && !quoted && isBlank(buffer, offset, length);
        if (roles != null) {
            take(index, buffer, offset, length);
        } else {
            firstRow.add(new String(buffer, offset, length));
        }
    }

    private static boolean isBlank(char[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    private void take(int index, char[] buffer, int offset, int length) {
        int role = index < roles.length ? roles[index] : UNUSED;
        if (role == UNUSED) {
            return;
        }
        double number = Cell.parse(buffer, offset, length);
        boolean right = role == LABEL
                ? number >= 1 && number <= components && number == Math.rint(number)
                : Math.abs(number) <= largest;
        // The first wrong cell is the one to tell of.
        if (!right && wrongCell == null) {
            String cell = new String(buffer, offset, length);
            if (!mayBeMissing(role) || !Cell.isMissing(cell)) {
                wrongColumn = index;
                wrongCell = cell;
            }
        }
        switch (role) {
            case WEIGHT -> weight = number;
            case LABEL -> label = right ? (int) number - 1 : Start.Labels.UNKNOWN;
            default -> point[role] = number;
        }
    }

    private boolean mayBeMissing(int role) {
        return switch (role) {
            case WEIGHT -> false;
            case LABEL -> true;
            default -> missingAllowed;
        };
    }

    /** This, or null for a blank line, which the parser then passes over. */
    @Override
    protected CsvRow buildRecord() {
        if (blank) {
            firstRow.clear();
            return null;
        }
        return this;
    }

    /** Refuses a row of another length, then the first cell that is no number or no label, then a negative weight. */
    void check() {
        if (cells != roles.length) {
            String count = cells + (cells == 1 ? " cell" : " cells");
            throw wrong(": this row has " + count + ", the first has " + roles.length);
        }
        if (wrongCell != null) {
            throw wrong(", " + header.column(wrongColumn) + (roles[wrongColumn] == LABEL
                    ? ": " + Cell.shown(wrongCell.strip()) + " is no label: write a component from 1 to "
                            + components + ", or nothing where it is not known"
                    : wrongNumber()));
        }
        if (weight < 0) {
            throw wrong(": a weight must not be negative, and this is " + weight);
        }
    }

    private String wrongNumber() {
        String problem = Cell.problem(wrongCell, largest);
        if (roles[wrongColumn] == WEIGHT) {
            return problem;
        }
        String missing = Cell.isMissing(wrongCell) ? "; --missing would take it for a missing value" : "";
        String held = wrongCell.isBlank() ? "empty" : problem.endsWith(Cell.NO_NUMBER) ? "text" : null;
        return problem + missing
                + (held == null ? "" : "; if the whole column is " + held + ", leave it out with --columns");
    }

    private CommandException wrong(String problem) {
        return CommandException.wrongUse(FileErrors.name(file) + ", line " + line() + problem);
    }
}
