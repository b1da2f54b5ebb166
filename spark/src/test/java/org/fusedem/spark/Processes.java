package org.fusedem.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fusedem.points.Points;

/**
 * Spark in processes of its own, as its scripts start it: those ask {@code org.apache.spark.launcher.Main} for a command,
 * and run that.
 */
final class Processes implements AutoCloseable {
    private static final Path SPARK_HOME = Path.of(System.getenv("SPARK_HOME"));

    private final Path folder;
    private final List<Process> running = new ArrayList<>();

    Processes(Path folder) {
        this.folder = folder;
    }

    /** What {@code bin/spark-class} with these arguments would run. */
    static List<String> command(String... arguments) throws IOException, InterruptedException {
        List<String> launcher = new ArrayList<>(List.of(java(), "-cp", SPARK_HOME + "/jars/*",
                "org.apache.spark.launcher.Main"));
        launcher.addAll(List.of(arguments));
        Process process = environment(new ProcessBuilder(launcher)).start();
        byte[] out = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        return Arrays.stream(new String(out, StandardCharsets.UTF_8).split("\0")).map(String::strip)
                .filter(part -> !part.isEmpty()).toList();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** Starts it; what it says goes to a file of this name. */
    Process start(String name, List<String> command) throws IOException {
        ProcessBuilder builder = environment(new ProcessBuilder(command)).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(log(name));
        Process process = builder.start();
        running.add(process);
        return process;
    }

    private File log(String name) {
        return folder.resolve(name + ".log").toFile();
    }

    String said(String name) throws IOException {
        return Files.readString(log(name).toPath());
    }

    /** Waits until it has said something. */
    void await(String name, String words) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!said(name).contains(words)) {
            if (System.nanoTime() - end > 0 || !running.getLast().isAlive()) {
                throw new IOException(name + " never said " + words + ":\n" + said(name));
            }
            Thread.sleep(50);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The jars that a user gives executors: the library's and the module's. */
    static Stream<Path> jars() {
        return Stream.of(jar(Points.class, "../src/target"), jar(FusedGaussianMixture.class, "target"));
    }

    private static Path jar(Class<?> type, String target) {
        Path source = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
        if (source.toString().endsWith(".jar")) {
            return source;
        }
        try (Stream<Path> files = Files.list(Path.of(target))) {
            return files.filter(file -> file.getFileName().toString().matches("fusedem.*\\.jar")).findFirst()
                    .orElseThrow().toAbsolutePath().normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        // Executors are children of workers.
        for (Process process : running.reversed()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
