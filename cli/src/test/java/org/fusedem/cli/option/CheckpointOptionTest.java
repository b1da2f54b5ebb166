package org.fusedem.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fusedem.cli.stream.Output;
import org.fusedem.cli.stream.Streams;
import org.fusedem.fit.Checkpoints;
import org.fusedem.fit.FitCheckpoint;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CheckpointOptionTest {
    @TempDir
    private Path folder;

    private FitCheckpoint last;

    private FitCheckpoint checkpoint() {
        Checkpoints keeper = new Checkpoints() {
            @Override
            public boolean isDue() {
                return true;
            }

            @Override
            public void take(FitCheckpoint checkpoint) {
                last = checkpoint;
            }
        };
        try (Points points = Points.ofRows(new double[][] {{1, 2}, {3, 5}, {4, 4}, {6, 8}})) {
            Fitter.fit(points, FitOptions.components(1).withCheckpoints(keeper));
        }
        return last;
    }

    @Test
    void saysOnceThatNoneCanBeKeptAndOnceMoreOfTheLast() throws IOException {
        Path file = folder.resolve("none").resolve("fit");
        CheckpointOption option = new CheckpointOption();
        new CommandLine(CommandSpec.create().addMixin("it", CommandSpec.forAnnotatedObject(option)))
                .parseArgs("--checkpoint", file.toString());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(new Output(OutputStream.nullOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8), false);
        AtomicBoolean stopping = new AtomicBoolean();
        Checkpoints kept = option.applyTo(FitOptions.components(1), stopping::get, streams).checkpoints();
        String sentence = "fusedem fit: warning: --checkpoint: " + file + ": there is no folder " + file.getParent();
        FitCheckpoint checkpoint = checkpoint();
        kept.take(checkpoint);
        kept.take(checkpoint);
        assertEquals(List.of(sentence), err.toString(StandardCharsets.UTF_8).lines().toList());
        stopping.set(true);
        kept.take(checkpoint);
        kept.take(checkpoint);
        assertEquals(List.of(sentence, sentence), err.toString(StandardCharsets.UTF_8).lines().toList());
        Files.createDirectory(file.getParent());
        kept.take(checkpoint);
        assertTrue(Files.exists(file), "the next one is tried");
    }
}
