package org.fusedem.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.fusedem.cli.data.CsvReading;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A numeric CSV file of 64 MB, in the system's cache, read by one thread into off-heap columns: by the command's reader,
 * and by lines, cells and {@link Double#parseDouble}, as one would write it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CsvBenchmark {
    private static final int DIMS = 8;
    private static final long FILE_BYTES = 64_000_000;

    /** Who reads. */
    public enum Reader {
        /** The command's reader. */
        FUSEDEM,
        /** The JDK alone. */
        PARSE_DOUBLE
    }

    /** How numbers are written. */
    public enum Digits {
        /** With four decimals, as measurements are. */
        FOUR_DECIMALS,
        /** With all digits it takes to read the same double back. */
        ALL
    }

    /** Who reads. */
    @Param
    public Reader reader;

    /** What. */
    @Param
    public Digits digits;

    private Path file;
    private long bytes;

    /** Turns files into millions of bytes, per second. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Rate {
        /** Millions of bytes read. */
        public long megabytes;

        /** For JMH. */
        public Rate() {}
    }

    /** For JMH. */
    public CsvBenchmark() {}

    /** Writes the file. */
    @Setup
    public void write() throws IOException {
        write(FILE_BYTES);
    }

    void write(long length) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        file = Files.createTempFile("fusedem-benchmark-", ".csv");
        try (var out = Files.newBufferedWriter(file)) {
            for (long written = 0; written < length; ) {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < DIMS; i++) {
                    double x = 100 * random.nextGaussian();
                    line.append(i == 0 ? "" : ",")
                            .append(digits == Digits.ALL ? Double.toString(x) : String.format(Locale.ROOT, "%.4f", x));
                }
                out.append(line).append('\n');
                written += line.length() + 1;
            }
        }
        bytes = Files.size(file);
    }

    /** Deletes it. */
    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    /** The whole file. */
    @Benchmark
    public double read(Rate rate) {
        try (Points points = points()) {
            rate.megabytes += bytes / 1_000_000;
            return points.get(points.size() - 1, DIMS - 1);
        }
    }

    Points points() {
        return reader == Reader.FUSEDEM ? CsvReading.read(file) : parseDoubles();
    }

    private Points parseDoubles() {
        double[] row = new double[DIMS];
        try (BufferedReader lines = Files.newBufferedReader(file); PointsBuilder builder = Points.builder(DIMS)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",");
                for (int i = 0; i < DIMS; i++) {
                    row[i] = Double.parseDouble(cells[i]);
                }
                builder.add(row);
            }
            return builder.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
