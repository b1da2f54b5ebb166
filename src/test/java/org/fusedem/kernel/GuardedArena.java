package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** An arena that notices, when it is closed, what was written just before or after a segment it gave out. */
final class GuardedArena implements Arena {
    private static final long GUARD = 256;
    private static final byte MARK = 0x5a;

    private final Arena arena = Arena.ofConfined();
    private final List<MemorySegment> wholes = new ArrayList<>();

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        MemorySegment whole = arena.allocate(byteSize + 2 * GUARD, Math.max(byteAlignment, GUARD));
        whole.asSlice(0, GUARD).fill(MARK);
        whole.asSlice(GUARD + byteSize).fill(MARK);
        wholes.add(whole);
        return whole.asSlice(GUARD, byteSize);
    }

    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    @Override
    public void close() {
        for (MemorySegment whole : wholes) {
            checkMarks(whole, 0);
            checkMarks(whole, whole.byteSize() - GUARD);
        }
        arena.close();
    }

    private static void checkMarks(MemorySegment whole, long from) {
        for (long i = from; i < from + GUARD; i++) {
            if (whole.get(ValueLayout.JAVA_BYTE, i) != MARK) {
                fail("written beside a segment: size=" + (whole.byteSize() - 2 * GUARD) + ", byte=" + (i - GUARD));
            }
        }
    }
}
