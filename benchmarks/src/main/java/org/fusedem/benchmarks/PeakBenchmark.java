package org.fusedem.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The arithmetic that one core can do at most, in GFLOP/s: independent chains of fused multiply-adds in registers, in
 * vectors of the preferred width. Each JMH thread works on its own: {@code -t 2} measures two cores.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(3)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class PeakBenchmark {
    /** Twelve chains of FMA hide a latency of four cycles on two units, and fit sixteen registers. */
    private static final int CHAINS = 12;

    /** Chains times two operations times any number of lanes divide this. */
    static final int FLOPS = CHAINS * (1 << 16);

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private double factor = 0.75;
    private double addend = 0.25;

    /** What the warm-up computes, so that it cannot be left out. */
    private double mean;

    /** For JMH. */
    public PeakBenchmark() {}

    /** Warms up. */
    @Setup
    public void open() {
        Warmth.reach(() -> mean = fma64() + fma32());
    }

    /** Every chain converges to {@code addend / (1 - factor)}, which is one. */
    @Benchmark
    @OperationsPerInvocation(FLOPS)
    public double fma64() {
        DoubleVector f = DoubleVector.broadcast(DOUBLES, factor);
        DoubleVector g = DoubleVector.broadcast(DOUBLES, addend);
        // Different beginnings: equal chains could be computed once.
        DoubleVector a = g, b = a.add(g), c = b.add(g), d = c.add(g), e = d.add(g), h = e.add(g);
        DoubleVector i = h.add(g), j = i.add(g), k = j.add(g), l = k.add(g), m = l.add(g), n = m.add(g);
        int rounds = FLOPS / (2 * CHAINS * DOUBLES.length());
        for (int round = 0; round < rounds; round++) {
            a = a.fma(f, g);
            b = b.fma(f, g);
            c = c.fma(f, g);
            d = d.fma(f, g);
            e = e.fma(f, g);
            h = h.fma(f, g);
            i = i.fma(f, g);
            j = j.fma(f, g);
            k = k.fma(f, g);
            l = l.fma(f, g);
            m = m.fma(f, g);
            n = n.fma(f, g);
        }
        DoubleVector sum = a.add(b).add(c).add(d).add(e).add(h).add(i).add(j).add(k).add(l).add(m).add(n);
        return sum.reduceLanes(VectorOperators.ADD) / (CHAINS * DOUBLES.length());
    }

    /** The same in float. */
    @Benchmark
    @OperationsPerInvocation(FLOPS)
    public float fma32() {
        FloatVector f = FloatVector.broadcast(FLOATS, (float) factor);
        FloatVector g = FloatVector.broadcast(FLOATS, (float) addend);
        // Different beginnings: equal chains could be computed once.
        FloatVector a = g, b = a.add(g), c = b.add(g), d = c.add(g), e = d.add(g), h = e.add(g);
        FloatVector i = h.add(g), j = i.add(g), k = j.add(g), l = k.add(g), m = l.add(g), n = m.add(g);
        int rounds = FLOPS / (2 * CHAINS * FLOATS.length());
        for (int round = 0; round < rounds; round++) {
            a = a.fma(f, g);
            b = b.fma(f, g);
            c = c.fma(f, g);
            d = d.fma(f, g);
            e = e.fma(f, g);
            h = h.fma(f, g);
            i = i.fma(f, g);
            j = j.fma(f, g);
            k = k.fma(f, g);
            l = l.fma(f, g);
            m = m.fma(f, g);
            n = n.fma(f, g);
        }
        FloatVector sum = a.add(b).add(c).add(d).add(e).add(h).add(i).add(j).add(k).add(l).add(m).add(n);
        return sum.reduceLanes(VectorOperators.ADD) / (CHAINS * FLOATS.length());
    }
}
