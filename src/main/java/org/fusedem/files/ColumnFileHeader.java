package org.fusedem.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.fusedem.points.ElementType;

/**
 * The header of a column file, and where everything stands that it tells of; {@link ColumnFile} describes it for readers
 * of other languages.
 *
 * @param type of all numbers
 * @param rows how many points
 * @param names one per feature
 * @param weighted whether a column of weights follows the features
 * @param missingValues how many numbers are NaN
 * @param checksums CRC-32C of the numbers of each column, weights last
 * @param headerBytes those of the header, checksums and names, up to the first page of numbers
 */
record ColumnFileHeader(ElementType type, long rows, List<String> names, boolean weighted, long missingValues,
        int[] checksums, long headerBytes) {
    static final byte[] MAGIC = {'F', 'U', 'S', 'E', 'D', 'E', 'M', '\n'};
    static final int VERSION = 1;
    /** The numbers begin on a page of their own, so columns on cache lines. */
    static final long PAGE_BYTES = 4096;
    static final long LINE_BYTES = 64;

    private static final long VERSION_OFFSET = 8;
    private static final long ELEMENT_BYTES_OFFSET = 12;
    private static final long ROWS_OFFSET = 16;
    private static final long DIMS_OFFSET = 24;
    private static final long WEIGHTED_OFFSET = 28;
    private static final long STRIDE_OFFSET = 32;
    private static final long DATA_OFFSET = 40;
    private static final long NAMES_OFFSET = 48;
    private static final long MISSING_OFFSET = 56;
    private static final long CHECKSUM_OFFSET = 64;
    /** Checksums of columns, then names. */
    private static final long COLUMNS_OFFSET = 72;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static ColumnFileHeader of(
            ElementType type, long rows, List<String> names, boolean weighted, long missingValues, int[] checksums) {
        return new ColumnFileHeader(type, rows, names, weighted, missingValues, checksums,
                headerBytes(columns(names.size(), weighted), encoded(names).length));
    }

    int dims() {
        return names.size();
    }

    /** Features, and weights if there are any. */
    int columns() {
        return columns(dims(), weighted);
    }

    private static int columns(int dims, boolean weighted) {
        return weighted ? dims + 1 : dims;
    }

    long columnBytes() {
        return rows * type.bytes();
    }

    long strideBytes() {
        return type.strideBytes(rows);
    }

    long columnOffset(int column) {
        return headerBytes() + column * strideBytes();
    }

    long totalBytes() {
        return columnOffset(columns());
    }

    private static long headerBytes(int columns, long namesBytes) {
        return Math.ceilDiv(COLUMNS_OFFSET + 4L * columns + namesBytes, PAGE_BYTES) * PAGE_BYTES;
    }

    /** Each as its length in bytes, and UTF-8. */
    private static byte[] encoded(List<String> names) {
        List<byte[]> each = names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
        ByteBuffer bytes = ByteBuffer.allocate(each.stream().mapToInt(name -> 4 + name.length).sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        each.forEach(name -> bytes.putInt(name.length).put(name));
        return bytes.array();
    }

    /** As it stands in the file. */
    ByteBuffer bytes() {
        byte[] encoded = encoded(names);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(headerBytes()));
        MemorySegment header = MemorySegment.ofBuffer(bytes);
        MemorySegment.copy(MemorySegment.ofArray(MAGIC), 0, header, 0, MAGIC.length);
        header.set(INT, VERSION_OFFSET, VERSION);
        header.set(INT, ELEMENT_BYTES_OFFSET, type.bytes());
        header.set(LONG, ROWS_OFFSET, rows);
        header.set(INT, DIMS_OFFSET, dims());
        header.set(INT, WEIGHTED_OFFSET, weighted ? 1 : 0);
        header.set(LONG, STRIDE_OFFSET, strideBytes());
        header.set(LONG, DATA_OFFSET, headerBytes());
        header.set(LONG, NAMES_OFFSET, encoded.length);
        header.set(LONG, MISSING_OFFSET, missingValues);
        for (int i = 0; i < checksums.length; i++) {
            header.set(INT, COLUMNS_OFFSET + 4L * i, checksums[i]);
        }
        MemorySegment.copy(
                MemorySegment.ofArray(encoded), 0, header, COLUMNS_OFFSET + 4L * checksums.length, encoded.length);
        header.set(INT, CHECKSUM_OFFSET, checksum(header));
        return bytes;
    }

    /** Of the header, its own checksum taken as 0. */
    private static int checksum(MemorySegment header) {
        CRC32C crc = new CRC32C();
        crc.update(header.asSlice(0, CHECKSUM_OFFSET).asByteBuffer());
        crc.update(new byte[4]);
        crc.update(header.asSlice(CHECKSUM_OFFSET + 4).asByteBuffer());
        return (int) crc.getValue();
    }

    /**
     * Reads a header. Every size is held against the file's length before anything is made of it.
     *
     * @param name for messages
     * @param file all of it
     */
    static ColumnFileHeader read(String name, MemorySegment file) throws FileFormatException {
        long length = file.byteSize();
        if (length < MAGIC.length
                || MemorySegment.mismatch(file, 0, MAGIC.length, MemorySegment.ofArray(MAGIC), 0, MAGIC.length) >= 0) {
            throw new FileFormatException(name, 0, "not a column file of fusedem");
        }
        if (length < PAGE_BYTES) {
            throw new FileFormatException(name, length, "the file is cut off: its header alone has " + PAGE_BYTES + " bytes");
        }
        int version = file.get(INT, VERSION_OFFSET);
        if (version != VERSION) {
            throw new FileFormatException(name, VERSION_OFFSET, version > VERSION
                    ? "written by a newer fusedem: it has version " + version + ", and this fusedem reads version " + VERSION
                    : "no such version: " + version);
        }
        int bytes = file.get(INT, ELEMENT_BYTES_OFFSET);
        if (bytes != Double.BYTES && bytes != Float.BYTES) {
            throw new FileFormatException(name, ELEMENT_BYTES_OFFSET, "a number must have 8 or 4 bytes, not " + bytes);
        }
        ElementType type = bytes == Double.BYTES ? ElementType.FLOAT64 : ElementType.FLOAT32;
        long rows = file.get(LONG, ROWS_OFFSET);
        if (rows < 0 || rows > length / bytes) {
            throw new FileFormatException(name, ROWS_OFFSET, "a file of " + length + " bytes does not hold " + rows + " points");
        }
        int dims = file.get(INT, DIMS_OFFSET);
        if (dims < 1 || dims > length / LINE_BYTES) {
            throw new FileFormatException(name, DIMS_OFFSET, "a file of " + length + " bytes does not hold " + dims + " columns");
        }
        int flag = file.get(INT, WEIGHTED_OFFSET);
        if (flag != 0 && flag != 1) {
            throw new FileFormatException(name, WEIGHTED_OFFSET, "must be 1 for weights or 0 for none, not " + flag);
        }
        int columns = columns(dims, flag == 1);
        long namesBytes = file.get(LONG, NAMES_OFFSET);
        if (namesBytes < 0 || namesBytes > length) {
            throw new FileFormatException(
                    name, NAMES_OFFSET, "a file of " + length + " bytes does not hold " + namesBytes + " bytes of names");
        }
        long dataOffset = headerBytes(columns, namesBytes);
        if (dataOffset > Integer.MAX_VALUE) {
            throw new FileFormatException(name, NAMES_OFFSET, "no header has " + dataOffset + " bytes");
        }
        check(name, file, DATA_OFFSET, "the numbers must begin at byte", dataOffset);
        long stride = type.strideBytes(rows);
        check(name, file, STRIDE_OFFSET, "the distance of columns must be", stride);
        if (stride > length / columns || dataOffset + columns * stride != length) {
            throw new FileFormatException(name, length, length - dataOffset < (double) columns * stride
                    ? "the file is cut off: it should have " + dataOffset + " + " + columns + " * " + stride + " bytes"
                    : "bytes follow the last column");
        }
        MemorySegment header = file.asSlice(0, dataOffset);
        if (header.get(INT, CHECKSUM_OFFSET) != checksum(header)) {
            throw new FileFormatException(name, CHECKSUM_OFFSET, "the header is damaged: its checksum does not fit");
        }
        int[] checksums = header.asSlice(COLUMNS_OFFSET, 4L * columns).toArray(INT);
        long namesStart = COLUMNS_OFFSET + 4L * columns;
        return new ColumnFileHeader(type, rows,
                names(name, header, namesStart, namesStart + namesBytes, dims), flag == 1,
                header.get(LONG, MISSING_OFFSET), checksums, dataOffset);
    }

    private static void check(String name, MemorySegment file, long offset, String what, long right)
            throws FileFormatException {
        long found = file.get(LONG, offset);
        if (found != right) {
            throw new FileFormatException(name, offset, what + " " + right + ", not " + found);
        }
    }

    private static List<String> names(String name, MemorySegment header, long start, long end, int dims)
            throws FileFormatException {
        List<String> names = new ArrayList<>();
        long at = start;
        for (int i = 0; i < dims; i++) {
            int length = at > end - 4 ? -1 : header.get(INT, at);
            if (length < 0 || length > end - at - 4) {
                throw new FileFormatException(name, at, "the name of column " + i + " does not fit into the names");
            }
            try {
                names.add(StandardCharsets.UTF_8.newDecoder()
                        .decode(header.asSlice(at + 4, length).asByteBuffer()).toString());
            } catch (CharacterCodingException e) {
                throw new FileFormatException(name, at + 4, "the name of column " + i + " is not UTF-8");
            }
            at += 4 + length;
        }
        return List.copyOf(names);
    }
}
