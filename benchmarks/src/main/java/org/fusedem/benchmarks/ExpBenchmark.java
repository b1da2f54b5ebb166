package org.fusedem.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code Math.exp} over one off-heap column: the price of a responsibility before anything is done about it,
 * in nanoseconds per value.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// How the JIT lays out a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ExpBenchmark {
    /** Two columns of this length take 8 KiB and stay in the L1 cache, so arithmetic is measured, not memory. */
    static final int VALUES = 512;

    // A column starts on a cache line, as the library's own columns do.
    private static final long ALIGNMENT_BYTES = 64;

    private Arena arena;
    private MemorySegment exponents;
    private MemorySegment results;

    /** For JMH, which fills the state in {@link #open()}. */
    public ExpBenchmark() {}

    /** Fills the column with exponents as a normalised density has them: from -40 up to 0. */
    @Setup
    public void open() {
        arena = Arena.ofConfined();
        exponents = arena.allocate(VALUES * Double.BYTES, ALIGNMENT_BYTES);
        results = arena.allocate(VALUES * Double.BYTES, ALIGNMENT_BYTES);
        for (int i = 0; i < VALUES; i++) {
            exponents.setAtIndex(ValueLayout.JAVA_DOUBLE, i, -40.0 * i / (VALUES - 1));
        }
    }

    /** Frees the columns. */
    @TearDown
    public void close() {
        arena.close();
    }

    /**
     * Replaces nothing, reads one column and writes the other.
     *
     * @return the column written, so that no write can be left out
     */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public MemorySegment scalar() {
        for (int i = 0; i < VALUES; i++) {
            double exponent = exponents.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
            results.setAtIndex(ValueLayout.JAVA_DOUBLE, i, Math.exp(exponent));
        }
        return results;
    }
}
