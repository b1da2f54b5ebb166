package org.fusedem.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs a benchmark's work until the JIT has nothing left to do. Until the vector kernel is compiled it is a hundred
 * times slower, and how long that takes depends on the machine's other load: no fixed number of seconds is enough
 * everywhere.
 */
public final class Warmth {
    /** The JIT is done when it has finished nothing for this long; its longest compilations take half as long. */
    private static final long QUIET_NANOS = 1_500_000_000L;

    /** Seconds after which to give up, by the environment variable that a quick report sets. */
    private static final double MOST_SECONDS =
            Double.parseDouble(System.getenv().getOrDefault("FUSEDEM_WARMUP_SECONDS", "30"));

    private Warmth() {}

    /** Repeats the work until it is compiled as well as it gets; what it computes must be kept by the work itself. */
    public static void reach(Runnable work) {
        CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
        long begin = System.nanoTime();
        long lastActivity = begin;
        long compiled = jit.getTotalCompilationTime();
        long now = begin;
        while (now - lastActivity < QUIET_NANOS && (now - begin) * 1e-9 < MOST_SECONDS) {
            work.run();
            now = System.nanoTime();
            long compiledNow = jit.getTotalCompilationTime();
            if (compiledNow != compiled) {
                compiled = compiledNow;
                lastActivity = now;
            }
        }
    }
}
