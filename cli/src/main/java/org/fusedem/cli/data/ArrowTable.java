package org.fusedem.cli.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.fusedem.files.FileFormatException;
import org.fusedem.points.ElementType;

/**
 * An Arrow file (Feather version 2), mapped into memory: numbers are read where they stand. A column of 32- or 64-bit
 * floating-point numbers without gaps in a file of one batch can be borrowed.
 */
final class ArrowTable implements Table {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.ISO_8859_1);

    /** The magic and two zeros. */
    private static final int HEAD_BYTES = 8;

    /** The footer's length and the magic. */
    private static final int TAIL_BYTES = 10;

    /** A message's length, behind four bytes of ones. */
    private static final int PREFIX_BYTES = 8;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String name;
    private final MemorySegment file;
    private final Arena arena;
    private final List<String> names = new ArrayList<>();
    private final List<ArrowNumber> types = new ArrayList<>();
    private final List<ArrowBatch> batches = new ArrayList<>();
    private long size;
    /** The batch of the value read last, and the row that it begins with: mostly that of the next value too. */
    private ArrowBatch current;

    private long currentStart;

    ArrowTable(Path path) throws IOException {
        name = path.toString();
        arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            read();
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    private void read() throws FileFormatException {
        long end = file.byteSize() - TAIL_BYTES;
        if (end < HEAD_BYTES || !endsWithMagic()) {
            throw new FileFormatException(name, file.byteSize(), "the Arrow file is cut off: it does not end as it began");
        }
        int length = file.get(INT, end);
        if (length <= 0 || length > end - HEAD_BYTES) {
            throw new FileFormatException(name, end, "a footer of " + length + " bytes does not fit");
        }
        long start = end - length;
        try {
            Footer footer = Footer.getRootAsFooter(buffer(start, length));
            Schema schema = footer.schema();
            if (schema.endianness() != Endianness.Little) {
                throw new ArrowBatch.Malformed("numbers are big-endian, which is not read");
            }
            readColumns(schema, length);
            long free = HEAD_BYTES;
            for (int i = 0; i < footer.recordBatchesLength(); i++) {
                Block block = footer.recordBatches(i);
                batches.add(batch(schema, block, free, start));
                // No byte belongs to two batches: so they are no larger together than the file, whatever the footer says.
                free = block.offset() + block.metaDataLength() + block.bodyLength();
                size = Math.addExact(size, batches.getLast().length());
            }
        } catch (ArrowBatch.Malformed e) {
            throw new FileFormatException(name, start, e.getMessage());
        } catch (FileFormatException e) {
            throw e;
        } catch (RuntimeException e) {
            // Flatbuffers have no check of their own: a damaged one leads out of its bytes.
            throw new FileFormatException(name, start, "the metadata are damaged: " + e);
        }
        if (names.isEmpty()) {
            throw new FileFormatException(name, start, "the file has no columns");
        }
    }

    private void readColumns(Schema schema, long footerBytes) throws ArrowBatch.Malformed {
        long left = footerBytes;
        for (int i = 0; i < schema.fieldsLength(); i++) {
            Field field = schema.fields(i);
            String column = field.name() == null ? "" : field.name();
            left -= column.length();
            if (left < 0) {
                throw new ArrowBatch.Malformed("the names of columns are longer than the footer that holds them");
            }
            names.add(column);
            types.add(ArrowNumber.of(field));
        }
    }

    private boolean endsWithMagic() {
        return MemorySegment.mismatch(file, file.byteSize() - MAGIC.length, file.byteSize(),
                MemorySegment.ofArray(MAGIC), 0, MAGIC.length) < 0;
    }

    private ByteBuffer buffer(long offset, long length) {
        return file.asSlice(offset, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A batch, which stands in the bytes from {@code free} to the footer. */
    private ArrowBatch batch(Schema schema, Block block, long free, long footerStart)
            throws FileFormatException, ArrowBatch.Malformed {
        long offset = block.offset();
        long metadata = block.metaDataLength();
        long body = block.bodyLength();
        if (offset < free || metadata < PREFIX_BYTES || body < 0 || body > footerStart
                || offset > footerStart - metadata - body) {
            throw new ArrowBatch.Malformed("a batch at byte " + offset + " of " + metadata + " and " + body
                    + " bytes is not in the file");
        }
        if (file.get(INT, offset) != -1) {
            throw new FileFormatException(name, offset, "no message of Arrow's begins here (or one of before 2019)");
        }
        Message message = Message.getRootAsMessage(buffer(offset + PREFIX_BYTES, metadata - PREFIX_BYTES));
        if (message.headerType() != MessageHeader.RecordBatch) {
            throw new FileFormatException(name, offset, "a batch of rows should be here");
        }
        RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
        if (batch.compression() != null) {
            String codec = batch.compression().codec() == CompressionType.ZSTD ? "zstd" : "LZ4";
            throw new FileFormatException(name, offset, "the Arrow file is compressed by " + codec
                    + ": write it without, in Python by feather.write_feather(data, file, compression='uncompressed')");
        }
        return ArrowBatch.of(schema, message.version(), batch, file.asSlice(offset + metadata, body));
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public boolean named() {
        return true;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String notNumbers(int column) {
        return types.get(column) == null ? "no numbers" : null;
    }

    @Override
    public double get(long row, int column) {
        if (current == null || row < currentStart || row - currentStart >= current.length()) {
            find(row);
        }
        return current.columns().get(column).get(row - currentStart);
    }

    private void find(long row) {
        long start = 0;
        for (ArrowBatch batch : batches) {
            if (row - start < batch.length()) {
                current = batch;
                currentStart = start;
                return;
            }
            start += batch.length();
        }
        throw new IndexOutOfBoundsException("row=" + row + ", size=" + size);
    }

    @Override
    public ElementType type(int column) {
        return types.get(column) == ArrowNumber.FLOAT32 ? ElementType.FLOAT32 : ElementType.FLOAT64;
    }

    @Override
    public MemorySegment segment(int column) {
        ArrowNumber type = types.get(column);
        boolean floating = type == ArrowNumber.FLOAT32 || type == ArrowNumber.FLOAT64;
        if (!floating || batches.size() != 1 || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            return null;
        }
        ArrowBatch.Column only = batches.getFirst().columns().get(column);
        return only.validity() == null ? only.numbers() : null;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
