package org.fusedem.files;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears whole or not at all: written beside, under a passing name, and renamed when it is done and on the
 * disk. What stood there before stays until then, its permissions are the new one's, and a link to it stays a link.
 *
 * <pre>{@code
 * new ReplacedFile(path).write(out -> out.write(checkpoint.toBytes()));
 * }</pre>
 *
 * <p>Thread-safe; of several who write at once one is the last.
 */
public final class ReplacedFile {
    private static final Set<StandardOpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path target;

    /**
     * Asks whether the file could be written: worth while before long work.
     *
     * @throws IOException that says why not
     */
    public ReplacedFile(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw new AccessDeniedException(path.toString(), null, "no permission to write it");
        }
        // A link stays a link: what it points to is replaced.
        target = target(path).toAbsolutePath();
        if (!Files.isDirectory(target.getParent())) {
            throw new NoSuchFileException(path.toString(), null, "there is no folder " + target.getParent());
        }
        if (isSpecial()) {
            return;
        }
        if (!Files.isWritable(target.getParent())) {
            throw new AccessDeniedException(path.toString(), null, "no permission to write in its folder");
        }
    }

    private static Path target(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return path.toRealPath();
        }
        return Files.isSymbolicLink(path) && !Files.exists(path)
                ? path.resolveSibling(Files.readSymbolicLink(path)) : path;
    }

    /** The file that is written, absolute: where a link leads, if there is one. */
    public Path target() {
        return target;
    }

    /** What is to stand in the file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes it, from first to last.
         *
         * @param out buffered; not to be closed
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /** The same as text. */
    interface Text {
        void writeTo(Appendable out) throws IOException;
    }

    void writeText(Text text) throws IOException {
        write(out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            text.writeTo(writer);
            writer.flush();
        });
    }

    /**
     * Writes the file. A device or a pipe is simply written to.
     *
     * @throws IOException if that fails; a file is then as it was
     */
    public void write(Content content) throws IOException {
        if (isSpecial()) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
                content.writeTo(out);
            }
            return;
        }
        try (Draft draft = draft()) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(draft.channel()));
            content.writeTo(out);
            out.flush();
            draft.publish();
        }
    }

    /**
     * Begins a new version.
     *
     * @throws IOException if there is a device or a pipe, which has no versions
     */
    Draft draft() throws IOException {
        if (isSpecial()) {
            throw new FileSystemException(target.toString(), null, "is a device or a pipe, and a file is needed");
        }
        return new Draft();
    }

    /** A file beside that nobody sees and that is gone when it is closed, or the process ends. */
    FileChannel scratch() throws IOException {
        return FileChannel.open(beside(), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private Path beside() {
        return target.resolveSibling(".fusedem-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    }

    /** A new version of the file, beside it. Closed without {@link #publish}, it is gone. */
    final class Draft implements AutoCloseable {
        private final Path beside = beside();
        private final FileChannel channel = FileChannel.open(beside, OPTIONS, permissions());

        private Draft() throws IOException {}

        FileChannel channel() {
            return channel;
        }

        /** Puts it, once on the disk, in the old version's place. */
        void publish() throws IOException {
            channel.force(true);
            keepPermissions(beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    /** Those of the old file, from the first byte on; of none, what the process gives new files. */
    private FileAttribute<?>[] permissions() throws IOException {
        return hasPermissions() ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(target))
        } : new FileAttribute<?>[0];
    }

    /** The same again: a new file gets no more than the process gives new files. */
    private void keepPermissions(Path beside) throws IOException {
        if (hasPermissions()) {
            Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(target));
        }
    }

    private boolean hasPermissions() throws IOException {
        return Files.exists(target)
                && Files.getFileStore(target).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    /** Whether there is a device or a pipe, which must not be replaced by a file, and has no content to lose. */
    private boolean isSpecial() {
        return Files.exists(target) && !Files.isRegularFile(target);
    }
}
