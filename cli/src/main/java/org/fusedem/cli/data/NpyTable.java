package org.fusedem.cli.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.files.NpyArray;
import org.fusedem.files.NpzFile;
import org.fusedem.points.ElementType;

/** An array of NumPy. */
final class NpyTable implements Table {
    private final NpyArray array;
    private final List<String> names;
    private final boolean named;
    private final double[] weights;

    private NpyTable(NpyArray array, List<String> names, boolean named, double[] weights) {
        this.array = array;
        this.names = names;
        this.named = named;
        this.weights = weights;
    }

    static NpyTable ofArray(Path path) throws IOException {
        NpyArray array = NpyArray.open(path);
        try {
            array.checkTable();
            return new NpyTable(array, numbered(array), false, null);
        } catch (IOException e) {
            array.close();
            throw e;
        }
    }

    /** The only array of an archive, or the one called X; names and weights as {@link NpzFile#write} has them. */
    static NpyTable ofArchive(Path path) throws IOException {
        try (NpzFile file = NpzFile.open(path)) {
            List<String> arrays = file.names();
            if (arrays.isEmpty()) {
                throw CommandException.wrongUse(FileErrors.name(path)
                        + ": is a zip file without arrays (a spreadsheet? save it as CSV)");
            }
            if (arrays.contains("means_")) {
                throw CommandException.wrongUse(FileErrors.name(path) + ": holds a model, and data are needed");
            }
            if (arrays.size() != 1 && !arrays.contains(NpzFile.POINTS)) {
                throw CommandException.wrongUse(FileErrors.name(path) + ": an array " + NpzFile.POINTS
                        + " is needed, and there are " + ColumnSelection.list(arrays));
            }
            NpyArray array = file.array(arrays.size() == 1 ? arrays.getFirst() : NpzFile.POINTS);
            try {
                array.checkTable();
                boolean named = arrays.contains(NpzFile.COLUMNS);
                double[] weights = arrays.contains(NpzFile.WEIGHTS) ? weights(path, file, array.rows()) : null;
                return new NpyTable(array, named ? names(path, file, array.columns()) : numbered(array), named, weights);
            } catch (IOException | RuntimeException e) {
                array.close();
                throw e;
            }
        }
    }

    private static List<String> numbered(NpyArray array) {
        return IntStream.rangeClosed(1, (int) array.columns()).mapToObj(i -> "x" + i).toList();
    }

    private static List<String> names(Path path, NpzFile file, long columns) throws IOException {
        try (NpyArray array = file.array(NpzFile.COLUMNS)) {
            checkShape(path, NpzFile.COLUMNS, array, columns);
            return array.strings();
        }
    }

    private static double[] weights(Path path, NpzFile file, long rows) throws IOException {
        try (NpyArray array = file.array(NpzFile.WEIGHTS)) {
            checkShape(path, NpzFile.WEIGHTS, array, rows);
            return array.doubles();
        }
    }

    private static void checkShape(Path path, String name, NpyArray array, long length) {
        if (!array.shape().equals(List.of(length))) {
            throw CommandException.wrongUse(FileErrors.name(path) + ": array " + name + " must have the shape [" + length
                    + "], and has " + array.shape());
        }
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public boolean named() {
        return named;
    }

    @Override
    public long size() {
        return array.rows();
    }

    @Override
    public double get(long row, int column) {
        return array.get(row, column);
    }

    @Override
    public ElementType type(int column) {
        return array.type();
    }

    @Override
    public MemorySegment segment(int column) {
        return array.column(column);
    }

    @Override
    public boolean weighted() {
        return weights != null;
    }

    @Override
    public double weight(long row) {
        return weighted() ? weights[(int) row] : 1;
    }

    @Override
    public void close() {
        array.close();
    }
}
