package org.fusedem.cli.data;

import java.nio.file.Path;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.fit.Start;

/** Rows of a file whose values are numbers already: what remains is to check them. */
abstract class NumberRows implements DataRows {
    private final Path file;
    private final Header header;
    private final double largest;
    private final boolean missingAllowed;
    private int[] features;
    private RowColumns others;
    private double[] point;
    private double weight = 1;
    private int label = Start.Labels.UNKNOWN;
    private long row = -1;

    /**
     * Rows yet to come.
     *
     * @param file for sentences
     * @param largest what a number may be at most
     * @param missingAllowed whether coordinates may be missing, and are then NaN
     */
    NumberRows(Path file, Header header, double largest, boolean missingAllowed) {
        this.file = file;
        this.header = header;
        this.largest = largest;
        this.missingAllowed = missingAllowed;
    }

    /** Moves on; false after the last row. */
    abstract boolean advance();

    /** A value of this row; NaN where it is missing. */
    abstract double value(int column);

    /** The weight that the file itself gives this row; NaN if it gives none. */
    abstract double ownWeight();

    /** What a column holds instead of numbers; null if it holds numbers. */
    abstract String notNumbers(int column);

    @Override
    public Header header() {
        return header;
    }

    int[] features() {
        return features;
    }

    RowColumns others() {
        return others;
    }

    @Override
    public void select(int[] chosen, RowColumns chosenOthers) {
        features = chosen;
        others = chosenOthers;
        point = new double[chosen.length];
        for (int column : chosen) {
            checkNumbers(column, "choose others with --columns");
        }
        if (others.weights() != null) {
            checkNumbers(others.weights().index(), "--weights needs numbers");
        }
        if (others.labels() != null) {
            checkNumbers(others.labels().index(), "--labels needs numbers");
        }
    }

    private void checkNumbers(int column, String remedy) {
        String held = notNumbers(column);
        if (held != null) {
            throw CommandException.wrongUse(
                    FileErrors.name(file) + ": " + header.column(column) + " holds " + held + ": " + remedy);
        }
    }

    @Override
    public boolean next() {
        if (!advance()) {
            return false;
        }
        row++;
        for (int i = 0; i < point.length; i++) {
            point[i] = value(features[i]);
            if (!(Math.abs(point[i]) <= largest) && !(missingAllowed && Double.isNaN(point[i]))) {
                throw wrong(features[i], problem(point[i])
                        + (Double.isNaN(point[i]) ? "; --missing would take it for a missing value" : ""));
            }
        }
        if (others.weights() != null) {
            weight = value(others.weights().index());
            if (!(weight >= 0 && weight <= largest)) {
                throw wrong(others.weights().index(), weight < 0 ? ": a weight must not be negative, and this is " + weight
                        : problem(weight));
            }
        } else if (weighted()) {
            weight = ownWeight();
            if (!(weight >= 0 && weight <= largest)) {
                throw wrong(-1, ": a weight must not be negative or infinite, and this is " + weight);
            }
        }
        if (others.labels() != null) {
            takeLabel(value(others.labels().index()));
        }
        return true;
    }

    private void takeLabel(double number) {
        boolean right = number >= 1 && number <= others.components() && number == Math.rint(number);
        if (!right && !Double.isNaN(number)) {
            throw wrong(others.labels().index(), ": " + number + " is no label: write a component from 1 to "
                    + others.components() + ", or nothing where it is not known");
        }
        label = right ? (int) number - 1 : Start.Labels.UNKNOWN;
    }

    private String problem(double value) {
        return Double.isNaN(value) ? " is missing"
                : Double.isInfinite(value) ? ": no finite number, or one that no double holds exactly"
                : ": " + value + " is too large: the limit is " + largest + ", so rescale the column";
    }

    /** Rows are counted from 1, as lines are. */
    private CommandException wrong(int column, String problem) {
        return CommandException.wrongUse(FileErrors.name(file) + ", row " + (row + 1)
                + (column < 0 ? "" : ", " + header.column(column)) + problem);
    }

    @Override
    public double[] point() {
        return point;
    }

    @Override
    public double weight() {
        return weight;
    }

    @Override
    public int label() {
        return label;
    }
}
