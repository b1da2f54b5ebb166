package org.fusedem.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;

/**
 * A data file, or what comes in by a pipe: what it is, and how to get at it. Compression by gzip is undone on the way.
 */
final class DataSource implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path name;
    private final InputStream stream;
    private final DataFormat format;
    /** Whether the file itself holds the format's bytes, and can be mapped. */
    private final boolean plain;
    private Path copy;

    private DataSource(Path name, InputStream stream, DataFormat format, boolean plain) {
        this.name = name;
        this.stream = stream;
        this.format = format;
        this.plain = plain;
    }

    /** Opens a file; {@code -} is standard input. */
    static DataSource open(Path file) throws IOException {
        if (FileErrors.isStandardInput(file)) {
            return open(file, System.in, false, false);
        }
        if (Files.isDirectory(file)) {
            throw CommandException.wrongUse(FileErrors.name(file) + ": is a directory, not a file of data");
        }
        InputStream stream = Files.newInputStream(file);
        try {
            return open(file, stream, Files.isRegularFile(file), false);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private static DataSource open(Path file, InputStream stream, boolean plain, boolean unpacked) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(stream, DataFormat.HEAD_BYTES);
        byte[] head = bytes.readNBytes(DataFormat.HEAD_BYTES);
        bytes.unread(head);
        DataFormat format = DataFormat.of(head);
        String problem = switch (format) {
            case GZIP -> unpacked ? "is compressed twice" : null;
            case ZSTD -> "is compressed by zstd: run zstd -dc " + FileErrors.name(file) + ", and give its output as -";
            case FEATHER_1 -> "is of version 1 of Feather, which nobody writes any more: write it as version 2";
            case ARROW_STREAM -> "is a stream of Arrow's: write it as an Arrow file (Feather)";
            default -> null;
        };
        if (problem != null) {
            throw CommandException.wrongUse(FileErrors.name(file) + ": " + problem);
        }
        return format == DataFormat.GZIP
                ? open(file, new GzipMembers(bytes, BUFFER_BYTES), false, true)
                : new DataSource(file, bytes, format, plain);
    }

    Path name() {
        return name;
    }

    DataFormat format() {
        return format;
    }

    /** The bytes, from the first. */
    InputStream stream() {
        return stream;
    }

    /** The bytes in a file, to be mapped: where there is none a copy, which is gone when this is closed. */
    Path file() throws IOException {
        if (plain) {
            return name;
        }
        if (copy == null) {
            copy = Files.createTempFile("fusedem-", ".data");
            // Where a signal ends the process nobody closes this.
            copy.toFile().deleteOnExit();
            Files.copy(stream, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    /** What happened to the file, also where it happened to the copy. */
    String sentence(IOException e) {
        String sentence = FileErrors.sentence(name, e);
        return copy == null ? sentence : sentence.replace(copy.toString(), FileErrors.name(name));
    }

    @Override
    public void close() throws IOException {
        try {
            stream.close();
        } finally {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        }
    }
}
