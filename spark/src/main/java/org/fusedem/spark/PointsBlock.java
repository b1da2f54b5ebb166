package org.fusedem.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.ExternalizableSerializer;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.lang.ref.Cleaner;
import org.apache.spark.util.KnownSizeEstimation;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * The points of one partition, as the object that Spark keeps from iteration to iteration: columns off the heap, or in a
 * mapped file. Freed when closed, or some time after Spark has dropped it.
 *
 * <p>Spark should keep it as it is ({@code MEMORY_ONLY}); but where a task runs on another executor than the one that
 * has the block, Spark sends it there, row by row.
 */
@DefaultSerializer(ExternalizableSerializer.class)
public final class PointsBlock implements Externalizable, KnownSizeEstimation, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private static final Cleaner CLEANER = Cleaner.create();

    /** What this object takes of the heap, by far enough: Spark's memory manager counts the heap and nothing else. */
    private static final long HEAP_BYTES = 4096;

    private transient Points points;
    private transient long bytes;
    private transient Cleaner.Cleanable memory;

    /** An empty block, for serializers. */
    public PointsBlock() {}

    /**
     * A block of these points, which it closes.
     *
     * @param points null for none
     * @param bytes off the heap or in a file
     * @param owned what to close when the block is freed; must not lead to the block
     */
    PointsBlock(Points points, long bytes, AutoCloseable owned) {
        hold(points, bytes, owned);
    }

    private void hold(Points newPoints, long newBytes, AutoCloseable owned) {
        points = newPoints;
        bytes = newBytes;
        memory = CLEANER.register(this, new Release(owned));
    }

    private record Release(AutoCloseable owned) implements Runnable {
        @Override
        public void run() {
            try {
                owned.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Whether the partition has no row with weight. */
    boolean isEmpty() {
        return points == null;
    }

    /** The points; valid while this block can be reached, and null if it is empty. */
    Points points() {
        return points;
    }

    /** What lies off the heap, or in a file, in bytes. */
    long bytes() {
        return bytes;
    }

    @Override
    public long estimatedSize() {
        return HEAP_BYTES;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeInt(points == null ? 0 : points.dims());
        if (points == null) {
            return;
        }
        out.writeLong(points.size());
        out.writeBoolean(points.weighted());
        double[] row = new double[points.dims()];
        for (long n = 0; n < points.size(); n++) {
            points.copyRow(n, row);
            for (double x : row) {
                out.writeDouble(x);
            }
            if (points.weighted()) {
                out.writeDouble(points.weight(n));
            }
        }
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        int dims = in.readInt();
        if (dims == 0) {
            hold(null, 0, () -> { });
            return;
        }
        long size = in.readLong();
        boolean weighted = in.readBoolean();
        double[] row = new double[dims];
        try (PointsBuilder builder = Points.builder(dims)) {
            for (long n = 0; n < size; n++) {
                for (int i = 0; i < dims; i++) {
                    row[i] = in.readDouble();
                }
                if (weighted) {
                    builder.addWeighted(in.readDouble(), row);
                } else {
                    builder.add(row);
                }
            }
            Points read = builder.build();
            hold(read, OffHeapMemory.bytes(size, dims, weighted), read);
        }
    }

    /** Frees the memory; a second call does nothing. */
    @Override
    public void close() {
        if (memory != null) {
            memory.clean();
        }
    }
}
