package org.fusedem.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.fusedem.model.BatchScorer;
import org.fusedem.model.PointScorer;
import org.fusedem.model.Scorer;
import org.fusedem.points.ElementType;
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
 * Scoring with a fitted mixture: one point as a service sees it, and many points as a batch job sees them, in
 * nanoseconds per point. {@code -prof gc} shows what each way allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(5)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class ScoreBenchmark {
    /** The points of a batch. */
    static final int BATCH = 10_000;

    /** Different single points, taken in turn, so that none is learnt by heart. */
    private static final int SINGLES = 1024;

    /** The mixture; its points are replaced by a batch. */
    @Param({"diagonal:10k:8:8", "full:10k:8:8"})
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector"})
    public String kernel;

    private DataSet data;
    private double[][] singles;
    private double[] rows;
    private PointScorer pointScorer;
    private BatchScorer batchScorer;
    private int next;

    /** Of what the warm-up computes, so that it cannot be left out. */
    private double sum;

    /** For JMH. */
    public ScoreBenchmark() {}

    /** Generates the data and warms up. */
    @Setup
    public void open() {
        ForcedKernel.use(kernel);
        data = DataSet.of(Shape.parse(shape).withPoints(BATCH), ElementType.FLOAT64);
        singles = Arrays.copyOf(data.rows(), SINGLES);
        rows = Arrays.stream(data.rows()).flatMapToDouble(Arrays::stream).toArray();
        pointScorer = data.start().pointScorer();
        batchScorer = data.start().batchScorer(BATCH);
        Warmth.reach(() -> sum += wholeBatch() + eachOfBatch() + onePoint() + rowsOfBatch() + otherModel());
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        batchScorer.close();
        data.close();
    }

    /** {@code log p(x)} of one point, by a kept scorer. */
    @Benchmark
    public double onePoint() {
        next = (next + 1) % SINGLES;
        return pointScorer.logDensity(singles[next]);
    }

    /** {@code log p(x)}, and responsibilities, of each point of a batch that stands row after row, by a kept scorer. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public double rowsOfBatch() {
        batchScorer.score(rows, 0, BATCH);
        double sum = 0;
        for (int n = 0; n < BATCH; n++) {
            sum += batchScorer.logDensity(n);
        }
        return sum;
    }

    /** A change of the kept scorer's model, and one point. */
    @Benchmark
    public double otherModel() {
        pointScorer.use(data.start());
        return onePoint();
    }

    /** {@code log p(x)} of each point of a batch, in order. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public double eachOfBatch() {
        double sum = 0;
        try (Scorer scorer = data.start().scorer(data.points())) {
            for (long row = 0; row < BATCH; row++) {
                sum += scorer.logDensity(row);
            }
        }
        return sum;
    }

    /** The log-likelihood of a batch. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public double wholeBatch() {
        return data.start().logLikelihood(data.points());
    }
}
