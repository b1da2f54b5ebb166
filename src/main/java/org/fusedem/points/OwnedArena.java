package org.fusedem.points;

import java.lang.foreign.Arena;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The arena of an owner that may be forgotten. A forgotten arena is closed when the next one is opened: this
 * bounds the leak to the memory of the last owners, and needs no thread of ours as a Cleaner would.
 */
final class OwnedArena extends PhantomReference<Object> {
    private static final ReferenceQueue<Object> FORGOTTEN = new ReferenceQueue<>();
    /** Keeps the references themselves alive until they are closed or found forgotten. */
    private static final Set<OwnedArena> OPEN = ConcurrentHashMap.newKeySet();

    private final Arena arena = Arena.ofShared();

    private OwnedArena(Object owner) {
        super(owner, FORGOTTEN);
    }

    /** An arena that lives until closed, or until {@code owner} cannot be reached any more. */
    static OwnedArena of(Object owner) {
        for (Object found = FORGOTTEN.poll(); found != null; found = FORGOTTEN.poll()) {
            ((OwnedArena) found).close();
        }
        OwnedArena opened = new OwnedArena(owner);
        OPEN.add(opened);
        return opened;
    }

    Arena arena() {
        return arena;
    }

    /** Frees the memory; a second call does nothing. */
    void close() {
        if (OPEN.remove(this)) {
            arena.close();
        }
    }

    /** The number of arenas not closed yet, forgotten ones that no call has noticed included. */
    static int openCount() {
        return OPEN.size();
    }
}
