package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.fusedem.fit.ComputeKernel;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.Start;
import org.fusedem.points.Points;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two executors in processes of their own; Kryo in place of Java's serialization. */
class LocalClusterTest {
    private static final double[][] ROWS = LocalSession.sample(LocalSession.truth(), 20_000, 7);
    private static final int ITERATIONS = 12;

    private static SparkSession session;

    @BeforeAll
    static void startCluster() {
        SparkConf conf = LocalSession.conf("local-cluster[2,1,1024]")
                .set("spark.executor.memory", "512m")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.executor.extraClassPath",
                        Stream.concat(Processes.jars(), Stream.of(Path.of("target/test-classes").toAbsolutePath()))
                                .map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        session = SparkSession.builder().config(conf).getOrCreate();
    }

    @AfterAll
    static void stopCluster() {
        session.stop();
    }

    private static FusedGaussianMixture estimator() {
        return new FusedGaussianMixture().setInitialModel(LocalSession.start()).setTol(0).setMaxIter(ITERATIONS);
    }

    private static FitResult onOneMachine() {
        try (Points points = Points.ofRows(ROWS)) {
            return Fitter.fit(points, FitOptions.components(3).withTolerance(0).withMaxIterations(ITERATIONS)
                    .withStart(new Start.Given(LocalSession.start())));
        }
    }

    @Test
    void executorsComeToTheAnswerOfOneMachine() {
        FusedGaussianMixtureSummary summary =
                estimator().fit(LocalSession.dataset(session, ROWS, 7)).summary();
        double expected = onOneMachine().logLikelihood();
        assertEquals(expected, summary.logLikelihood(), 1e-10 * Math.abs(expected));
        assertEquals(2, summary.offHeapBytes().size());
        long bytes = summary.offHeapBytes().values().stream().mapToLong(Long::longValue).sum();
        assertTrue(bytes >= 8L * 3 * ROWS.length && bytes <= 8L * 3 * ROWS.length + 7 * 3 * 128, () -> bytes + " bytes");
    }

    @Test
    void executorsFindAStartAndScore() {
        FusedGaussianMixtureModel model = new FusedGaussianMixture().setK(3).setStorage("disk")
                .fit(LocalSession.dataset(session, ROWS, 4));
        double mean = new LogDensityEvaluator().evaluate(model.transform(LocalSession.dataset(session, ROWS, 4)));
        assertEquals(model.summary().result().meanLogLikelihood(), mean, 1e-10 * Math.abs(mean));
    }

    @Test
    void aFitSurvivesTheLossOfAnExecutor() {
        double[] undisturbed = estimator().fit(LocalSession.dataset(session, ROWS, 6)).summary().trace();
        LostExecutor lost = new LostExecutor(JavaSparkContext.fromSparkContext(session.sparkContext()), 8);
        session.sparkContext().addSparkListener(lost);
        double[] disturbed = estimator().fit(LocalSession.dataset(session, ROWS, 6)).summary().trace();
        session.sparkContext().removeSparkListener(lost);
        assertTrue(lost.killed());
        assertTrue(lost.removed() >= 1);
        assertArrayEquals(undisturbed, disturbed);
    }

    @Test
    void executorsRunTheVectorKernel() {
        List<String> kernels = JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(List.of(1, 2), 2)
                .map(n -> ComputeKernel.name()).collect();
        assertEquals(List.of("vector", "vector"), kernels);
    }
}
