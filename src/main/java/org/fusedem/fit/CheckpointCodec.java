package org.fusedem.fit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fusedem.em.StopReason;
import org.fusedem.fit.FitEvent.Kind;

/** The parts of a checkpoint in bytes. What is read never allocates more than there are bytes. */
final class CheckpointCodec {
    /** At least: a name has a length, and is not empty. */
    private static final int EVENT_BYTES = Short.BYTES + 1 + 3 * Integer.BYTES;

    private CheckpointCodec() {}

    static void write(double[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[length(in, Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = finite(in);
        }
        return values;
    }

    /** A number; no fit writes one that is not finite, and none could go on from it. */
    static double finite(DataInputStream in) throws IOException {
        double value = in.readDouble();
        if (!Double.isFinite(value)) {
            throw new IOException("is damaged: a number in it is not finite: " + value);
        }
        return value;
    }

    /** The input is all in memory, so what is available is all there is. */
    private static int length(DataInputStream in, int elementBytes) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available() / elementBytes) {
            throw new IOException("is damaged: an array of " + length + " does not fit into " + in.available() + " bytes");
        }
        return length;
    }

    static void write(RunState run, DataOutputStream out) throws IOException {
        out.writeInt(run.restart());
        out.writeInt(run.affected());
        write(run.weights(), out);
        write(run.means(), out);
        write(run.covariances(), out);
        out.writeDouble(run.noiseWeight());
        write(run.logLikelihoods(), out);
        write(run.logPriors(), out);
        out.writeInt(run.nanos().length);
        for (long nanos : run.nanos()) {
            out.writeLong(nanos);
        }
        out.writeInt(run.events().size());
        for (FitEvent event : run.events()) {
            out.writeUTF(event.kind().name());
            out.writeInt(event.index());
            out.writeInt(event.firstIteration());
            out.writeInt(event.lastIteration());
        }
        out.writeUTF(run.stopReason() == null ? "" : run.stopReason().name());
    }

    static RunState run(DataInputStream in) throws IOException {
        return new RunState(in.readInt(), in.readInt(), doubles(in), doubles(in), doubles(in), finite(in),
                doubles(in), doubles(in), longs(in), events(in), stopReason(in.readUTF()));
    }

    private static long[] longs(DataInputStream in) throws IOException {
        long[] values = new long[length(in, Long.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    private static List<FitEvent> events(DataInputStream in) throws IOException {
        int count = length(in, EVENT_BYTES);
        List<FitEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(new FitEvent(Kind.valueOf(in.readUTF()), in.readInt(), in.readInt(), in.readInt()));
        }
        return events;
    }

    private static StopReason stopReason(String name) {
        return name.isEmpty() ? null : StopReason.valueOf(name);
    }
}
