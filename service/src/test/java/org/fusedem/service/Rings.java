package org.fusedem.service;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Ring buffers for tests. */
final class Rings {
    private Rings() {}

    static OneToOneRingBuffer oneToOne(int bytes) {
        return new OneToOneRingBuffer(memory(bytes));
    }

    static ManyToOneRingBuffer manyToOne(int bytes) {
        return new ManyToOneRingBuffer(memory(bytes));
    }

    private static UnsafeBuffer memory(int bytes) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes + RingBufferDescriptor.TRAILER_LENGTH));
    }
}
