package org.fusedem.publish;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * Publishes models of one kind to readers in this process or others, through memory they share: a mapped file, or a
 * segment.
 *
 * <pre>{@code
 * try (SharedModelWriter writer = SharedModelWriter.open(Path.of("/dev/shm/prices.model"), Covariance.FULL, 3, 4)) {
 *     writer.publish(model);
 * }
 * }</pre>
 *
 * <p><strong>What holds.</strong> A publication is a bounded number of steps, waits for nobody and allocates nothing. A
 * reader never sees parts of two models. At any moment, also while a publication is under way or after the writer was
 * killed in the middle of one, the latest whole model can be read: a model is written to a slot that is not the latest
 * one's, and only then named as the latest. A new writer goes on from there. Versions only grow, one by one, also
 * across writers.
 *
 * <p>There is one writer of a file at a time: a second one is refused while the first lives, in any process, by a lock
 * on a file beside it, with {@code .lock} at its end, which stays there; where a link leads to the file, beside the file
 * itself. In this process one thread publishes at a time.
 *
 * <p><strong>The layout.</strong> All numbers are little-endian; K components, D dims, P packed covariance numbers
 * ({@link Covariance}), S slots.
 *
 * <table>
 * <caption>The file: a header of 128 bytes, then S slots</caption>
 * <tr><th>byte</th><th>type</th><th>what</th></tr>
 * <tr><td>0</td><td>8 bytes</td><td>{@code FUSEDEM1}</td></tr>
 * <tr><td>8</td><td>int</td><td>version of the format, 1</td></tr>
 * <tr><td>12</td><td>int</td><td>covariance: 0 spherical, 1 diagonal, 2 tied, 3 full</td></tr>
 * <tr><td>16</td><td>int</td><td>K</td></tr>
 * <tr><td>20</td><td>int</td><td>D</td></tr>
 * <tr><td>24</td><td>int</td><td>S</td></tr>
 * <tr><td>28</td><td>int</td><td>0</td></tr>
 * <tr><td>32</td><td>long</td><td>bytes of a slot: {@code 64 + 8 (K + K D + P)}, rounded up to 64</td></tr>
 * <tr><td>40</td><td>long</td><td>checksum of bytes 0 to 39</td></tr>
 * <tr><td>64</td><td>long</td><td>version of the latest whole model; 0 before the first</td></tr>
 * <tr><td>128</td><td></td><td>slot 0; version v is in slot v mod S</td></tr>
 * </table>
 *
 * <table>
 * <caption>A slot</caption>
 * <tr><th>byte</th><th>type</th><th>what</th></tr>
 * <tr><td>0</td><td>long</td><td>sequence: 2 v - 1 while version v is being written, then 2 v</td></tr>
 * <tr><td>8</td><td>long</td><td>checksum of v and the numbers below</td></tr>
 * <tr><td>64</td><td>K doubles</td><td>weights</td></tr>
 * <tr><td></td><td>K D doubles</td><td>means, by rows</td></tr>
 * <tr><td></td><td>P doubles</td><td>covariances</td></tr>
 * </table>
 *
 * <p>A checksum starts as {@code 0x9e3779b97f4a7c15} and takes each 64-bit word in turn:
 * {@code sum = rotateLeft(sum ^ word, 29) * 0x9e3779b97f4a7c15}.
 *
 * <p>A file is made whole beside its place and then renamed, and never shrinks: whoever shrinks it while it is mapped
 * makes the access of writer and readers fail, see {@link SharedModelReader}. Put it where memory is, such as
 * {@code /dev/shm}: nothing here asks for what is written to reach a disk.
 */
public final class SharedModelWriter implements AutoCloseable {
    private final SharedMemory memory;
    private final SharedLayout layout;
    private final MemorySegment segment;
    private final double[] weights;
    private final double[] means;
    private final double[] covariances;
    private long version;

    private SharedModelWriter(SharedMemory memory) throws SharedModelException {
        this.memory = memory;
        layout = memory.layout();
        segment = memory.segment();
        weights = new double[layout.components()];
        means = new double[layout.components() * layout.dims()];
        covariances = new double[layout.covarianceLength()];
        version = SharedLayout.checkedLatest(
                memory.name(), (long) SharedLayout.LONG_AT.getAcquire(segment, SharedLayout.LATEST_OFFSET));
    }

