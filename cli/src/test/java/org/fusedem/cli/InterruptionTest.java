package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, at a real process. */
class InterruptionTest {
    private static final int AFTER_SIGINT = 130;
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private Path data() throws IOException {
        Path file = folder.resolve("data.csv");
        SplittableRandom random = new SplittableRandom(6);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("x,y,z");
            for (int n = 0; n < 1500; n++) {
                out.println(random.nextGaussian() + "," + random.nextGaussian() + "," + random.nextGaussian());
            }
        }
        return file;
    }

    /** The command, always with the same kernel. */
    private LimitedProcess start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dfusedem.kernel=scalar",
                // So that it shows its progress, which tells when it has begun.
                "-Dfusedem.terminal=true",
                "-p", System.getProperty("jdk.module.path"), "-m", "org.fusedem.cli/org.fusedem.cli.Main"));
        command.addAll(List.of(args));
        if (System.getProperty("os.name").equals("Linux")) {
            // A child of a build that runs in the background would ignore the signal, as the build does.
            command.addAll(0, List.of("env", "--default-signal=INT"));
        }
        return LimitedProcess.start(new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()));
    }

    /** Ctrl-C, as soon as the progress has this word. */
    private void interrupt(LimitedProcess running, String word) throws IOException, InterruptedException {
        await(running.process(), word);
        Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(running.process().pid())).start();
        assertEquals(0, LimitedProcess.exitCode(kill));
    }

    private void await(Process process, String word) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!Files.readString(folder.resolve("err")).contains(word)) {
            assertTrue(process.isAlive() && System.nanoTime() - begin < PATIENCE_SECONDS * 1_000_000_000L, "no " + word);
            Thread.sleep(10);
        }
    }

    private String end(LimitedProcess running, int exitCode) throws IOException, InterruptedException {
        assertEquals(exitCode, running.exitCode(), running::toString);
        return running.printed();
    }

    @Test
    void keepsTheBestModelAndGoesOnFromWhereItWas() throws Exception {
        String data = data().toString();
        Path checkpoint = folder.resolve("fit.checkpoint");
        Path soFar = folder.resolve("so-far.json");
        String[] options = {"fit", data, "-k", "5", "--restarts", "2", "--tolerance", "0", "--max-iterations", "1200",
            "--seed", "3"};
        LimitedProcess process = start(with(options, "--checkpoint", checkpoint.toString(), "--model", soFar.toString()));
        interrupt(process, "iteration ");
        String out = end(process, AFTER_SIGINT);
        assertTrue(out.contains("warning: stopped before its end, so this is the best so far"), out);
        assertTrue(Files.readString(folder.resolve("err")).contains("fusedem fit: stopping after this iteration"));
        assertEquals(5, ModelFiles.read(soFar).components());

        Path whole = folder.resolve("whole.json");
        Path resumed = folder.resolve("resumed.json");
        end(start(with(options, "--model", whole.toString())), 0);
        end(start(with(options, "--model", resumed.toString(), "--checkpoint", checkpoint.toString(), "--resume")), 0);
        GaussianMixture expected = ModelFiles.read(whole);
        assertArrayEquals(expected.means(), ModelFiles.read(resumed).means());
        assertArrayEquals(expected.covariances(), ModelFiles.read(resumed).covariances());

        CommandRun other = CommandRun.of(
                "fit", data, "-k", "4", "--checkpoint", checkpoint.toString(), "--resume");
        assertEquals(1, other.exitCode());
        assertEquals("fusedem fit: " + data + ": the checkpoint is of another fit: it has components=5, this fit has"
                + " components=4\n", other.err());
    }

    /** Somebody removes the folder of the checkpoints: that is said, and the model is not lost with them. */
    @Test
    void keepsTheModelWhereNoCheckpointCanBe() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Path model = folder.resolve("model.json");
        LimitedProcess process = start("fit", data().toString(), "-k", "5", "--restarts", "2", "--tolerance", "0",
                "--max-iterations", "100000", "--checkpoint", gone.resolve("fit").toString(), "--model", model.toString());
        await(process.process(), "iteration ");
        Files.delete(gone);
        interrupt(process, "iteration ");
        end(process, AFTER_SIGINT);
        assertEquals(5, ModelFiles.read(model).components());
        String sentence = "fusedem fit: warning: --checkpoint: " + gone.resolve("fit") + ": there is no folder " + gone;
        assertEquals(1, Files.readAllLines(folder.resolve("err")).stream().filter(sentence::equals).count());
    }

    /** Data that go on and on, until the command that reads them is gone. */
    @Test
    void leavesNothingOfAConversion() throws Exception {
        Path target = folder.resolve("points.fcol");
        LimitedProcess running = start("convert", "-", target.toString());
        Thread feeder = Thread.ofPlatform().daemon().start(() -> {
            try (PrintWriter out = new PrintWriter(running.process().getOutputStream())) {
                out.println("x,y");
                while (!out.checkError()) {
                    out.println("1.5,2.5");
                }
            }
        });
        while (begun().isEmpty()) {
            assertTrue(running.process().isAlive());
            Thread.sleep(10);
        }
        assertEquals(0, LimitedProcess.exitCode(
                new ProcessBuilder("kill", "-INT", String.valueOf(running.process().pid())).start()));
        end(running, AFTER_SIGINT);
        feeder.join();
        assertEquals(List.of(), begun());
        assertFalse(Files.exists(target));
    }

    private List<Path> begun() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".fusedem-")).toList();
        }
    }

    @Test
    void endsASelectionToo() throws Exception {
        Path model = folder.resolve("best.json");
        LimitedProcess process = start("select", data().toString(), "-k", "1..6", "--tolerance", "1e-12", "--max-iterations",
                "100000", "--model", model.toString());
        interrupt(process, "step ");
        String out = end(process, AFTER_SIGINT);
        assertTrue(out.contains("warning: stopped before its end"), out);
        assertEquals(3, ModelFiles.read(model).dims());
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void refusesResumingFromNowhere() throws IOException {
        Path checkpoint = folder.resolve("fit.checkpoint");
        CommandRun.of("fit", "examples/faithful.csv", "-k", "2", "--resume")
                .assertRefused(2, "fusedem fit: --resume: from which file? say --checkpoint FILE");
        Files.writeString(checkpoint, "something else");
        CommandRun.of("fit", "examples/faithful.csv", "-k", "2", "--resume", "--checkpoint", checkpoint.toString())
                .assertRefused(2, "fusedem fit: --checkpoint: " + checkpoint
                        + ": is no checkpoint of fusedem, or of another version");
    }
}
