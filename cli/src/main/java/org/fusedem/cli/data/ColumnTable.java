package org.fusedem.cli.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.fusedem.files.ColumnFile;
import org.fusedem.points.ElementType;

/** A column file of our own. */
final class ColumnTable implements Table {
    private final ColumnFile file;
    private final MemorySegment[] columns;
    private final MemorySegment weights;

    ColumnTable(Path path) throws IOException {
        file = ColumnFile.open(path);
        try {
            file.verify();
        } catch (IOException e) {
            file.close();
            throw e;
        }
        weights = file.weights();
        columns = IntStream.range(0, file.dims()).mapToObj(file::column).toArray(MemorySegment[]::new);
    }

    @Override
    public List<String> names() {
        return file.columns();
    }

    @Override
    public boolean named() {
        return true;
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public double get(long row, int column) {
        return get(columns[column], row);
    }

    private double get(MemorySegment numbers, long row) {
        return switch (file.type()) {
            case FLOAT64 -> numbers.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, row);
            case FLOAT32 -> numbers.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, row);
        };
    }

    @Override
    public ElementType type(int column) {
        return file.type();
    }

    @Override
    public MemorySegment segment(int column) {
        return columns[column];
    }

    @Override
    public boolean weighted() {
        return weights != null;
    }

    @Override
    public double weight(long row) {
        return weighted() ? get(weights, row) : 1;
    }

    @Override
    public ElementType weightType() {
        return file.type();
    }

    @Override
    public MemorySegment weights() {
        return weights;
    }

    @Override
    public void close() {
        file.close();
    }
}
