package org.fusedem.benchmarks;

import java.util.concurrent.TimeUnit;
import org.fusedem.kernel.Tile;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Each stage of a pass alone, over one tile in cache, in microseconds per tile. Stage two works in place, so it is
 * timed together with the copy that restores its input; {@link #restore} is that copy alone, to be subtracted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// How the JIT lays out and inlines a loop differs between JVMs more than between iterations: fork more, iterate less.
@Fork(5)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class StageBenchmark {
    /** The problem, but for its points: those are as many as a tile takes. */
    @Param({"diagonal:1:8:8", "full:1:8:8", "diagonal:1:32:32", "full:1:32:32"})
    public String shape;

    /** Who does the arithmetic. */
    @Param({"scalar", "vector"})
    public String kernel;

    /** How the points are stored. */
    @Param("FLOAT64")
    public ElementType type;

    private DataSet data;
    private OneTile tile;

    /** For JMH. */
    public StageBenchmark() {}

    /** Generates the data, and runs all stages until they are compiled. */
    @Setup
    public void open() {
        Shape parsed = Shape.parse(shape);
        data = DataSet.of(parsed.withPoints(tilePoints(parsed, type)), type);
        tile = new OneTile(ForcedKernel.use(kernel), data);
        Warmth.reach(this::allStages);
    }

    /** Leaves the tile as the last stage wants it. */
    private void allStages() {
        tile.logDensities();
        tile.responsibilities();
        tile.moments();
    }

    /** The points in the tile that a problem is timed on. */
    public static int tilePoints(Shape shape, ElementType type) {
        return OneTile.points(shape, type);
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        tile.close();
        data.close();
    }

    /** Stage one: log-densities. */
    @Benchmark
    public Tile densities() {
        return tile.logDensities();
    }

    /** What {@link #responsibilities} spends on restoring its input. */
    @Benchmark
    public Tile restore() {
        return tile.restoreLogDensities();
    }

    /** Stage two: log-sum-exp and responsibilities, after restoring the log-densities. */
    @Benchmark
    public double responsibilities() {
        tile.restoreLogDensities();
        return tile.responsibilities();
    }

    /** Stage three: moments. */
    @Benchmark
    public Moments moments() {
        return tile.moments();
    }
}
