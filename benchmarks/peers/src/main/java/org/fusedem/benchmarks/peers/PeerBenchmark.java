package org.fusedem.benchmarks.peers;

import java.util.concurrent.TimeUnit;
import org.fusedem.benchmarks.DataSet;
import org.fusedem.benchmarks.Warmth;
import org.fusedem.model.GaussianMixture;
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
 * The same fit by everyone: {@value #ITERATIONS} EM iterations from one start, on one thread. A peer that does not
 * reach the same log-likelihood fails here instead of being timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 3, jvmArgsAppend = {
    // Smile calls OpenBLAS, and would use all cores.
    "--enable-native-access=ALL-UNNAMED",
    "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1",
    // What Spark's own launcher would open.
    "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED", "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.util=ALL-UNNAMED", "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
})
public class PeerBenchmark {
    /** EM iterations of each fit. */
    static final int ITERATIONS = 10;

    /** The problem. */
    @Param({"full:10k:2:3", "full:10k:8:8", "full:10k:16:16"})
    public String shape;

    /** Who does the work. */
    @Param
    public Peer peer;

    private DataSet data;
    private PeerFit fit;

    /** For JMH. */
    public PeerBenchmark() {}

    /** Generates the data, checks the answer, and warms up. */
    @Setup
    public void open() {
        data = DataSet.of(shape, ElementType.FLOAT64);
        fit = peer.prepare(data);
        Answer answer = Answer.of(fit.fit(ITERATIONS), data, ITERATIONS);
        if (!answer.isEqual()) {
            throw new IllegalStateException(peer + " finds something else, so its time means nothing: " + answer);
        }
        Warmth.reach(this::fit);
    }

    /** Frees the data. */
    @TearDown
    public void close() {
        fit.close();
        data.close();
    }

    /** The fit. */
    @Benchmark
    public GaussianMixture fit() {
        return fit.fit(ITERATIONS);
    }
}
