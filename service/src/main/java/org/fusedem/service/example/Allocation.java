package org.fusedem.service.example;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What some threads have allocated on the heap, as the JVM counts it. */
final class Allocation {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final long[] ids;
    private long before;

    Allocation(Thread... threads) {
        ids = new long[threads.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = threads[i].threadId();
        }
    }

    /** Starts to count. */
    void reset() {
        before = total();
    }

    /** The bytes since then. */
    long bytes() {
        return total() - before;
    }

    private long total() {
        long sum = 0;
        for (long id : ids) {
            sum += THREADS.getThreadAllocatedBytes(id);
        }
        return sum;
    }
}
