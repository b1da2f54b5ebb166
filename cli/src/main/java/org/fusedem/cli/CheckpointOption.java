package org.fusedem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedem.fit.Checkpoints;
import org.fusedem.fit.FitCheckpoint;
import org.fusedem.fit.FitOptions;
import picocli.CommandLine.Option;

/** Where a fit keeps how far it is, if anywhere, and whether it goes on from there. */
final class CheckpointOption {
    private static final String NAME = "--checkpoint";
    /** Of work that would be lost, at most. */
    private static final long NANOS_BETWEEN = 10_000_000_000L;
    /** A hundred million numbers have no more. */
    private static final long MOST_BYTES = 1L << 30;

    @Option(
            names = NAME,
            paramLabel = "FILE",
            description = "Keep in this file how far the fit is: every ten seconds, and when it is stopped.")
    private Path file;

    @Option(
            names = "--resume",
            description = "Go on from the file of --checkpoint, if there is one: the result is as if the fit had never"
                    + " stopped. Data and options must be the same.")
    private boolean resume;

    /** Before the long work. */
    void check(Path data) {
        if (file != null) {
            WholeFile.check(NAME, file, data);
        } else if (resume) {
            throw CommandException.wrongUse("--resume: from which file? say --checkpoint FILE");
        }
    }

    /** The same options with checkpoints, and going on from one. */
    FitOptions applyTo(FitOptions options, Interruption interruption) {
        if (file == null) {
            return options;
        }
        FitOptions kept = options.withCheckpoints(new ToFile(interruption));
        return resume && Files.exists(file) ? kept.withResume(read()) : kept;
    }

    private FitCheckpoint read() {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("larger than 1 GiB, so no checkpoint");
            }
            return FitCheckpoint.ofBytes(Files.readAllBytes(file));
        } catch (IOException e) {
            throw CommandException.wrongUse(NAME + ": " + FileErrors.sentence(file, e), e);
        }
    }

    private final class ToFile implements Checkpoints {
        private final Interruption interruption;
        private long last = System.nanoTime();

        ToFile(Interruption interruption) {
            this.interruption = interruption;
        }

        @Override
        public boolean isDue() {
            return interruption.requested() || System.nanoTime() - last >= NANOS_BETWEEN;
        }

        @Override
        public void take(FitCheckpoint checkpoint) {
            WholeFile.write(NAME, file, out -> out.write(checkpoint.toBytes()));
            last = System.nanoTime();
        }
    }
}
