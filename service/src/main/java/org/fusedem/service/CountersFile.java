package org.fusedem.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.fusedem.files.ReplacedFile;

/**
 * Counters in a memory-mapped file, which other processes read while they change: a header, then the two buffers that
 * Agrona's {@link CountersManager} describes. All in the byte order of the machine.
 *
 * <table>
 * <caption>The file</caption>
 * <tr><th>offset</th><th>type</th><th>what</th></tr>
 * <tr><td>0</td><td>int</td><td>{@link #MAGIC}</td></tr>
 * <tr><td>4</td><td>int</td><td>{@link #VERSION}</td></tr>
 * <tr><td>8</td><td>int</td><td>the number of places for counters, n</td></tr>
 * <tr><td>12</td><td>int</td><td>zero</td></tr>
 * <tr><td>16</td><td>long</td><td>the process id of the writer</td></tr>
 * <tr><td>24</td><td>long</td><td>when the file was made, in ms since 1970</td></tr>
 * <tr><td>128</td><td></td><td>metadata: n records of 512 bytes</td></tr>
 * <tr><td>128 + 512 n</td><td></td><td>values: n records of 128 bytes</td></tr>
 * </table>
 *
 * <p>The file appears whole, under a name of its own until then; it replaces one of an earlier run, and stays when the
 * process ends. The mapping is freed by the garbage collector once nothing refers to it, never before: so a counter
 * that is used late cannot crash the JVM.
 */
public final class CountersFile {
    /** The letters fcnt, the first at the lowest address of a little-endian machine. */
    public static final int MAGIC = 0x74_6e_63_66;

    /** Of this layout. */
    public static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Integer.BYTES;
    static final int PLACES_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int RESERVED_OFFSET = PLACES_OFFSET + Integer.BYTES;
    static final int PROCESS_OFFSET = RESERVED_OFFSET + Integer.BYTES;
    static final int CREATED_OFFSET = PROCESS_OFFSET + Long.BYTES;
    /** Two cache lines, as much as a counter has. */
    static final int METADATA_OFFSET = 128;

    /** Far more than anybody has: 2.5 MiB of them. */
    private static final int MOST_PLACES = 1 << 12;

    private final UnsafeBuffer header;
    private final UnsafeBuffer metadata;
    private final UnsafeBuffer values;

    private CountersFile(MappedByteBuffer file, int places) {
        int metadataBytes = places * CountersReader.METADATA_LENGTH;
        header = new UnsafeBuffer(file, 0, METADATA_OFFSET);
        metadata = new UnsafeBuffer(file, METADATA_OFFSET, metadataBytes);
        values = new UnsafeBuffer(file, METADATA_OFFSET + metadataBytes, places * CountersReader.COUNTER_LENGTH);
    }

    /**
     * Makes a file with places for so many counters, and gives the manager that allocates them.
     *
     * @throws IOException if the file cannot be made
     * @throws IllegalArgumentException if places is not positive, or more than 4096
     */
    public static CountersManager create(Path file, int places) throws IOException {
        if (places <= 0 || places > MOST_PLACES) {
            throw new IllegalArgumentException("places must be 1 to " + MOST_PLACES + ": places=" + places);
        }
        new ReplacedFile(file).write(out -> out.write(bytes(places)));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            CountersFile made = new CountersFile(channel.map(MapMode.READ_WRITE, 0, length(places)), places);
            return new CountersManager(made.metadata, made.values);
        }
    }

    /** Every byte of a new file, so that a disk that is full says so now, and not when a counter is first touched. */
    private static byte[] bytes(int places) {
        ByteBuffer bytes = ByteBuffer.allocate((int) length(places)).order(ByteOrder.nativeOrder());
        bytes.putInt(MAGIC_OFFSET, MAGIC);
        bytes.putInt(VERSION_OFFSET, VERSION);
        bytes.putInt(PLACES_OFFSET, places);
        bytes.putLong(PROCESS_OFFSET, ProcessHandle.current().pid());
        bytes.putLong(CREATED_OFFSET, System.currentTimeMillis());
        return bytes.array();
    }

    /**
     * Opens a file to read, also while its process writes.
     *
     * @throws IOException if the file cannot be read, or is none of counters: then the message is a sentence that
     *     starts with its name
     */
    public static CountersFile open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a directory");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long bytes = channel.size();
            if (bytes < METADATA_OFFSET || bytes > length(MOST_PLACES)) {
                throw new IOException(file + ": is no file of counters: bytes=" + bytes);
            }
            MappedByteBuffer map = channel.map(MapMode.READ_ONLY, 0, bytes);
            map.order(ByteOrder.nativeOrder());
            if (map.getInt(MAGIC_OFFSET) != MAGIC) {
                throw new IOException(file + ": is no file of counters: it starts with other bytes");
            }
            if (map.getInt(VERSION_OFFSET) != VERSION) {
                throw new IOException(file + ": is of another version than this release reads, " + VERSION
                        + ": version=" + map.getInt(VERSION_OFFSET));
            }
            int places = map.getInt(PLACES_OFFSET);
            if (places <= 0 || places > MOST_PLACES || length(places) != bytes) {
                throw new IOException(file + ": is damaged: places=" + places + ", bytes=" + bytes);
            }
            CountersFile opened = new CountersFile(map, places);
            opened.checkLabels(file);
            return opened;
        }
    }

    /** Agrona believes what the file says of their lengths. */
    private void checkLabels(Path file) throws IOException {
        for (int at = 0; at < metadata.capacity(); at += CountersReader.METADATA_LENGTH) {
            int length = metadata.getInt(at + CountersReader.LABEL_OFFSET);
            if (length < 0 || length > CountersReader.MAX_LABEL_LENGTH) {
                throw new IOException(file + ": is damaged: the label of counter "
                        + at / CountersReader.METADATA_LENGTH + " has length=" + length);
            }
        }
    }

    private static long length(int places) {
        return METADATA_OFFSET + places * (long) (CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH);
    }

    /** The id of the process that made the file; it may have ended. */
    public long processId() {
        return header.getLong(PROCESS_OFFSET);
    }

    /** When the file was made, in milliseconds since 1970. */
    public long createdMillis() {
        return header.getLong(CREATED_OFFSET);
    }

    /** The counters: their labels and, at any time, their values. For any thread. */
    public CountersReader counters() {
        return new CountersReader(metadata, values);
    }
}
