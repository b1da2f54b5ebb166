package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.junit.jupiter.api.Test;

class ObservationSenderTest {
    private static final int DIMS = 3;

    private final FittingCounters counters = FittingCounters.inProcess();
    private final RingBuffer ring = Rings.oneToOne(1 << 10);
    private final ObservationSender sender = new ObservationSender(ring, DIMS, counters);

    /** The table of the documentation, in numbers. */
    @Test
    void keepsToItsLayout() {
        assertTrue(sender.offer(new double[] {9, 1, 2, 3, 4, 5, 6, 9}, 1, 2));
        int read = ring.read((typeId, buffer, offset, length) -> {
            assertEquals(1001, typeId);
            assertEquals(8 + 2 * DIMS * 8, length);
            assertEquals(DIMS, buffer.getInt(offset));
            assertEquals(2, buffer.getInt(offset + 4));
            for (int i = 0; i < 6; i++) {
                assertEquals(i + 1, buffer.getDouble(offset + 8 + i * 8));
            }
        });
        assertEquals(1, read);
    }

    @Test
    void seesAFullRingAndLosesNothing() {
        int sent = 0;
        double[] point = new double[DIMS];
        while (true) {
            point[0] = sent;
            if (!sender.offer(point)) {
                break;
            }
            sent++;
        }
        assertEquals(1024 / (8 + 8 + DIMS * 8), sent, "as many as fit, header of the ring included");
        List<Double> read = new ArrayList<>();
        ring.read((typeId, buffer, offset, length) -> read.add(buffer.getDouble(offset + 8)), sent / 2);
        assertTrue(sender.offer(point), "there is room again");
        while (ring.read((typeId, buffer, offset, length) -> read.add(buffer.getDouble(offset + 8))) > 0) {
            // Until it is empty.
        }
        assertEquals(sent + 1, read.size());
        for (int i = 0; i <= sent; i++) {
            assertEquals(i, read.get(i));
        }
        assertEquals(0, counters.get(FittingCounter.DROPPED), "nobody has given up");
        sender.drop(2);
        assertEquals(2, counters.get(FittingCounter.DROPPED));
    }

    @Test
    void sendsAsManyPointsAsARingTakes() {
        int most = sender.mostPoints();
        double[] rows = new double[(most + 1) * DIMS];
        assertTrue(sender.offer(rows, 0, most));
        assertThrows(IllegalArgumentException.class, () -> sender.offer(rows, 0, most + 1));
    }

    @Test
    void refusesWhatIsOutsideAndLeavesNoClaimOpen() {
        double[] rows = new double[2 * DIMS];
        assertThrows(IllegalArgumentException.class, () -> sender.offer(new double[DIMS - 1]));
        for (int count : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> sender.offer(rows, 0, count));
        }
        for (int from : new int[] {-1, 1, DIMS + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> sender.offer(rows, from, 2));
        }
        assertEquals(0, ring.read((typeId, buffer, offset, length) -> {}));
        assertTrue(sender.offer(rows, 0, 2));
        assertEquals(1, ring.read((typeId, buffer, offset, length) -> {}));
    }

    @Test
    void refusesARingThatIsTooSmall() {
        var e = assertThrows(IllegalArgumentException.class, () -> new ObservationSender(ring, 16, counters));
        assertTrue(e.getMessage().contains("128 bytes") && e.getMessage().contains("136"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ObservationSender(ring, 0, counters));
    }
}
