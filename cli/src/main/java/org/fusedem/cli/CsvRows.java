package org.fusedem.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import org.fusedem.points.ElementType;

/**
 * The rows of a CSV file as points, one after the other.
 *
 * <p>Opening reads the first row and says what columns there are; {@link #select} then chooses among them. Whatever is
 * wrong is a {@link CommandException} that names file, line and column.
 */
final class CsvRows implements DataRows {
    private static final int LONGEST_CELL = 1 << 20;

    private final Path file;
    private final CsvText text;
    private final Iterator<CsvRow> rows;
    private final CsvRow row;
    private final Header header;
    /** Whether the first row, already read, is the next point. */
    private boolean firstIsNext;

    private CsvRows(Path file, CsvText text, DataOptions data, Set<String> expectedNames, ElementType type) {
        this.file = file;
        this.text = text;
        row = new CsvRow(file, type.largestValue(), data.missing());
        rows = CsvReader.builder()
                .fieldSeparator(text.separator())
                // Rows of other lengths come through, so that the row itself can say what is wrong.
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(LONGEST_CELL)
                .allowUnclosedQuote(false)
                .build(row, text.reader())
                .iterator();
        if (!fetch()) {
            throw CommandException.wrongUse(FileErrors.name(file) + ": the file is empty");
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
        return new CsvRows(source.name(), CsvText.open(source), data, expectedNames, type);
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
    }

    /** Goes to the next row that is not blank. */
    @Override
    public boolean next() {
        boolean found = firstIsNext || fetch();
        firstIsNext = false;
        if (found) {
            row.check();
        }
        return found;
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
        return row.weight();
    }

    @Override
    public int label() {
        return row.label();
    }

    private boolean fetch() {
        try {
            if (!rows.hasNext()) {
                return false;
            }
            rows.next();
            return true;
        } catch (UncheckedIOException e) {
            throw CommandException.wrongUse(FileErrors.sentence(file, e.getCause()), e);
        } catch (CsvParseException e) {
            throw CommandException.wrongUse(FileErrors.name(file) + ", line " + row.line()
                    + ": a closing quote is missing, or a cell has more than " + LONGEST_CELL + " characters", e);
        }
    }

    @Override
    public void close() {
        text.close();
    }
}
