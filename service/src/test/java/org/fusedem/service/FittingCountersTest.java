package org.fusedem.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;

class FittingCountersTest {
    @Test
    void whatDoesNotFitLeavesTheManagerAsItWas() {
        int places = FittingCounter.values().length - 1;
        CountersManager manager = new CountersManager(
                new UnsafeBuffer(ByteBuffer.allocateDirect(places * CountersReader.METADATA_LENGTH)),
                new UnsafeBuffer(ByteBuffer.allocateDirect(places * CountersReader.COUNTER_LENGTH)));
        assertEquals(places, manager.available());
        assertThrows(IllegalStateException.class, () -> new FittingCounters(manager));
        assertEquals(places, manager.available());
    }
}
