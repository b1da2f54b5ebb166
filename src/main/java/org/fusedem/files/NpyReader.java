package org.fusedem.files;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Reads arrays in NumPy's format into memory, from a stream. */
final class NpyReader {
    private static final int PIECE_BYTES = 1 << 16;

    private NpyReader() {}

    /**
     * Reads an array, after which the stream must end.
     *
     * @param most how many bytes there can be, so that a header that lies costs nothing
     */
    static NpyArray read(String name, InputStream in, long most) throws IOException {
        NpyHeader header = header(name, in);
        Arena arena = Arena.ofShared();
        try {
            MemorySegment data = arena.allocate(byteSize(name, header, most - header.bytes()), Double.BYTES);
            fill(data, name, header, in);
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

    private static void fill(MemorySegment data, String name, NpyHeader header, InputStream in) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        for (long at = 0; at < data.byteSize(); ) {
            int count = in.read(piece, 0, (int) Math.min(piece.length, data.byteSize() - at));
            if (count < 0) {
                throw new FileFormatException(name, header.bytes() + at, "the array is cut off");
            }
            MemorySegment.copy(MemorySegment.ofArray(piece), 0, data, at, count);
            at += count;
        }
        if (in.read() >= 0) {
            throw new FileFormatException(name, header.bytes() + data.byteSize(), "bytes follow the array");
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
