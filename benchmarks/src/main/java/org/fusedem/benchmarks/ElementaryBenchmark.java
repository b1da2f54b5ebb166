package org.fusedem.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fusedem.kernel.KernelFunctions;
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
 * {@code exp} and {@code log} alone over one column in cache, in nanoseconds per value: the price of a responsibility
 * before anything is done about it. {@code MATH} is {@link Math} in a plain loop, {@code VECTOR} the JDK's own vector
 * function, {@code KERNEL} the one that the vector kernel uses: it works in place, here on a copy, and its exponentials
 * are of differences and are summed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(3)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class ElementaryBenchmark {
    /** Four columns of this length take 16 KiB and stay in the L1 cache, so arithmetic is measured, not memory. */
    static final int VALUES = 512;

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long BYTES = (long) VALUES * Double.BYTES;

    /** Whose function. */
    public enum By {
        /** {@link Math}, one value at a time. */
        MATH,
        /** {@link VectorOperators}. */
        VECTOR,
        /** {@link KernelFunctions}. */
        KERNEL
    }

    /** Whose function. */
    @Param
    public By by;

    private Arena arena;
    private MemorySegment exponents;
    private MemorySegment powers;
    private MemorySegment results;
    private MemorySegment scratch;

    /** For JMH. */
    public ElementaryBenchmark() {}

    /**
     * Fills a column with exponents as a normalised density has them, from -40 to 0, and one with their powers; warms
     * up.
     */
    @Setup
    public void open() {
        arena = Arena.ofConfined();
        exponents = arena.allocate(BYTES, 64);
        powers = arena.allocate(BYTES, 64);
        results = arena.allocate(BYTES, 64);
        scratch = arena.allocate(2 * BYTES, 64);
        for (int i = 0; i < VALUES; i++) {
            double exponent = exponent(i);
            exponents.setAtIndex(ValueLayout.JAVA_DOUBLE, i, exponent);
            powers.setAtIndex(ValueLayout.JAVA_DOUBLE, i, StrictMath.exp(exponent));
        }
        Warmth.reach(() -> {
            exp();
            log();
        });
    }

    /** The i-th value of the column that {@link #exp} reads. */
    static double exponent(int i) {
        return -40.0 * i / (VALUES - 1);
    }

    /** Frees the columns. */
    @TearDown
    public void close() {
        arena.close();
    }

    /**
     * The exponential of every value.
     *
     * @return the column written, so that no write can be left out
     */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public MemorySegment exp() {
        return switch (by) {
            case MATH -> mathExp();
            case VECTOR -> vectorExp();
            case KERNEL -> kernelExp();
        };
    }

    /**
     * The logarithm of every value.
     *
     * @return the column written, so that no write can be left out
     */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public MemorySegment log() {
        return switch (by) {
            case MATH -> mathLog();
            case VECTOR -> vectorLog();
            case KERNEL -> kernelLog();
        };
    }

    private MemorySegment mathExp() {
        for (long at = 0; at < BYTES; at += Double.BYTES) {
            results.set(ValueLayout.JAVA_DOUBLE, at, Math.exp(exponents.get(ValueLayout.JAVA_DOUBLE, at)));
        }
        return results;
    }

    private MemorySegment mathLog() {
        for (long at = 0; at < BYTES; at += Double.BYTES) {
            results.set(ValueLayout.JAVA_DOUBLE, at, Math.log(powers.get(ValueLayout.JAVA_DOUBLE, at)));
        }
        return results;
    }

    private MemorySegment vectorExp() {
        for (long at = 0; at < BYTES; at += DOUBLES.vectorByteSize()) {
            DoubleVector.fromMemorySegment(DOUBLES, exponents, at, ORDER)
                    .lanewise(VectorOperators.EXP)
                    .intoMemorySegment(results, at, ORDER);
        }
        return results;
    }

    private MemorySegment kernelExp() {
        KernelFunctions.exp(exponents, results, BYTES, scratch);
        return results;
    }

    private MemorySegment kernelLog() {
        KernelFunctions.log(powers, results, BYTES);
        return results;
    }

    private MemorySegment vectorLog() {
        for (long at = 0; at < BYTES; at += DOUBLES.vectorByteSize()) {
            DoubleVector.fromMemorySegment(DOUBLES, powers, at, ORDER)
                    .lanewise(VectorOperators.LOG)
                    .intoMemorySegment(results, at, ORDER);
        }
        return results;
    }
}
