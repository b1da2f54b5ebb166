package org.fusedem.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.mllib.clustering.GaussianMixtureModel;
import org.apache.spark.mllib.linalg.Matrices;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.stat.distribution.MultivariateGaussian;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.KernelChoice;
import org.fusedem.fit.Start;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * Seconds per iteration, and the log-likelihood they come to, beside Spark MLlib's own estimators in the same session.
 * Run by {@code spark/benchmark}.
 */
final class PeerBenchmark {
    private static final int PARTITIONS = 4;
    private static final int THREADS = 2;
    /** MLlib's, whose iterations do not vary by half, are few, as they take long. */
    private static final int PEER_ITERATIONS = 2;

    private final Dataset<Row> data;
    private final int count;
    private final org.fusedem.model.GaussianMixture start;
    private final int iterations;

    private PeerBenchmark(SparkSession session, int dims, int components, int count, int iterations) {
        this.iterations = iterations;
        this.count = count;
        start = mixture(components, dims, 1.5, 3);
        double[] means = start.means();
        // Each row by itself, on whichever executor: a list of the driver's would be sent along with every task.
        data = session.range(0, count, 1, PARTITIONS).select(functions.udf(
                (Long n) -> org.apache.spark.ml.linalg.Vectors.dense(row(means, dims, n)), SQLDataTypes.VectorType())
                .apply(functions.col("id")).as("features")).cache();
        data.count();
    }

