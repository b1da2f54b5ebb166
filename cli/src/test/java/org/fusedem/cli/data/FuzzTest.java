package org.fusedem.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fusedem.cli.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer at work on all readers of files, for some seconds; for longer by hand:
 *
 * <pre>mvn -pl src,cli test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dfusedem.fuzzSeconds=3600</pre>
 *
 * A file that it fails on stays in {@code cli/target/fuzz}.
 */
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("fusedem.fuzzSeconds", 3);

    @TempDir
    private Path corpus;

    /** A file of each format to begin with, behind its number. */
    @BeforeEach
    void makeCorpus() throws IOException {
        Path csv = Path.of("examples", "faithful.csv");
        Path folder = Files.createDirectory(corpus.resolve("made"));
        Path small = folder.resolve("small.csv");
        Files.write(small, Files.readAllLines(csv).subList(0, 12));
        seed("csv", small);
        for (String name : List.of("fcol", "npy", "npz")) {
            Path made = folder.resolve("x." + name);
            CommandRun.of("convert", small.toString(), made.toString()).assertFine();
            seed(name, made);
        }
        for (String name : List.of("json", "npz")) {
            Path made = folder.resolve("model." + name);
            CommandRun.of("fit", csv.toString(), "-k", "2", "--model", made.toString()).assertFine();
            seed(name.equals("npz") ? "model" : "json", made);
        }
        for (String name : List.of("gaps.arrow", "mixed.arrow", "batches.arrow")) {
            seed("arrow", Path.of("src", "test", "resources", "arrow", name));
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void seed(String format, Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        byte[] seed = new byte[content.length + 1];
        seed[0] = (byte) FileFuzzTarget.FORMATS.indexOf(format);
        System.arraycopy(content, 0, seed, 1, content.length);
        Files.write(corpus.resolve(format + "-" + file.getFileName()), seed);
    }

    @Test
    void findsNothing() throws IOException, InterruptedException {
        Path findings = Files.createDirectories(Path.of("target", "fuzz"));
        String classPath = String.join(File.pathSeparator,
                System.getProperty("jdk.module.path"), System.getProperty("java.class.path"),
                Path.of("target", "test-classes").toString());
        Process jazzer = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true",
                "-Xmx512m", "-cp", classPath, "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FileFuzzTarget.class.getName(), "--instrumentation_includes=org.fusedem.**",
                "--reproducer_path=" + findings, "-artifact_prefix=" + findings + File.separator,
                "-max_total_time=" + SECONDS, "-timeout=20", "-max_len=16384", "-seed=1", corpus.toString())
                .redirectErrorStream(true).redirectOutput(findings.resolve("log").toFile()).start();
        int exitCode = jazzer.waitFor();
        String log = Files.readString(findings.resolve("log"));
        assertEquals(0, exitCode, log);
        assertTrue(log.matches("(?s).*Done \\d+ runs in.*"), log);
    }
}
