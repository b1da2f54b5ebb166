package org.fusedem.fit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.util.zip.CRC32C;
import org.fusedem.kernel.Parameters;

/**
 * Where a fit stands between two iterations: the run under way, the best before it, and what other runs came to.
 * Immutable. {@link FitOptions#withResume} goes on from there. Kept by {@link org.fusedem.files.ReplacedFile}, the last
 * one stays whole whatever happens while the next is written:
 *
 * <pre>{@code
 * new ReplacedFile(file).write(out -> out.write(checkpoint.toBytes()));
 * FitCheckpoint same = FitCheckpoint.ofBytes(Files.readAllBytes(file));
 * }</pre>
 */
public final class FitCheckpoint {
    private static final long MAGIC = 0x46_45_4D_43_4B_50_54_31L; // "FEMCKPT1"

    private final String fit;
    private final int runsDone;
    private final int healthyRuns;
    private final double[] logLikelihoods;
    private final double[] objectives;
    private final double secondsStart;
    private final double secondsIterations;
    private final RunState current;
    private final RunState best;

    /**
     * A checkpoint.
     *
     * @param fit what is fitted and how, see {@link FitDescription}
     * @param runsDone how many runs to the end are over
     * @param healthyRuns those of them without collapsed components
     * @param logLikelihoods of each start, so far
     * @param objectives beside them
     * @param current the run under way; its last log-likelihood is that of its parameters
     * @param best the best run that is over, or null
     */
    FitCheckpoint(String fit, int runsDone, int healthyRuns, double[] logLikelihoods, double[] objectives,
            double secondsStart, double secondsIterations, RunState current, RunState best) {
        this.fit = fit;
        this.runsDone = runsDone;
        this.healthyRuns = healthyRuns;
        this.logLikelihoods = logLikelihoods;
        this.objectives = objectives;
        this.secondsStart = secondsStart;
        this.secondsIterations = secondsIterations;
        this.current = current;
        this.best = best;
    }

    /**
     * Refuses to go on with another fit.
     *
     * @throws IllegalArgumentException that names the first difference
     */
    void checkFit(String other) {
        FitDescription.checkSame(fit, other);
    }

    /**
     * Refuses what no fit of so many parameters and starts has written, whatever its checksum.
     *
     * @throws IllegalArgumentException if a size, a count or a noise weight is wrong
     */
    void checkSizes(Parameters parameters, int starts) {
        boolean right = runsDone >= 0 && runsDone <= starts && healthyRuns >= 0 && healthyRuns <= runsDone
                && (runsDone == 0) == (best == null)
                && logLikelihoods.length == starts && objectives.length == starts && isOf(parameters, starts, current)
                && current.logLikelihoods().length <= current.nanos().length + 1
                && (best == null || isOf(parameters, starts, best)
                        && best.logLikelihoods().length == best.nanos().length + 1 && best.stopReason() != null);
        if (!right) {
            throw new IllegalArgumentException(
                    "the checkpoint is damaged: its sizes, counts or noise weight are not those of the fit");
        }
    }

    private static boolean isOf(Parameters parameters, int starts, RunState run) {
        return run.weights().length == parameters.weights().length && run.means().length == parameters.means().length
                && run.covariances().length == parameters.covariances().length
                && run.restart() >= 0 && run.restart() < starts
                && run.noiseWeight() >= 0 && run.noiseWeight() <= 1
                && run.affected() >= 0 && run.affected() <= parameters.weights().length
                && run.logLikelihoods().length >= run.nanos().length
                && run.logPriors().length == run.logLikelihoods().length
                && run.events().stream().allMatch(
                        event -> event.index() >= 0 && event.index() < parameters.weights().length);
    }

    /** The iterations done of the run under way. */
    public int iteration() {
        return current.nanos().length;
    }

    /** The start that the run under way is of, from 0. */
    public int restart() {
        return current.restart();
    }

    int runsDone() {
        return runsDone;
    }

    int healthyRuns() {
        return healthyRuns;
    }

    double[] logLikelihoods() {
        return logLikelihoods;
    }

    double[] objectives() {
        return objectives;
    }

    double secondsStart() {
        return secondsStart;
    }

    double secondsIterations() {
        return secondsIterations;
    }

    RunState current() {
        return current;
    }

    RunState best() {
        return best;
    }

    /** For a file: a signature, the content, and a checksum. About 24 bytes per iteration, 8 per parameter and start. */
    public byte[] toBytes() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(MAGIC);
            out.writeUTF(fit);
            out.writeInt(runsDone);
            out.writeInt(healthyRuns);
            CheckpointCodec.write(logLikelihoods, out);
            CheckpointCodec.write(objectives, out);
            out.writeDouble(secondsStart);
            out.writeDouble(secondsIterations);
            CheckpointCodec.write(current, out);
            out.writeBoolean(best != null);
            if (best != null) {
                CheckpointCodec.write(best, out);
            }
            out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError("memory is always written", e);
        }
    }

    /**
     * What {@link #toBytes} has written.
     *
     * @throws IOException that says so in words to follow the file's name, if it is anything else or damaged
     */
    public static FitCheckpoint ofBytes(byte[] bytes) throws IOException {
        int length = bytes.length - Integer.BYTES;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, Math.max(0, length)))) {
            if (length < Long.BYTES || in.readLong() != MAGIC) {
                throw new IOException("is no checkpoint of fusedem, or of another version");
            }
            DataInputStream tail = new DataInputStream(new ByteArrayInputStream(bytes, length, Integer.BYTES));
            if (tail.readInt() != checksum(bytes, length)) {
                throw new IOException("is damaged: its checksum is wrong");
            }
            FitCheckpoint checkpoint = new FitCheckpoint(in.readUTF(), in.readInt(), in.readInt(), CheckpointCodec.doubles(in),
                    CheckpointCodec.doubles(in), CheckpointCodec.finite(in), CheckpointCodec.finite(in),
                    CheckpointCodec.run(in),
                    in.readBoolean() ? CheckpointCodec.run(in) : null);
            if (in.available() > 0) {
                throw new IOException("is damaged: its content ends " + in.available() + " bytes before its checksum");
            }
            return checkpoint;
        } catch (EOFException | UTFDataFormatException e) {
            throw new IOException("is damaged: its checksum is right, but its content is cut off or garbled", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("is damaged: " + e.getMessage(), e);
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
