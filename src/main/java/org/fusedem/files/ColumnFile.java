package org.fusedem.files;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * Points in a file of fusedem's own, mapped into memory instead of read: a fit works on them where they stand, so they
 * may be larger than the heap, and than the machine's memory. {@link ColumnFileWriter} makes such files.
 *
 * <pre>{@code
 * try (ColumnFile file = ColumnFile.open(Path.of("points.fcol")); Points points = file.points()) {
 *     FitResult result = Fitter.fit(points, FitOptions.components(3));
 * }
 * }</pre>
 *
 * <p>The format, version 1, numbers little-endian, with N points, D features, C = D columns or D + 1 with weights:
 *
 * <pre>
 * byte  0  8 bytes "FUSEDEM\n"
 *       8  int     version, 1
 *      12  int     bytes of a number: 8 (double) or 4 (float)
 *      16  long    N
 *      24  int     D
 *      28  int     1 if weights follow the features, else 0
 *      32  long    S, the distance of columns: the least odd multiple of 64 bytes that holds N numbers
 *      40  long    H, where the numbers begin: the least multiple of 4096 after the names
 *      48  long    bytes of all names
 *      56  long    how many coordinates are NaN, that is, missing
 *      64  int     CRC-32C of bytes 0 to H, these four taken as 0
 *      68  int     0
 *      72  C ints  CRC-32C of the N numbers of each column
 *          D names, each its length in bytes (an int) and UTF-8
 *       H  C columns, each S bytes from the last; the end of the last one's S bytes is the end of the file
 * </pre>
 *
 * <p>Thread-safe. The file must not change while it is open: a file cut off by somebody else makes an access fail with
 * an {@link InternalError}. ({@link ColumnFileWriter} replaces a file by another, and so changes none.)
 */
public final class ColumnFile implements AutoCloseable {
    /** Checksums are taken of pieces: of one size with the writer's, or any. */
    private static final long PIECE_BYTES = 1 << 24;

    private final String name;
    private final ColumnFileHeader header;
    private final MemorySegment file;
    private final Arena arena;

    private ColumnFile(String name, ColumnFileHeader header, MemorySegment file, Arena arena) {
        this.name = name;
        this.header = header;
        this.file = file;
        this.arena = arena;
    }

    /**
     * Maps a file and checks its header, in time that does not depend on the file's size.
     *
     * @throws FileFormatException if it is no column file, of a newer version, cut off or damaged in its header
     * @throws IOException if it cannot be read
     */
    public static ColumnFile open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            ColumnFileHeader header = ColumnFileHeader.read(path.toString(), file);
            if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
                throw new IOException(path + ": column files are little-endian, and this machine is not");
            }
            return new ColumnFile(path.toString(), header, file, arena);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Writes points as such a file, replacing what is there at once and whole.
     *
     * @param columns one name per feature
     * @throws IllegalArgumentException if there are not as many names as features
     * @throws IOException if it cannot be written
     */
    public static void write(Points points, List<String> columns, Path path) throws IOException {
        if (columns.size() != points.dims()) {
            throw new IllegalArgumentException(
                    "one name per feature is needed: names=" + columns.size() + ", dims=" + points.dims());
        }
        double[] row = new double[points.dims()];
        try (ColumnFileWriter writer =
                ColumnFileWriter.create(path, points.type(), columns, points.weighted(), points.size())) {
            if (points.missingValues() > 0) {
                writer.allowMissing();
            }
            for (long n = 0; n < points.size(); n++) {
                points.copyRow(n, row);
                writer.addWeighted(points.weight(n), row);
            }
            writer.finish();
        }
    }

    /** The number of points. */
    public long size() {
        return header.rows();
    }

    /** The number of features. */
    public int dims() {
        return header.dims();
    }

    /** How the numbers are stored. */
    public ElementType type() {
        return header.type();
    }

    /** The features' names, D of them. */
    public List<String> columns() {
        return header.names();
    }

    /** Whether there is a weight for each point. */
    public boolean weighted() {
        return header.weighted();
    }

    /** How many coordinates are missing, as the header says. */
    public long missingValues() {
        return header.missingValues();
    }

    /**
     * One column, read-only, {@code size} numbers from byte 0, unchecked: what is on the disk. Valid until closed.
     *
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public MemorySegment column(int column) {
        return segment(Objects.checkIndex(column, dims()));
    }

    /** The weights, as {@link #column}, or null if there are none. */
    public MemorySegment weights() {
        return weighted() ? segment(dims()) : null;
    }

    private MemorySegment segment(int column) {
        return file.asSlice(header.columnOffset(column), header.columnBytes());
    }

    /**
     * All points, borrowed: nothing is copied, and they are valid until this file is closed. The file is read twice, here,
     * to compare its checksums and to check its values.
     *
     * @throws FileFormatException if a number was changed on the disk, is infinite or too large, or a weight is negative
     */
    public Points points() throws FileFormatException {
        verify();
        MemorySegment[] columns = IntStream.range(0, dims()).mapToObj(this::segment).toArray(MemorySegment[]::new);
        try {
            return missingValues() > 0 ? Points.incompleteView(type(), size(), weights(), columns)
                    : Points.weightedView(type(), size(), weights(), columns);
        } catch (IllegalArgumentException e) {
            throw new FileFormatException(name, header.headerBytes(), e.getMessage());
        }
    }

    /**
     * Reads the file once, to compare its checksums.
     *
     * @throws FileFormatException if a number was changed on the disk
     */
    public void verify() throws FileFormatException {
        for (int i = 0; i < header.columns(); i++) {
            verify(i);
        }
    }

    private void verify(int column) throws FileFormatException {
        MemorySegment numbers = segment(column);
        CRC32C crc = new CRC32C();
        for (long at = 0; at < numbers.byteSize(); at += PIECE_BYTES) {
            crc.update(numbers.asSlice(at, Math.min(PIECE_BYTES, numbers.byteSize() - at)).asByteBuffer());
        }
        if ((int) crc.getValue() != header.checksums()[column]) {
            String what = column == dims() ? "the weights" : "column " + column + " (" + columns().get(column) + ")";
            throw new FileFormatException(
                    name, header.columnOffset(column), what + " damaged: the checksum does not fit");
        }
    }

    /** Unmaps the file; points borrowed from it must not be used any more. A second call does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    @Override
    public String toString() {
        return "ColumnFile[" + name + ", size=" + size() + ", dims=" + dims() + ", " + type()
                + (weighted() ? ", weighted" : "") + "]";
    }
}
