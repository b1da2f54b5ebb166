package org.fusedem.publish;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Memory with a shared layout: a mapped file, or a segment of this process. */
final class SharedMemory implements AutoCloseable {
    private static final int ZEROS = 1 << 16;

    private final String name;
    private final SharedLayout layout;
    private final MemorySegment segment;
    /** Null where the memory is another's. */
    private final Arena arena;
    /** The channel of the lock file, which holds the lock as long as it is open; null without a lock. */
    private final FileChannel lock;

    SharedMemory(String name, SharedLayout layout, MemorySegment segment, Arena arena, FileChannel lock) {
        this.name = name;
        this.layout = layout;
        this.segment = segment;
        this.arena = arena;
        this.lock = lock;
    }

    static SharedMemory openToRead(Path file) throws IOException {
        return map(file, MapMode.READ_ONLY, null, StandardOpenOption.READ);
    }

    /** Makes the file if it is not there, and keeps other writers away until closed. */
    static SharedMemory openToWrite(Path file, SharedLayout layout) throws IOException {
        // Under whatever links, it is one file, so one lock.
        FileChannel lock = lock(Files.exists(file) && Files.isSymbolicLink(file) ? file.toRealPath() : file);
        try {
            if (!Files.exists(file)) {
                create(file, layout);
            }
            SharedMemory memory =
                    map(file, MapMode.READ_WRITE, lock, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                memory.checkKind(layout);
            } catch (Throwable e) {
                memory.close();
                throw e;
            }
            return memory;
        } catch (Throwable e) {
            lock.close();
            throw e;
        }
    }

    /**
     * A file of its own, since the system forgets a process's lock on a file as soon as that process closes any of its
     * channels to it, those of readers included.
     */
    private static FileChannel lock(Path file) throws IOException {
        Path path = Path.of(file + ".lock");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another writer of this process has it.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new IOException(file + ": another writer has it: " + path + " is locked");
        }
        return channel;
    }

    /**
     * Nobody ever sees the file without its header: it is written beside, and renamed. All of it is written, so that
     * a disk that is full says so now, and not by a signal when a page is first touched.
     */
    private static void create(Path file, SharedLayout layout) throws IOException {
        Path beside = Path.of(file + ".new");
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(SharedLayout.HEADER_BYTES);
            layout.write(header);
            write(channel, header.asByteBuffer());
            ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
            for (long left = layout.totalBytes() - SharedLayout.HEADER_BYTES; left > 0; left -= zeros.limit()) {
                zeros.clear().limit((int) Math.min(ZEROS, left));
                write(channel, zeros);
            }
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static SharedMemory map(Path file, MapMode mode, FileChannel lock, StandardOpenOption... options)
            throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, options)) {
            long bytes = channel.size();
            MemorySegment segment = channel.map(mode, 0, bytes, arena);
            return new SharedMemory(
                    file.toString(), SharedLayout.read(file.toString(), segment, bytes), segment, arena, lock);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    private void checkKind(SharedLayout wanted) throws SharedModelException {
        if (layout.covariance() != wanted.covariance()) {
            throw new SharedModelException(name, SharedLayout.COVARIANCE_OFFSET, "the file is for other models:"
                    + " covariance=" + layout.covariance().label() + ", wanted=" + wanted.covariance().label());
        }
        if (layout.components() != wanted.components()) {
            throw new SharedModelException(name, SharedLayout.COMPONENTS_OFFSET, "the file is for other models:"
                    + " components=" + layout.components() + ", wanted=" + wanted.components());
        }
        if (layout.dims() != wanted.dims()) {
            throw new SharedModelException(name, SharedLayout.DIMS_OFFSET, "the file is for other models: dims="
                    + layout.dims() + ", wanted=" + wanted.dims());
        }
    }

    /** What messages call it. */
    String name() {
        return name;
    }

    SharedLayout layout() {
        return layout;
    }

    MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        if (arena != null && arena.scope().isAlive()) {
            arena.close();
        }
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                // The lock is gone with the channel, or with the process.
            }
        }
    }
}
