package org.fusedem.cli.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.files.ModelFiles;

/** A file of results that appears whole or not at all, whatever happens. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes the content. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Refuses, before the long work, what could not be written, or would overwrite the data.
     *
     * @param option that names the file, for sentences
     */
    public static void check(String option, Path file, Path data) {
        try {
            if (Files.exists(file) && Files.exists(data) && Files.isSameFile(file, data)) {
                throw CommandException.wrongUse(option + ": " + file + " is the data, which it would overwrite");
            }
            ModelFiles.checkWritable(file);
        } catch (IOException e) {
            throw CommandException.wrongUse(option + ": " + FileErrors.sentence(file, e), e);
        }
    }

    /** Makes the content, then writes it beside and renames it; a device or a pipe is simply written to. */
    public static void write(String option, Path file, Content content) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.writeTo(bytes);
            replace(file, bytes.toByteArray());
        } catch (IOException e) {
            throw CommandException.failed(option + ": " + FileErrors.sentence(file, e), e);
        }
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.write(file, bytes);
            return;
        }
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path beside = target.resolveSibling(".fusedem-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        try {
            Files.write(beside, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
