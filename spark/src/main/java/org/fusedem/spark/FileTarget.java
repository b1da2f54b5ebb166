package org.fusedem.spark;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.spark.SparkEnv;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * Points in a mapped file: the system keeps as much of it in memory as it likes. A file of its own, in one of Spark's
 * local directories, and without a name from the moment it is mapped: so nothing is left behind, however the process
 * ends.
 *
 * <p>How many points there will be is not known before the last, and columns cannot be written before that. So chunks of
 * columns go to a first file, from which the second is put together.
 */
final class FileTarget implements BlockLoader.Target {
    /** Numbers in a chunk: 1 MiB of them. */
    private static final int CHUNK_NUMBERS = 1 << 17;

    private static final long ALIGNMENT_BYTES = 64;

    private final boolean weighted;
    private final Arena scratch = Arena.ofConfined();
    private FileChannel chunks;
    private MemorySegment chunk;
    private int dims;
    private int columns;
    private int chunkPoints;
    private long size;

    FileTarget(boolean weighted) {
        this.weighted = weighted;
    }

    @Override
    public void add(double weight, double[] point) throws IOException {
        if (chunks == null) {
            open(point.length);
        }
        if (point.length != dims) {
            throw new IllegalArgumentException("a point must have " + dims + " coordinates: coordinates="
                    + point.length);
        }
        int place = (int) (size % chunkPoints);
        for (int i = 0; i < dims; i++) {
            chunk.setAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * chunkPoints + place, point[i]);
        }
        if (weighted) {
            chunk.setAtIndex(ValueLayout.JAVA_DOUBLE, (long) dims * chunkPoints + place, weight);
        }
        size++;
        if (place == chunkPoints - 1) {
            flush();
        }
    }

    private void open(int newDims) throws IOException {
        if (newDims == 0) {
            throw new IllegalArgumentException("dims must be positive: dims=0");
        }
        dims = newDims;
        columns = weighted ? dims + 1 : dims;
        chunkPoints = Math.max(64, CHUNK_NUMBERS / columns);
        chunk = scratch.allocate(chunkBytes(), ALIGNMENT_BYTES);
        chunks = newFile();
    }

    private long chunkBytes() {
        return (long) columns * chunkPoints * Double.BYTES;
    }

    private void flush() throws IOException {
        var bytes = chunk.asByteBuffer();
        while (bytes.hasRemaining()) {
            chunks.write(bytes);
        }
    }

    /** A file that goes when it is closed and no longer mapped. */
    private static FileChannel newFile() throws IOException {
        var directories = SparkEnv.get().blockManager().diskBlockManager().localDirs();
        Path directory = directories[ThreadLocalRandom.current().nextInt(directories.length)].toPath();
        Path file = Files.createTempFile(directory, "fusedem-", ".columns");
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public PointsBlock build() throws IOException {
        if (chunks == null) {
            return new PointsBlock(null, 0, () -> { });
        }
        if (size % chunkPoints > 0) {
            flush();
        }
        long stride = OffHeapMemory.strideBytes(size);
        Arena arena = Arena.ofShared();
        try (FileChannel file = newFile()) {
            MemorySegment mapped = file.map(FileChannel.MapMode.READ_WRITE, 0, stride * columns, arena);
            copyInto(mapped, stride);
            MemorySegment[] features = new MemorySegment[dims];
            for (int i = 0; i < dims; i++) {
                features[i] = column(mapped, i, stride);
            }
            Points points = Points.weightedView(
                    ElementType.FLOAT64, size, weighted ? column(mapped, dims, stride) : null, features);
            return new PointsBlock(points, stride * columns, arena::close);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    private MemorySegment column(MemorySegment mapped, int i, long stride) {
        return mapped.asSlice(i * stride, size * Double.BYTES);
    }

    private void copyInto(MemorySegment mapped, long stride) throws IOException {
        for (long start = 0; start < size; start += chunkPoints) {
            var bytes = chunk.asByteBuffer();
            long position = start / chunkPoints * chunkBytes();
            while (bytes.hasRemaining() && chunks.read(bytes, position + bytes.position()) >= 0) {
                // Until the chunk is whole.
            }
            long count = Math.min(chunkPoints, size - start);
            for (int i = 0; i < columns; i++) {
                MemorySegment.copy(chunk, (long) i * chunkPoints * Double.BYTES, mapped, i * stride + start * Double.BYTES,
                        count * Double.BYTES);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (scratch.scope().isAlive()) {
            scratch.close();
        }
        if (chunks != null) {
            chunks.close();
        }
    }
}
