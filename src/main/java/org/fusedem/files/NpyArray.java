package org.fusedem.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * An array in NumPy's format ({@code .npy}, versions 1 to 3), mapped into memory: floating-point numbers of 4 or 8 bytes,
 * integers of 1 to 8, signed or not, in either order of bytes; by rows (C) or columns (Fortran).
 *
 * <pre>{@code
 * try (NpyArray array = NpyArray.open(Path.of("x.npy")); Points points = array.points()) {
 *     FitResult result = Fitter.fit(points, FitOptions.components(3));
 * }
 * }</pre>
 *
 * <p>An array of two dimensions is a table of rows and columns, one of one dimension a single column. Thread-safe. A file
 * must not change while it is open.
 */
public final class NpyArray implements AutoCloseable {
    private final String name;
    private final NpyHeader header;
    private final MemorySegment data;
    private final Arena arena;
    /** The distance of two rows, and of two columns, in elements. */
    private final long rowStep;
    private final long columnStep;

    NpyArray(String name, NpyHeader header, MemorySegment data, Arena arena) {
        this.name = name;
        this.header = header;
        this.data = data;
        this.arena = arena;
        boolean table = header.shape().size() == 2;
        rowStep = table && !header.columnsFirst() ? header.shape().get(1) : 1;
        columnStep = table && header.columnsFirst() ? header.shape().get(0) : 1;
    }

    /**
     * Maps a file.
     *
     * @throws FileFormatException if it is no array of NumPy, of other elements, cut off, or longer than it says
     * @throws IOException if it cannot be read
     */
    public static NpyArray open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            byte[] start = file.asSlice(0, Math.min(NpyHeader.MOST_BYTES, file.byteSize()))
                    .toArray(ValueLayout.JAVA_BYTE);
            NpyHeader header = NpyHeader.read(path.toString(), start);
            long length = file.byteSize() - header.bytes();
            long needed = NpyReader.byteSize(path.toString(), header, length);
            if (needed < length) {
                throw new FileFormatException(path.toString(), header.bytes() + needed, "bytes follow the array");
            }
            return new NpyArray(path.toString(), header, file.asSlice(header.bytes()), arena);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /** The lengths of its dimensions; none for a single value. */
    public List<Long> shape() {
        return header.shape();
    }

    /** Whether it holds numbers, and not strings. */
    public boolean numeric() {
        return header.type().isNumeric();
    }

    /** The element type that holds its numbers: {@code FLOAT32} for floats of 4 bytes, {@code FLOAT64} for all else. */
    public ElementType type() {
        return header.type().kind() == 'f' && header.type().bytes() == Float.BYTES ? ElementType.FLOAT32
                : ElementType.FLOAT64;
    }

    /** The number of rows. */
    public long rows() {
        return shape().isEmpty() ? 1 : shape().get(0);
    }

    /** The number of columns: 1 with one dimension. */
    public long columns() {
        return shape().size() < 2 ? 1 : shape().get(1);
    }

    /**
     * Refuses what is no table of numbers.
     *
     * @throws FileFormatException if it has not one or two dimensions, no column or more than fit, or holds strings
     */
    public void checkTable() throws FileFormatException {
        if (shape().isEmpty() || shape().size() > 2) {
            throw new FileFormatException(name, 0, "points need an array of one or two dimensions, and this has "
                    + shape().size());
        }
        if (!numeric()) {
            throw new FileFormatException(name, 0, "points need numbers, and this array holds strings");
        }
        // An array of no rows may have any number of columns without a single byte for them.
        if (columns() < 1 || columns() > Short.MAX_VALUE && rows() == 0 || columns() > Integer.MAX_VALUE - 8) {
            throw new FileFormatException(name, 0, "points cannot have " + columns() + " columns");
        }
    }

