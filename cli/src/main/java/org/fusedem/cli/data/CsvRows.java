package org.fusedem.cli.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.points.ElementType;

/**
 * The rows of a CSV file as points, one after the other.
 *
 * <p>Opening reads the first row and says what columns there are; {@link #select} then chooses among them. Whatever is
 * wrong is a {@link CommandException} that names file, line and column.
 */
final class CsvRows implements DataRows {
    private final DataSource source;
    private final Path file;
    private final CsvText text;
    private final CsvRow row;
    private final Header header;
    private final double largest;
    /** The lines behind the first one; null if a parser reads all of them. */
    private final LineBuffer lines;
    /** Null until {@link #select}, and where nothing is plain any more. */
    private PlainRows plain;
    /** Null as long as rows are plain. */
    private Iterator<CsvRow> parser;
    /** Whether the first row, already read, is the next point. */
    private boolean firstIsNext;
    private boolean plainIsCurrent;

    private CsvRows(DataSource source, CsvText text, DataOptions data, Set<String> expectedNames, ElementType type)
            throws IOException {
        this.source = source;
        this.text = text;
        file = source.name();
        largest = type.largestValue();
        row = new CsvRow(file, largest, data.missing());
        lines = text.linesAfterFirst(row);
        if (lines == null) {
            parser = text.parse(row);
            if (!fetch()) {
                throw CommandException.wrongUse(FileErrors.name(file) + ": the file is empty");
            }
        }
        header = Header.of(file, row.firstRow(), data.headerMode(), expectedNames, data.missing());
        firstIsNext = !header.named();
    }

    /**
     * Opens a text.
     *
     * @param source is closed with the rows
     * @param data what the user says of the first row, and of missing values
     * @param expectedNames names that a header would have
     * @param type what the numbers must fit
     */
    static CsvRows open(DataSource source, DataOptions data, Set<String> expectedNames, ElementType type)
            throws IOException {
        return new CsvRows(source, CsvText.open(source), data, expectedNames, type);
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public void select(int[] features, RowColumns others) {
        row.select(header, features, others);
        if (firstIsNext) {
            row.readFirstRow();
        }
        if (lines != null && others.labels() == null) {
            plain = new PlainRows(lines, text.separator(), row.places(), row.point(), largest);
        }
    }

    /** Goes to the next row that is not blank. */
    @Override
    public boolean next() {
        plainIsCurrent = !firstIsNext && plain != null && nextPlain();
        if (plainIsCurrent) {
            return true;
        }
        boolean found = firstIsNext || fetch();
        firstIsNext = false;
        if (found) {
            row.check();
        }
        return found;
    }

    private boolean nextPlain() {
        try {
            return plain.next();
        } catch (IOException e) {
            throw CommandException.wrongUse(FileErrors.sentence(file, e), e);
        }
    }

    @Override
    public boolean weighted() {
        return row.weighted();
    }

    @Override
    public double[] point() {
        return row.point();
    }

    @Override
    public double weight() {
        return plainIsCurrent ? plain.weight() : row.weight();
    }

    @Override
    public int label() {
        return row.label();
    }

    private boolean fetch() {
        if (parser == null) {
            parser = text.parse(row);
            row.setLinesBefore(1 + (plain == null ? 0 : plain.passed()));
            plain = null;
        }
        try {
            if (!parser.hasNext()) {
                return false;
            }
            parser.next();
            return true;
        } catch (UncheckedIOException e) {
            throw CommandException.wrongUse(FileErrors.sentence(file, e.getCause()), e);
        } catch (CsvParseException e) {
            throw CommandException.wrongUse(FileErrors.name(file) + ", line " + row.line()
                    + ": a closing quote is missing, or a cell has more than " + CsvText.LONGEST_CELL + " characters", e);
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
