package org.fusedem.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.fusedem.files.ColumnFile;
import org.fusedem.files.ColumnFileWriter;
import org.fusedem.points.ElementType;

/**
 * Points in a {@link ColumnFile}: the system keeps as much of it in memory as it likes. It lies in one of Spark's local
 * directories, and has no name any more once it is mapped: so nothing is left behind, however the process ends after that.
 */
final class FileTarget implements BlockLoader.Target {
    private final boolean weighted;
    private Path file;
    private ColumnFileWriter writer;

    FileTarget(boolean weighted) {
        this.weighted = weighted;
    }

    @Override
    public void add(double weight, double[] point) throws IOException {
        if (writer == null) {
            file = Files.createTempFile(directory(), "fusedem-", ".columns");
            List<String> names = IntStream.rangeClosed(1, point.length).mapToObj(i -> "x" + i).toList();
            writer = ColumnFileWriter.create(file, ElementType.FLOAT64, names, weighted);
        }
        writer.addWeighted(weight, point);
    }

    private static Path directory() {
        var directories = SparkEnv.get().blockManager().diskBlockManager().localDirs();
        return directories[ThreadLocalRandom.current().nextInt(directories.length)].toPath();
    }

    @Override
    public PointsBlock build() throws IOException {
        if (writer == null) {
            return new PointsBlock(null, 0, () -> { });
        }
        writer.finish();
        ColumnFile mapped = ColumnFile.open(file);
        try {
            return new PointsBlock(mapped.points(), Files.size(file), mapped);
        } catch (Throwable e) {
            mapped.close();
            throw e;
        }
    }

    /** Takes the name from the file; what is mapped stays. */
    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
