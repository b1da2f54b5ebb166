package org.fusedem.files;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Reads arrays in NumPy's format into memory, from a stream. */
final class NpyReader {
    private static final int PIECE_BYTES = 1 << 16;

    /** Of memory, before the first byte has come; then twice as much each time that it is full. */
    private static final long FIRST_BYTES = 1 << 20;

    private NpyReader() {}

    /**
     * Reads an array, after which the stream must end. Memory grows with what is read: a header that lies costs nothing.
     *
     * @param most how many bytes there can be
     */
    static NpyArray read(String name, InputStream in, long most) throws IOException {
        NpyHeader header = header(name, in);
        long size = byteSize(name, header, most - header.bytes());
        Arena arena = Arena.ofShared();
        try {
            MemorySegment data = arena.allocate(Math.min(size, FIRST_BYTES), Double.BYTES);
            fill(data, 0, name, header, in);
            while (data.byteSize() < size) {
                Arena larger = Arena.ofShared();
                MemorySegment more = larger.allocate(Math.min(size, 2 * data.byteSize()), Double.BYTES);
                MemorySegment.copy(data, 0, more, 0, data.byteSize());
                arena.close();
                arena = larger;
                long from = data.byteSize();
                data = more;
                fill(data, from, name, header, in);
            }
            if (in.read() >= 0) {
                throw new FileFormatException(name, header.bytes() + size, "bytes follow the array");
            }
            return new NpyArray(name, header, data, arena);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    private static NpyHeader header(String name, InputStream in) throws IOException {
        byte[] prefix = in.readNBytes(NpyHeader.PREFIX_BYTES);
        byte[] rest = in.readNBytes(NpyHeader.lengthAfterPrefix(prefix));
        byte[] start = Arrays.copyOf(prefix, prefix.length + rest.length);
        System.arraycopy(rest, 0, start, prefix.length, rest.length);
        return NpyHeader.read(name, start);
    }

    private static void fill(MemorySegment data, long from, String name, NpyHeader header, InputStream in)
            throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        for (long at = from; at < data.byteSize(); ) {
            int count = in.read(piece, 0, (int) Math.min(piece.length, data.byteSize() - at));
            if (count < 0) {
                throw new FileFormatException(name, header.bytes() + at, "the array is cut off");
            }
            MemorySegment.copy(MemorySegment.ofArray(piece), 0, data, at, count);
            at += count;
        }
    }

    /** The bytes of the elements, which must be there. */
    static long byteSize(String name, NpyHeader header, long there) throws FileFormatException {
        long elements = header.elements();
        int bytes = header.type().bytes();
        if (elements > Math.max(0, there) / bytes) {
            throw new FileFormatException(name, header.bytes(), "the array is cut off: its shape " + header.shape()
                    + " needs more than the " + Math.max(0, there) + " bytes there are");
        }
        return elements * bytes;
    }
}
