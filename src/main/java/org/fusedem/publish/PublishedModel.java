package org.fusedem.publish;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.fusedem.model.GaussianMixture;

/**
 * The latest model, for all threads of a process: one publishes, any number read.
 *
 * <pre>{@code
 * PublishedModel published = new PublishedModel(model);
 * published.publish(better);                          // the fitting thread
 * PublishedModel.Edition latest = published.latest(); // any other, at each request
 * if (latest.version() != mine) {
 *     scorer.use(latest.model());
 *     mine = latest.version();
 * }
 * }</pre>
 *
 * <p>Reading is one load of a reference: wait-free, without a lock, and always a whole model, since models are
 * immutable and a version and its model are read as one. Publishing allocates one small object beside the model; for
 * numbers without garbage see {@link SharedModelWriter#inMemory}.
 */
public final class PublishedModel {
    private static final VarHandle LATEST;

    static {
        try {
            LATEST = MethodHandles.lookup().findVarHandle(PublishedModel.class, "latest", Edition.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Only through {@link #LATEST}. */
    @SuppressWarnings("unused")
    private Edition latest;

    /**
     * A model and which one it is.
     *
     * @param version 1 for the first, then one more each time
     * @param model never null
     */
    public record Edition(long version, GaussianMixture model) {
        /** Checks that there is a model. */
        public Edition {
            Objects.requireNonNull(model, "model");
        }
    }

    /** Version 1. */
    public PublishedModel(GaussianMixture first) {
        LATEST.setRelease(this, new Edition(1, first));
    }

    /**
     * Replaces the model. By one thread at a time.
     *
     * @return its version
     * @throws IllegalStateException if another thread has published meanwhile; then this model is not published
     */
    public long publish(GaussianMixture model) {
        Edition before = (Edition) LATEST.getAcquire(this);
        Edition next = new Edition(before.version + 1, model);
        // Release: whoever sees the reference sees all that was written before it, the model's arrays included. A plain
        // store would do for one writer; the comparison finds a second one.
        if (LATEST.compareAndExchangeRelease(this, before, next) != before) {
            throw new IllegalStateException("two threads publish at once: version=" + next.version
                    + "; there must be one writer");
        }
        return next.version;
    }

    /** The latest model and its version. */
    public Edition latest() {
        return (Edition) LATEST.getAcquire(this);
    }
}
