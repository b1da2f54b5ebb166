package org.fusedem.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.cli.stream.OutputFiles;
import org.fusedem.cli.stream.Streams;
import org.fusedem.cli.stream.WholeFile;
import org.fusedem.fit.Checkpoints;
import org.fusedem.fit.FitCheckpoint;
import org.fusedem.fit.FitOptions;
import picocli.CommandLine.Option;

/** Where a fit keeps how far it is, if anywhere, and whether it goes on from there. */
public final class CheckpointOption {
    private static final String NAME = "--checkpoint";
    /** Of work that would be lost, at most. */
    private static final long NANOS_BETWEEN = 10_000_000_000L;
    /** A hundred million numbers have no more. */
    private static final long MOST_BYTES = 1L << 30;

    @Option(
            names = NAME,
            paramLabel = "FILE",
            description = "Keep in this file how far the fit is: every ten seconds, and when it is stopped; but only"
                    + " once the starts have been tried, and with --acceleration only before each run to the end.")
    private Path file;

    @Option(
            names = "--resume",
            description = "Go on from the file of --checkpoint, if there is one: the result is as if the fit had never"
                    + " stopped. Data and options must be the same.")
    private boolean resume;

    /** Before the long work. */
    public void check(OutputFiles files) {
        if (file != null) {
            files.add(NAME, file);
        } else if (resume) {
            throw CommandException.wrongUse("--resume: from which file? say --checkpoint FILE");
        }
    }

    /**
     * The same options with checkpoints, and going on from one.
     *
     * @param stopping whether the fit is about to stop, so that now is the time for the last checkpoint
     * @param streams where it is said that none can be kept
     */
    public FitOptions applyTo(FitOptions options, BooleanSupplier stopping, Streams streams) {
        if (file == null) {
            return options;
        }
        FitOptions kept = options.withCheckpoints(new ToFile(stopping, streams));
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
        private final BooleanSupplier stopping;
        private final Streams streams;
        private long last = System.nanoTime();
        private boolean warned;
        private boolean warnedOfLast;

        ToFile(BooleanSupplier stopping, Streams streams) {
            this.stopping = stopping;
            this.streams = streams;
        }

        @Override
        public boolean isDue() {
            return stopping.getAsBoolean() || System.nanoTime() - last >= NANOS_BETWEEN;
        }

        @Override
        public void take(FitCheckpoint checkpoint) {
            boolean isLast = stopping.getAsBoolean();
            try {
                WholeFile.write(NAME, file, out -> out.write(checkpoint.toBytes()));
            } catch (CommandException e) {
                // The fit itself is worth more. The next one is tried, so this is said once, and of the last one.
                if (isLast ? !warnedOfLast : !warned) {
                    warnedOfLast = isLast;
                    warn(e.getMessage());
                }
            }
            last = System.nanoTime();
        }

        private void warn(String sentence) {
            warned = true;
            // On a terminal the cursor stands behind the progress.
            streams.err().println((streams.terminal() ? System.lineSeparator() : "") + "fusedem fit: warning: " + sentence);
        }
    }
}
