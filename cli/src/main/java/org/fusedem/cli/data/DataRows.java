package org.fusedem.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.fit.Start;
import org.fusedem.points.ElementType;

/**
 * The rows of a data file as points, one after the other, whatever the file's format.
 *
 * <p>Opening says what columns there are; {@link #select} then chooses among them. Whatever is wrong is a
 * {@link CommandException} that names file, row and column.
 */
public interface DataRows extends AutoCloseable {
    /**
     * Opens a file; {@code -} is standard input.
     *
     * @param data what the user says of the first row of a text, and of missing values
     * @param expectedNames names that the header of a text would have
     * @param type what the numbers must fit
     */
    static DataRows open(Path file, DataOptions data, Set<String> expectedNames, ElementType type) {
        try {
            DataSource source = DataSource.open(file);
            try {
                return open(source, data, expectedNames, type);
            } catch (IOException e) {
                source.close();
                throw CommandException.wrongUse(source.sentence(e), e);
            } catch (RuntimeException e) {
                source.close();
                throw e;
            }
        } catch (IOException e) {
            throw CommandException.wrongUse(FileErrors.sentence(file, e), e);
        }
    }

    private static DataRows open(DataSource source, DataOptions data, Set<String> expectedNames, ElementType type)
            throws IOException {
        return switch (source.format()) {
            case COLUMNS -> TableRows.of(source, new ColumnTable(source.file()), data, type);
            case NPY -> TableRows.of(source, NpyTable.ofArray(source.file()), data, type);
            case NPZ -> TableRows.of(source, NpyTable.ofArchive(source.file()), data, type);
            case ARROW -> TableRows.of(source, new ArrowTable(source.file()), data, type);
            case PARQUET -> ParquetRows.open(source, data, type);
            default -> CsvRows.open(source, data, expectedNames, type);
        };
    }

    /** The columns. */
    Header header();

    /**
     * Chooses columns, before the first row.
     *
     * @param features the columns of a point, in their order
     * @param others the columns of weights and labels, if there are any
     */
    void select(int[] features, RowColumns others);

    /** Whether each row has a weight, of a column chosen or of the file's own. */
    boolean weighted();

    /** Goes to the next row; false if there is none. */
    boolean next();

    /** The coordinates of the row, NaN where they are missing; overwritten by the next. */
    double[] point();

    /** The weight of the row, 1 without weights. */
    double weight();

    /** The component of the row from 0, or {@link Start.Labels#UNKNOWN} if it is not known. */
    int label();

    @Override
    void close();
}
