package org.fusedem.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The bytes that one core can read at most, in GB/s: the sum of a block of memory, in vectors of the preferred width.
 * Each JMH thread reads a block of its own: {@code -t 2} measures two cores.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(3)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class BandwidthBenchmark {
    /** Read per call, whatever the size of the block. */
    static final int BYTES = 1 << 29;

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** The block that {@link #read} reads again and again: beyond every cache, or within the second-level cache. */
    @Param({"536870912", "524288"})
    public int blockBytes;

    private Arena arena;
    private MemorySegment block;

    /** What the warm-up computes, so that it cannot be left out. */
    private double mean;

    /** For JMH. */
    public BandwidthBenchmark() {}

    /** Fills the block and warms up. */
    @Setup
    public void open() {
        arena = Arena.ofConfined();
        block = arena.allocate(blockBytes, 64);
        for (long at = 0; at < blockBytes; at += Double.BYTES) {
            block.set(ValueLayout.JAVA_DOUBLE, at, 1);
        }
        Warmth.reach(() -> mean = read());
    }

    /** Frees the block. */
    @TearDown
    public void close() {
        arena.close();
    }

    /** The mean of all numbers of the block, which is one. Eight sums keep enough loads under way. */
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public double read() {
        DoubleVector a = DoubleVector.zero(DOUBLES);
        DoubleVector b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        long step = DOUBLES.vectorByteSize();
        for (int round = 0; round < BYTES / blockBytes; round++) {
            for (long at = 0; at < blockBytes; at += 8 * step) {
                a = a.add(DoubleVector.fromMemorySegment(DOUBLES, block, at, ORDER));
                b = b.add(DoubleVector.fromMemorySegment(DOUBLES, block, at + step, ORDER));
                c = c.add(DoubleVector.fromMemorySegment(DOUBLES, block, at + 2 * step, ORDER));
                d = d.add(DoubleVector.fromMemorySegment(DOUBLES, block, at + 3 * step, ORDER));
                e = e.add(DoubleVector.fromMemorySegment(DOUBLES, block, at + 4 * step, ORDER));
                f = f.add(DoubleVector.fromMemorySegment(DOUBLES, block, at + 5 * step, ORDER));
                g = g.add(DoubleVector.fromMemorySegment(DOUBLES, block, at + 6 * step, ORDER));
                h = h.add(DoubleVector.fromMemorySegment(DOUBLES, block, at + 7 * step, ORDER));
            }
        }
        DoubleVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h);
        return sum.reduceLanes(VectorOperators.ADD) / (BYTES / Double.BYTES);
    }
}