    /**
     * One number of a table; infinity for an integer beyond 2^53, which a double cannot hold exactly.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public double get(long row, int column) {
        Objects.checkIndex(row, rows());
        Objects.checkIndex((long) column, columns());
        return header.type().get(data, (row * rowStep + column * columnStep) * header.type().bytes());
    }

    /**
     * A column as it stands in memory, numbers of {@link #type()}; or null if it does not: when rows come first, or
     * numbers are integers or in the other order of bytes.
     */
    public MemorySegment column(int column) {
        ElementType element = header.type().element();
        if (element == null || rowStep != 1) {
            return null;
        }
        Objects.checkIndex((long) column, columns());
        return data.asSlice(column * columnStep * element.bytes(), rows() * element.bytes());
    }

    /**
     * The elements, the last index varying fastest; infinity as {@link #get} says.
     *
     * @throws FileFormatException if they are strings, or too many for a Java array
     */
    public double[] doubles() throws FileFormatException {
        if (!numeric()) {
            throw new FileFormatException(name, header.bytes(), "holds strings, and numbers are needed");
        }
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = header.type().get(data, offset(i));
        }
        return values;
    }

    /**
     * The elements, the last index varying fastest.
     *
     * @throws FileFormatException if they are numbers, too many, or hold what is no character
     */
    public List<String> strings() throws FileFormatException {
        if (numeric()) {
            throw new FileFormatException(name, header.bytes(), "holds numbers, and strings are needed");
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            String value = header.type().text(data, offset(i));
            if (value == null) {
                throw new FileFormatException(name, header.bytes() + offset(i), "a string holds what is no character");
            }
            values.add(value);
        }
        return values;
    }

    private int size() throws FileFormatException {
        if (header.elements() > Integer.MAX_VALUE - 8) {
            throw new FileFormatException(name, header.bytes(), "too many elements: shape=" + shape());
        }
        return (int) header.elements();
    }

    /** Where the element stands that comes as number {@code index} when the last index varies fastest. */
    private long offset(long index) {
        if (!header.columnsFirst()) {
            return index * header.type().bytes();
        }
        long left = index;
        long step = header.elements();
        long place = 0;
        for (int d = shape().size() - 1; d >= 0; d--) {
            step /= shape().get(d);
            place += left % shape().get(d) * step;
            left /= shape().get(d);
        }
        return place * header.type().bytes();
    }

    /**
     * The table as points, to be closed before the array: borrowed if its columns stand in memory as points want them
     * (see {@link #column}), else a copy, {@code FLOAT32} only for floats of 4 bytes. NaN is refused; see
     * {@link #points(boolean)}.
     *
     * @throws FileFormatException if it is no table, or a number is not finite, too large, or an integer beyond 2^53
     */
    public Points points() throws FileFormatException {
        return points(false);
    }

    /**
     * The same.
     *
     * @param missingAllowed whether NaN means that a value is missing
     * @throws FileFormatException as above
     */
    public Points points(boolean missingAllowed) throws FileFormatException {
        checkTable();
        try {
            if (column(0) == null) {
                return copy(missingAllowed);
            }
            MemorySegment[] columns =
                    IntStream.range(0, (int) columns()).mapToObj(this::column).toArray(MemorySegment[]::new);
            return missingAllowed ? Points.incompleteView(type(), rows(), null, columns)
                    : Points.view(type(), rows(), columns);
        } catch (IllegalArgumentException e) {
            throw new FileFormatException(name, header.bytes(), e.getMessage());
        }
    }

    private Points copy(boolean missingAllowed) {
        double[] row = new double[(int) columns()];
        try (PointsBuilder builder = Points.builder(row.length, type())) {
            if (missingAllowed) {
                builder.allowMissing();
            }
            for (long n = 0; n < rows(); n++) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = get(n, i);
                }
                builder.add(row);
            }
            return builder.build();
        }
    }

    /**
     * Writes points as such a file, by columns, of the points' type; what is there is replaced at once and whole. Weights
     * are not written: {@link NpzFile} holds them too.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Points points, Path path) throws IOException {
        new ReplacedFile(path).write(out -> NpyWriter.write(points, out));
    }

    /** Frees the memory; points borrowed from it must not be used any more. A second call does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    @Override
    public String toString() {
        return "NpyArray[" + name + ", shape=" + shape() + ", " + header.type().descr() + "]";
    }
}
