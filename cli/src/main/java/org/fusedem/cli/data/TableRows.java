package org.fusedem.cli.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** The rows of a table; and, where its columns stand in memory as points want them, all of them without a copy. */
public final class TableRows extends NumberRows {
    private final DataSource source;
    private final Table table;
    private final DataOptions data;
    private long row = -1;

    private TableRows(DataSource source, Table table, DataOptions data, ElementType type) {
        super(source.name(), new Header(source.name(), table.names(), table.named()), type.largestValue(), data.missing());
        this.source = source;
        this.table = table;
        this.data = data;
    }

    /** The rows of a table, which is closed with them, and so is its source. */
    static TableRows of(DataSource source, Table table, DataOptions data, ElementType type) {
        return new TableRows(source, table, data, type);
    }

    @Override
    boolean advance() {
        return ++row < table.size();
    }

    @Override
    double value(int column) {
        return table.get(row, column);
    }

    @Override
    double ownWeight() {
        return table.weight(row);
    }

    @Override
    String notNumbers(int column) {
        return table.notNumbers(column);
    }

    @Override
    public boolean weighted() {
        return others().weights() != null || table.weighted();
    }

    /** Whether all numbers of the chosen rows have 32 bits, their weights too. */
    public boolean isFloat32() {
        boolean weights = others().weights() != null ? isFloat32(others().weights().index())
                : !table.weighted() || table.weightType() == ElementType.FLOAT32;
        return weights && Arrays.stream(features()).allMatch(this::isFloat32);
    }

    private boolean isFloat32(int column) {
        return table.type(column) == ElementType.FLOAT32;
    }

    /** The number of rows. */
    public long size() {
        return table.size();
    }

    /**
     * The chosen columns as points, borrowed until this is closed; null if they must be copied. Not to be called after
     * {@link #next}.
     *
     * @param type what is asked for; null for what is there
     */
    Points borrow(ElementType type) {
        int weightColumn = others().weights() == null ? -1 : others().weights().index();
        ElementType there = table.type(features()[0]);
        MemorySegment[] columns = Arrays.stream(features())
                .mapToObj(i -> table.type(i) == there ? table.segment(i) : null).toArray(MemorySegment[]::new);
        MemorySegment weights = weightColumn < 0 ? table.weights()
                : table.type(weightColumn) == there ? table.segment(weightColumn) : null;
        if (type != null && type != there || Arrays.asList(columns).contains(null) || weighted() && weights == null) {
            return null;
        }
        try {
            return data.missing() ? Points.incompleteView(there, table.size(), weights, columns)
                    : Points.weightedView(there, table.size(), weights, columns);
        } catch (IllegalArgumentException e) {
            // The row that is wrong has a better sentence.
            boolean more = true;
            while (more) {
                more = next();
            }
            throw CommandException.wrongUse(FileErrors.name(source.name()) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (source) {
            table.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
