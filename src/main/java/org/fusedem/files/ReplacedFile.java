package org.fusedem.files;

import java.io.BufferedWriter;
import java.io.IOException;
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
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears whole or not at all: written beside, under a passing name, and renamed when it is done and on the
 * disk. What stood there before stays until then.
 */
final class ReplacedFile {
    private final Path target;

    /** @throws IOException if nothing can be written there */
    ReplacedFile(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw new AccessDeniedException(path.toString(), null, "no permission to write it");
        }
        // A link stays a link: what it points to is replaced.
        target = Files.isRegularFile(path) ? path.toRealPath() : path.toAbsolutePath();
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

    /** Writes the text. */
    interface Content {
        void writeTo(Appendable out) throws IOException;
    }

    void write(Content content) throws IOException {
        if (isSpecial()) {
            try (Writer out = Files.newBufferedWriter(target)) {
                content.writeTo(out);
            }
            return;
        }
        Path beside = target.resolveSibling(".fusedem-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        try {
            try (FileChannel channel =
                            FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    Writer out = new BufferedWriter(
                            new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            keepPermissions(beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Who may read the old file may read the new one, and nobody else. */
    private void keepPermissions(Path beside) throws IOException {
        if (Files.exists(target) && Files.getFileStore(target).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(target));
        }
    }

    /** Whether there is a device or a pipe, which must not be replaced by a file, and has no content to lose. */
    private boolean isSpecial() {
        return Files.exists(target) && !Files.isRegularFile(target);
    }
}