    /** Full covariances, not far from spherical; the spread alone tells truth from start. */
    private static org.fusedem.model.GaussianMixture mixture(int components, int dims, double variance, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        double[] means = new double[components * dims];
        Arrays.setAll(means, i -> 2 * random.nextGaussian());
        double[] covariances = new double[Covariance.FULL.packedLength(components, dims)];
        int at = 0;
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < dims; i++) {
                for (int j = 0; j <= i; j++) {
                    covariances[at++] = i == j ? variance : variance * 0.5 / dims;
                }
            }
        }
        return org.fusedem.model.GaussianMixture.of(Covariance.FULL, dims, weights, means, covariances);
    }

    private static double[] row(double[] means, int dims, long n) {
        SplittableRandom random = new SplittableRandom(n);
        int component = random.nextInt(means.length / dims);
        double[] row = new double[dims];
        Arrays.setAll(row, i -> means[component * dims + i] + random.nextGaussian());
        return row;
    }

    private Points points() {
        try (PointsBuilder builder = Points.builder(start.dims())) {
            for (long n = 0; n < count; n++) {
                builder.add(row(start.means(), start.dims(), n));
            }
            return builder.build();
        }
    }

    /** Runs one of them: who, D, K and the number of rows. */
    public static void main(String[] arguments) throws IOException {
        String who = arguments[0];
        int dims = Integer.parseInt(arguments[1]);
        int components = Integer.parseInt(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        try (SparkSession session =
                SparkSession.builder().config(LocalSession.conf("local[" + THREADS + "]")).getOrCreate()) {
            PeerBenchmark benchmark = new PeerBenchmark(session, dims, components, count, PEER_ITERATIONS);
            switch (who) {
                case "fusedem" -> benchmark.fusedem();
                case "mllib" -> benchmark.mllib();
                case "ml" -> benchmark.ml();
                case "partitions" -> benchmark.partitions();
                default -> throw new IllegalArgumentException(
                        "who must be fusedem, mllib, ml or partitions: who=" + who);
            }
        }
    }

    /** Ours, and the same fit without Spark. */
    private void fusedem() {
        FusedGaussianMixture estimator = new FusedGaussianMixture().setInitialModel(start).setTol(0).setMaxIter(40);
        estimator.fit(data);
        FusedGaussianMixtureSummary summary = estimator.fit(data).summary();
        print("fusedem-spark", median(summary.iterationSeconds()), summary.trace()[iterations]);
        System.out.printf(Locale.ROOT, "  loading %.2f s, off the heap %s bytes%n", summary.secondsLoading(),
                summary.offHeapBytes());
        FusedGaussianMixtureSummary fromData = new FusedGaussianMixture().setK(start.components()).setTol(0).setMaxIter(1)
                .fit(data).summary();
        System.out.printf(Locale.ROOT, "  k-means|| %.2f s%n", fromData.secondsStart());
        try (Points points = points()) {
            FitOptions options = FitOptions.components(start.components()).withStart(new Start.Given(start))
                    .withKernel(KernelChoice.VECTOR).withTolerance(0).withMaxIterations(40).withThreads(THREADS);
            Fitter.fit(points, options);
            var result = Fitter.fit(points, options);
            print("bare kernel", median(result.iterationSeconds()), result.trace()[iterations]);
        }
    }

    /** The same few rows in more and more partitions: what a task costs that has nothing to do. */
    private void partitions() {
        for (int partitions : new int[] {4, 4, 32, 256, 1024}) {
            FusedGaussianMixture estimator =
                    new FusedGaussianMixture().setInitialModel(start).setTol(0).setMaxIter(Math.max(5, 1024 / partitions / 8));
            Dataset<Row> cut = data.repartition(partitions).cache();
            cut.count();
            System.out.printf(Locale.ROOT, "  %d partitions: %.4f s per iteration%n", partitions,
                    median(estimator.fit(cut).summary().iterationSeconds()));
        }
    }

    private static double median(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The older estimator, which takes a start. */
    private void mllib() {
        JavaRDD<Vector> points = data.toJavaRDD()
                .map(row -> Vectors.fromML((org.apache.spark.ml.linalg.Vector) row.get(0))).cache();
        points.count();
        MultivariateGaussian[] gaussians = new MultivariateGaussian[start.components()];
        int dims = start.dims();
        for (int k = 0; k < gaussians.length; k++) {
            double[] matrix = Arrays.stream(start.covariance(k)).flatMapToDouble(Arrays::stream).toArray();
            gaussians[k] = new MultivariateGaussian(Vectors.dense(start.mean(k)), Matrices.dense(dims, dims, matrix));
        }
        var estimator = new org.apache.spark.mllib.clustering.GaussianMixture().setK(start.components())
                .setConvergenceTol(0).setInitialModel(new GaussianMixtureModel(start.weights(), gaussians));
        seconds(() -> estimator.setMaxIterations(1).run(points));
        double one = seconds(() -> estimator.setMaxIterations(1).run(points));
        GaussianMixtureModel[] model = new GaussianMixtureModel[1];
        double all = seconds(() -> model[0] = estimator.setMaxIterations(1 + PEER_ITERATIONS).run(points));
        var two = estimator.setMaxIterations(iterations).run(points);
        print("spark.mllib", (all - one) / PEER_ITERATIONS, logLikelihood(two));
    }

    private double logLikelihood(GaussianMixtureModel model) {
        int dims = start.dims();
        double[] means = Arrays.stream(model.gaussians()).flatMapToDouble(g -> Arrays.stream(g.mu().toArray())).toArray();
        double[] covariances = new double[Covariance.FULL.packedLength(model.k(), dims)];
        int at = 0;
        for (MultivariateGaussian gaussian : model.gaussians()) {
            for (int i = 0; i < dims; i++) {
                for (int j = 0; j <= i; j++) {
                    covariances[at++] = gaussian.sigma().apply(i, j);
                }
            }
        }
        try (Points points = points()) {
            return org.fusedem.model.GaussianMixture.of(Covariance.FULL, dims, model.weights(), means, covariances)
                    .logLikelihood(points);
        }
    }

    /** The estimator of spark.ml: it finds its own start, so only its time can be compared. */
    private void ml() {
        GaussianMixture estimator = new GaussianMixture().setK(start.components()).setTol(0).setSeed(1);
        seconds(() -> estimator.setMaxIter(1).fit(data));
        double one = seconds(() -> estimator.setMaxIter(1).fit(data));
        double all = seconds(() -> estimator.setMaxIter(1 + PEER_ITERATIONS).fit(data));
        print("spark.ml", (all - one) / PEER_ITERATIONS, Double.NaN);
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return 1e-9 * (System.nanoTime() - begin);
    }

    private void print(String name, double secondsPerIteration, double logLikelihood) {
        System.out.printf(Locale.ROOT, "%-14s D=%d K=%d n=%,d: %.4f s per iteration, log-likelihood after %d: %.6f%n",
                name, start.dims(), start.components(), count, secondsPerIteration, iterations, logLikelihood);
    }
}
