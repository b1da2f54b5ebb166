package org.fusedem.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.Test;

/** Memory that a channel is just writing cannot be freed; afterwards it can. */
class OwnedArenaTest {
    /** More than any pipe holds, so that whoever writes it waits for a reader. */
    private static final int BYTES = 8 << 20;

    /** A thread in the middle of writing the buffer. */
    private static final class Writing {
        private final Pipe pipe = Pipe.open();
        private final Thread thread;

        Writing(ByteBuffer buffer) throws IOException {
            thread = new Thread(() -> {
                try {
                    pipe.sink().write(buffer);
                } catch (IOException e) {
                    // Its reader has left.
                }
            });
            thread.start();
            assertEquals(1, pipe.source().read(ByteBuffer.allocate(1)));
        }

        void end() throws IOException, InterruptedException {
            pipe.source().close();
            thread.join();
            pipe.sink().close();
        }
    }

    private static Points points() {
        return Points.filled(ElementType.FLOAT64, BYTES / Double.BYTES, 1, false, 0, columns -> { });
    }

    @Test
    void whatCouldNotBeClosedIsClosedLater() throws IOException, InterruptedException {
        Points points = points();
        int open = OwnedArena.openCount();
        Writing writing = new Writing(points.column(0).asByteBuffer());
        assertThrows(IllegalStateException.class, points::close);
        assertThrows(IllegalStateException.class, points::close);
        assertEquals(open, OwnedArena.openCount());
        assertEquals("these points are closed: use them before close()",
                assertThrows(IllegalStateException.class, () -> points.get(0, 0)).getMessage());
        writing.end();
        points.close();
        assertEquals(open - 1, OwnedArena.openCount());
        points.close();
        assertEquals(open - 1, OwnedArena.openCount());
    }

    @Test
    void whatIsForgottenWhileInUseHindersNobodyAndIsClosedLater() throws IOException, InterruptedException {
        collect();
        int before = OwnedArena.openCount();
        Writing writing = new Writing(points().column(0).asByteBuffer());
        collect();
        writing.end();
        for (int attempt = 0; attempt < 100 && OwnedArena.openCount() > before; attempt++) {
            collect();
        }
        assertTrue(OwnedArena.openCount() <= before, () -> "still open: " + OwnedArena.openCount());
    }

    /** Has what is forgotten noticed. */
    private static void collect() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(10);
            Points.ofRows(new double[][] {{1}}).close();
        }
    }

    @Test
    void aSliceKeepsWhatItIsASliceOf() throws InterruptedException {
        Points slice = Points.ofRows(new double[][] {{1}, {2}, {3}}).slice(1, 2).slice(1, 1);
        collect();
        assertEquals(3, slice.get(0, 0));
    }
}
