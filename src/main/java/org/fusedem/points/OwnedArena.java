package org.fusedem.points;

import java.lang.foreign.Arena;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The arena of an owner that may be forgotten. A forgotten arena is closed when the next one is opened: this
 * bounds the leak to the memory of the last owners, and needs no thread of ours as a Cleaner would.
 */
final class OwnedArena extends PhantomReference<Object> {
    private static final ReferenceQueue<Object> FORGOTTEN = new ReferenceQueue<>();
    /** Keeps the references themselves alive until they are closed or found forgotten. */
    private static final Set<OwnedArena> OPEN = ConcurrentHashMap.newKeySet();

    /** Forgotten ones to be closed: those just found, and those that somebody still used when it was tried. */
    private static final Queue<OwnedArena> TO_CLOSE = new ConcurrentLinkedQueue<>();

    private final Arena arena = Arena.ofShared();

    private OwnedArena(Object owner) {
        super(owner, FORGOTTEN);
    }

    /** An arena that lives until closed, or until {@code owner} cannot be reached any more. */
    static OwnedArena of(Object owner) {
        for (Object found = FORGOTTEN.poll(); found != null; found = FORGOTTEN.poll()) {
            TO_CLOSE.add((OwnedArena) found);
        }
        TO_CLOSE.removeIf(OwnedArena::isClosedNow);
        OwnedArena opened = new OwnedArena(owner);
        OPEN.add(opened);
        return opened;
    }

    Arena arena() {
        return arena;
    }

    private boolean isClosedNow() {
        try {
            close();
            return true;
        } catch (IllegalStateException e) {
            // A channel still reads or writes it; whoever opens the next arena has nothing to do with that.
            return false;
        }
    }

    /**
     * Frees the memory; once that is done, another call does nothing.
     *
     * @throws IllegalStateException if a channel is just reading or writing it; then it may be called again
     */
    synchronized void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            OPEN.remove(this);
        }
    }

    /** The number of arenas not closed yet, forgotten ones that no call has noticed included. */
    static int openCount() {
        return OPEN.size();
    }
}
