package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.files.ColumnFileWriter;
import org.fusedem.points.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file four times as large as all memory that the process may have, on the heap and off it, is fitted, drawn and
 * converted; score reads row by row, whatever the file, and select fits.
 * What is mapped counts as the system's own, which takes it back when it needs the room; what an arena allocates no limit of
 * the JVM's catches. So the process's anonymous memory is measured, where the system tells (Linux).
 */
class LargerThanMemoryTest {
    private static final int HEAP_MIB = 32;
    private static final int DIRECT_MIB = 8;
    private static final long FILE_BYTES = 4L * (HEAP_MIB + DIRECT_MIB) << 20;
    private static final int DIMS = 8;

    @TempDir
    private Path folder;

    private long largestAnonymous;

    private Path file() throws IOException {
        Path file = folder.resolve("points.fcol");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < DIMS; i++) {
            names.add("x" + i);
        }
        SplittableRandom random = new SplittableRandom(1);
        double[] row = new double[DIMS];
        try (ColumnFileWriter writer = ColumnFileWriter.create(file, ElementType.FLOAT32, names, false)) {
            while (writer.size() * DIMS * Float.BYTES < FILE_BYTES) {
                double centre = random.nextBoolean() ? 3 : -3;
                for (int i = 0; i < DIMS; i++) {
                    row[i] = centre + random.nextDouble();
                }
                writer.add(row);
            }
            writer.finish();
        }
        return file;
    }

    /** Runs the command in a process of its own; the output is what it printed. */
    private String run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m", "-XX:MaxDirectMemorySize=" + DIRECT_MIB + "m", "-XX:+UseSerialGC",
                "-p", System.getProperty("jdk.module.path"), "-m", "org.fusedem.cli/org.fusedem.cli.Main"));
        command.addAll(List.of(args));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        for (int turn = 0; process.isAlive() && turn < 50 * LimitedProcess.PATIENCE_SECONDS; turn++) {
            largestAnonymous = Math.max(largestAnonymous, anonymousBytes(status));
            Thread.sleep(20);
        }
        int exitCode = LimitedProcess.exitCode(process);
        String printed = Files.readString(out);
        assertEquals(0, exitCode, printed);
        return printed;
    }

    private static long anonymousBytes(Path status) {
        try {
            return Files.readAllLines(status).stream().filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException e) {
            // It has ended, or this is another system.
            return 0;
        }
    }

    @Test
    void fitsDrawsAndConvertsWhatDoesNotFitIntoMemory() throws IOException, InterruptedException {
        Path file = file();
        assertTrue(Files.size(file) > FILE_BYTES);
        String fit = run("fit", file.toString(), "-k", "2", "--restarts", "3", "--max-iterations", "3",
                "--model", folder.resolve("model.json").toString());
        assertTrue(fit.contains("-2.500 ± 0.289    3.500 ± 0.289"), fit);
        run("plot", folder.resolve("model.json").toString(), file.toString(), "-o", folder.resolve("plot.svg").toString());
        run("convert", file.toString(), folder.resolve("again.fcol").toString());
        assertEquals(-1, Files.mismatch(file, folder.resolve("again.fcol")));
        if (Files.exists(Path.of("/proc/self/status"))) {
            assertTrue(largestAnonymous > 0, "measured");
            // Heap and direct memory, and what a JVM needs beside: compiled code, classes, the compiler itself.
            assertTrue(largestAnonymous < FILE_BYTES, largestAnonymous + " bytes of its own");
        }
    }
}
