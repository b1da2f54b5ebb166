package org.fusedem.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.KernelChoice;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What acceleration saves: the time, the iterations and the passes over the data (an extrapolation that is not kept
 * costs a pass without an iteration) from a given start to within {@value #NEAR} nats per point of the limit, which the
 * set-up finds with a tolerance far smaller.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 0)
// JMH adds up the counts of several iterations.
@Measurement(iterations = 1)
public class AccelerationBenchmark {
    /** How near the limit a fit must come, in nats per point. */
    static final double NEAR = 1e-8;

    private static final double LIMIT_TOLERANCE = 1e-13;
    private static final int MOST_ITERATIONS = 200_000;

    /** The problem. */
    @Param({"full:10k:2:3", "diagonal:10k:8:8"})
    public String shape;

    /** How far apart two means typically are, in standard deviations. */
    @Param({"2", "4", "8"})
    public double separation;

    /** With or without. */
    @Param
    public Acceleration acceleration;

    private Points points;
    private FitOptions options;
    private int nearIterations;
    private int nearPasses;

    /** For JMH. */
    public AccelerationBenchmark() {}

    /** What a fit took beside time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counts {
        /** EM steps. */
        public int iterations;

        /** Walks over all points. */
        public int passes;

        /** For JMH. */
        public Counts() {}

        /** Before each fit. */
        @Setup(Level.Iteration)
        public void clear() {
            iterations = 0;
            passes = 0;
        }
    }

    /** Generates the data, finds the limit and how many iterations lead near it, and so warms up. */
    @Setup
    public void open() {
        Shape problem = Shape.parse(shape);
        GaussianMixture truth = Mixtures.truth(problem, separation);
        points = truth.sample(problem.points(), DataSet.SAMPLE_SEED);
        int[] passesOf = new int[MOST_ITERATIONS + 1];
        options = FitOptions.components(problem.components())
                .withCovariance(problem.covariance())
                .withStart(new Start.Given(Mixtures.start(truth, problem)))
                .withKernel(KernelChoice.VECTOR)
                .withAcceleration(acceleration)
                .withConvergence(Convergence.AITKEN)
                .withTolerance(LIMIT_TOLERANCE)
                .withMaxIterations(MOST_ITERATIONS);
        FitResult all = Fitter.fit(points,
                options.withProgress((restart, iteration, meanLogLikelihood) -> passesOf[iteration]++));
        nearIterations = 0;
        while (all.trace()[nearIterations] < all.logLikelihood() - NEAR * points.size()) {
            nearIterations++;
        }
        nearPasses = Arrays.stream(passesOf, 0, nearIterations + 1).sum();
        options = options.withTolerance(0).withMaxIterations(nearIterations);
        Warmth.reach(() -> Fitter.fit(points, options));
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        points.close();
    }

    /** From the start to near the limit. */
    @Benchmark
    public FitResult fit(Counts counts) {
        counts.iterations = nearIterations;
        counts.passes = nearPasses;
        return Fitter.fit(points, options);
    }
}
