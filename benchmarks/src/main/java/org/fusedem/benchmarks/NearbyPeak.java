package org.fusedem.benchmarks;

import java.util.Arrays;
import org.fusedem.points.ElementType;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The peak of {@link PeakBenchmark} right before and right after each iteration of another benchmark. What a shared
 * machine allows changes within seconds, by a factor of up to two: a share of a peak that was measured minutes ago says
 * little.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class NearbyPeak {
    /** A slice takes about a millisecond. */
    private static final int CALLS = 100;

    private static final int SLICES = 15;

    /** Mean of the two, in GFLOP/s of the points' type; JMH writes it beside the iteration's time. */
    public double fmaGflops;

    /** What is computed, so that it cannot be left out. */
    double sum;

    private final PeakBenchmark peak = new PeakBenchmark();
    private double before;

    /** For JMH. */
    public NearbyPeak() {}

    /** Has the JIT compile it, and the pass. */
    @Setup
    public void warmUp(PassBenchmark benchmark) {
        Warmth.reach(() -> {
            slice(benchmark.type);
            benchmark.pass(this);
        });
    }

    /** The peak before. */
    @Setup(Level.Iteration)
    public void before(PassBenchmark benchmark) {
        before = measure(benchmark.type);
    }

    /** The peak after. */
    @TearDown(Level.Iteration)
    public void after(PassBenchmark benchmark) {
        fmaGflops = (before + measure(benchmark.type)) / 2;
    }

    /** The median of some slices: a host that takes the core away for a moment spoils only a few of them. */
    private double measure(ElementType type) {
        double[] gflops = new double[SLICES];
        for (int slice = 0; slice < SLICES; slice++) {
            gflops[slice] = slice(type);
        }
        Arrays.sort(gflops);
        return gflops[SLICES / 2];
    }

    private double slice(ElementType type) {
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            sum += type == ElementType.FLOAT64 ? peak.fma64() : peak.fma32();
        }
        return (double) PeakBenchmark.FLOPS * CALLS / (System.nanoTime() - begin);
    }
}
