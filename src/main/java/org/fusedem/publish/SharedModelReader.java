package org.fusedem.publish;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * Reads what a {@link SharedModelWriter} publishes: the latest model, copied into arrays that are allocated once.
 *
 * <pre>{@code
 * try (SharedModelReader reader = SharedModelReader.open(Path.of("/dev/shm/prices.model"))) {
 *     while (serving) {
 *         if (reader.refresh()) {
 *             scorer.use(reader.weights(), reader.means(), reader.covariances());
 *         }
 *         answer(scorer);
 *     }
 * }
 * }</pre>
 *
 * <p><strong>What holds.</strong> {@link #refresh} is wait-free: it ends after a bounded number of steps, whatever the
 * writer does, and takes no lock. It finds a newer model, if there is one, unless the writer outruns it: a copy fails
 * only if the writer begins the S-th publication after that model (S slots, 8 as this library makes them) before the
 * copy is done; and {@value #ATTEMPTS} copies would have to fail in a row. Then the last model stays, and the next call
 * tries again. A model once read is whole, and has the writer's checksum. When nothing is new a call is one load.
 *
 * <p><strong>Files of strangers.</strong> Nothing a file holds can crash the JVM. Its header is checked against its
 * size when it is opened, and not believed again later; the checksum of each model is checked. One danger is left: if
 * somebody shrinks the file while it is mapped, the pages beyond its end are gone. The operating system then
 * signals SIGBUS, and the JVM turns that into an {@link InternalError} on the reading thread, at the access or soon
 * after it; {@link #open} and
 * {@link #refresh} report it as a {@link SharedModelException} where they catch it. The process lives, and
 * the last model stays. A writer of this library never shrinks a file.
 *
 * <p>A file that is deleted and made anew is another file: whoever has the old one mapped opens the new one again.
 *
 * <p>Not thread-safe: one per thread, though it need not be the thread that opened it.
 */
public final class SharedModelReader implements AutoCloseable {
    /** One is nearly always enough; with eight slots each failure takes seven publications during one copy. */
    static final int ATTEMPTS = 16;

    private final SharedMemory memory;
    private final SharedLayout layout;
    private final MemorySegment segment;
    private Numbers current;
    private Numbers spare;
    private long failedCopies;
    private boolean closed;

    /** A whole model, or what is to become one. */
    private static final class Numbers {
        final double[] weights;
        final double[] means;
        final double[] covariances;
        long version;

        Numbers(SharedLayout layout) {
            weights = new double[layout.components()];
            means = new double[layout.components() * layout.dims()];
            covariances = new double[layout.covarianceLength()];
        }
    }

    SharedModelReader(SharedMemory memory) {
        this.memory = memory;
        layout = memory.layout();
        segment = memory.segment();
        current = new Numbers(layout);
        spare = new Numbers(layout);
    }

    /**
     * Opens a file that a writer has made; there need not be a model in it yet.
     *
     * @throws SharedModelException if it is something else, or damaged, or was cut meanwhile
     * @throws IOException if it cannot be opened
     */
    public static SharedModelReader open(Path file) throws IOException {
        try {
            return of(SharedMemory.openToRead(file));
        } catch (InternalError e) {
            throw SharedModelException.cut(file.toString(), e);
        }
    }

    private static SharedModelReader of(SharedMemory memory) {
        try {
            return new SharedModelReader(memory);
        } catch (Throwable e) {
            memory.close();
            throw e;
        }
    }

    /** The shape of all models here. */
    public Covariance covariance() {
        return layout.covariance();
    }

    /** K, of all models here. */
    public int components() {
        return layout.components();
    }

    /** D, of all models here. */
    public int dims() {
        return layout.dims();
    }

    /**
     * Takes the latest model, if it is newer than the one here.
     *
     * @return whether there is a newer one here now; if not, nothing has changed
     * @throws SharedModelException if the memory is damaged, or its file was cut; the last model stays
     * @throws IllegalStateException if this, or the writer whose memory it reads, is closed
     */
    public boolean refresh() throws SharedModelException {
        if (closed) {
            throw new IllegalStateException("this reader is closed: use it before close()");
        }
        try {
            return copyLatest();
        } catch (InternalError e) {
            throw SharedModelException.cut(memory.name(), e);
        }
    }

    private boolean copyLatest() throws SharedModelException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Acquire: what was written before this version is seen from here on.
            long latest = SharedLayout.checkedLatest(memory.name(),
                    (long) SharedLayout.LONG_AT.getAcquire(segment, SharedLayout.LATEST_OFFSET));
            if (latest <= current.version) {
                return false;
            }
            if (copy(latest)) {
                Numbers before = current;
                current = spare;
                spare = before;
                return true;
            }
            failedCopies++;
        }
        return false;
    }

    /** Whether the spare numbers are now those of a version; not if the writer was at its slot again. */
    private boolean copy(long version) throws SharedModelException {
        long slot = layout.slotOffset(version);
        long sequence = slot + SharedLayout.SEQUENCE_OFFSET;
        if ((long) SharedLayout.LONG_AT.getAcquire(segment, sequence) != 2 * version) {
            return false;
        }
        long checksum = segment.get(SharedLayout.LONG, slot + SharedLayout.CHECKSUM_OFFSET);
        copy(slot + SharedLayout.NUMBERS_OFFSET, spare.weights);
        copy(slot + layout.means(), spare.means);
        copy(slot + layout.covariances(), spare.covariances);
        // The copies are plain loads, which may be done late; all of them before the sequence is looked at again.
        VarHandle.loadLoadFence();
        if ((long) SharedLayout.LONG_AT.getOpaque(segment, sequence) != 2 * version) {
            return false;
        }
        if (checksum != Checksum.of(version, spare.weights, spare.means, spare.covariances)) {
            throw new SharedModelException(memory.name(), slot + SharedLayout.CHECKSUM_OFFSET,
                    "the model is damaged: its checksum does not match: version=" + version);
        }
        spare.version = version;
        return true;
    }

    private void copy(long from, double[] into) {
        MemorySegment.copy(segment, SharedLayout.DOUBLE, from, into, 0, into.length);
    }

    /** The version of the model here, 0 before the first {@link #refresh} that found one. */
    public long version() {
        return current.version;
    }

    /** How often a copy had to be given up because the writer came by. */
    public long failedCopies() {
        return failedCopies;
    }

    /** The K weights; live, until the next {@link #refresh}. */
    public double[] weights() {
        return current.weights;
    }

    /** The means, {@code K x D} by rows; live, until the next {@link #refresh}. */
    public double[] means() {
        return current.means;
    }

    /** The covariances, packed as {@link Covariance} says; live, until the next {@link #refresh}. */
    public double[] covariances() {
        return current.covariances;
    }

    /**
     * The model here as an immutable one, which costs its memory.
     *
     * @throws IllegalStateException if there is none yet
     * @throws IllegalArgumentException if the writer has published numbers that are no mixture
     */
    public GaussianMixture model() {
        if (current.version == 0) {
            throw new IllegalStateException(memory.name() + ": no model yet: version=0");
        }
        return GaussianMixture.of(layout.covariance(), layout.dims(), current.weights, current.means,
                current.covariances);
    }

    /** Frees the mapping; the last model stays. A second call does nothing. */
    @Override
    public void close() {
        closed = true;
        memory.close();
    }
}