    /**
     * Opens a file for models of one kind, or makes it. One that is there keeps its latest model and version.
     *
     * @throws SharedModelException if the file is something else, damaged, cut meanwhile, or for models of another kind:
     *     delete it, or take another name
     * @throws IOException if it cannot be opened, or another writer has it
     */
    public static SharedModelWriter open(Path file, Covariance covariance, int components, int dims)
            throws IOException {
        SharedLayout layout = SharedLayout.of(covariance, components, dims, SharedLayout.DEFAULT_SLOTS);
        try {
            return of(SharedMemory.openToWrite(file, layout));
        } catch (InternalError e) {
            throw SharedModelException.cut(file.toString(), e);
        }
    }

    private static SharedModelWriter of(SharedMemory memory) throws SharedModelException {
        try {
            return new SharedModelWriter(memory);
        } catch (Throwable e) {
            memory.close();
            throw e;
        }
    }

    /** Publishes to threads of this process alone, through memory of its own: see {@link #newReader}. */
    public static SharedModelWriter inMemory(Covariance covariance, int components, int dims) {
        return on(SharedLayout.of(covariance, components, dims, SharedLayout.DEFAULT_SLOTS));
    }

    static SharedModelWriter on(SharedLayout layout) {
        Arena arena = Arena.ofShared();
        MemorySegment segment = arena.allocate(layout.totalBytes(), SharedLayout.HEADER_BYTES);
        layout.write(segment);
        try {
            return new SharedModelWriter(new SharedMemory("memory", layout, segment, arena, null));
        } catch (SharedModelException e) {
            throw new AssertionError(e); // What has just been written is right.
        }
    }

    /** Another reader of the same memory, for another thread. Close all of them before this. */
    public SharedModelReader newReader() {
        return new SharedModelReader(new SharedMemory(memory.name(), layout, segment, null, null));
    }

    /** The version of the latest model, 0 before the first. */
    public long version() {
        return version;
    }

    /**
     * Publishes a model.
     *
     * @return its version
     * @throws IllegalArgumentException if its shape, components or dims are others
     * @throws IllegalStateException if closed
     */
    public long publish(GaussianMixture model) {
        if (model.covariance() != layout.covariance() || model.components() != layout.components()
                || model.dims() != layout.dims()) {
            throw new IllegalArgumentException("this writer is for models of another kind: its own is "
                    + layout.covariance().label() + ", components=" + layout.components() + ", dims=" + layout.dims()
                    + ", the new one " + model);
        }
        model.copyTo(weights, means, covariances);
        return write(weights, means, covariances);
    }

    /**
     * Publishes a model given by its numbers, as {@link GaussianMixture#of} takes them. That covariances are positive
     * definite is not checked.
     *
     * @return its version
     * @throws IllegalArgumentException if a length is wrong, or a number not finite
     * @throws IllegalStateException if closed
     */
    public long publish(double[] newWeights, double[] newMeans, double[] newCovariances) {
        check("weights", newWeights, weights.length);
        check("means", newMeans, means.length);
        check("covariances", newCovariances, covariances.length);
        return write(newWeights, newMeans, newCovariances);
    }

    private static void check(String name, double[] numbers, int length) {
        if (numbers.length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " numbers: length=" + numbers.length);
        }
        for (int i = 0; i < length; i++) {
            if (!Double.isFinite(numbers[i])) {
                throw new IllegalArgumentException(name + " not finite: index=" + i + ", value=" + numbers[i]);
            }
        }
    }

    private long write(double[] newWeights, double[] newMeans, double[] newCovariances) {
        long next = version + 1;
        long slot = layout.slotOffset(next);
        long sequence = slot + SharedLayout.SEQUENCE_OFFSET;
        SharedLayout.LONG_AT.setOpaque(segment, sequence, 2 * next - 1);
        // No number of this model may be seen before the odd sequence is: a reader of the old one would not notice.
        VarHandle.storeStoreFence();
        segment.set(SharedLayout.LONG, slot + SharedLayout.CHECKSUM_OFFSET,
                Checksum.of(next, newWeights, newMeans, newCovariances));
        copy(newWeights, slot + SharedLayout.NUMBERS_OFFSET);
        copy(newMeans, slot + layout.means());
        copy(newCovariances, slot + layout.covariances());
        // Release: whoever sees the even sequence sees all of its numbers, and whoever sees the version sees both.
        SharedLayout.LONG_AT.setRelease(segment, sequence, 2 * next);
        SharedLayout.LONG_AT.setRelease(segment, SharedLayout.LATEST_OFFSET, next);
        version = next;
        return next;
    }

    private void copy(double[] from, long to) {
        MemorySegment.copy(from, 0, segment, SharedLayout.DOUBLE, to, from.length);
    }

    /** Frees memory and lock; a file stays, with its latest model. A second call does nothing. */
    @Override
    public void close() {
        memory.close();
    }
}
