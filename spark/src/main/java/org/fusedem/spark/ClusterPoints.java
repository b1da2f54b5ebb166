package org.fusedem.spark;

import java.io.Serializable;
import java.lang.ref.Reference;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;
import org.fusedem.fit.Expectation;
import org.fusedem.fit.MomentsSource;
import org.fusedem.fit.PointsSummary;
import org.fusedem.fit.SamplePlan;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The points of a dataset, in columns on the executors for as long as a fit runs. A partition that an executor takes
 * with it is loaded again from the dataset, on another one.
 */
final class ClusterPoints implements MomentsSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterPoints.class);

    private final JavaRDD<PointsBlock> blocks;
    private final Covariance covariance;
    private final int depth;
    private final List<PartReport> reports;
    private final PointsSummary summary;

    /**
     * Loads the points.
     *
     * @param rows features in the first column, weights, if any, in the second
     * @throws IllegalArgumentException if there is no row with weight
     */
    ClusterPoints(Dataset<Row> rows, BlockLoader loader, Covariance covariance, int depth) {
        this.covariance = covariance;
        this.depth = depth;
        blocks = rows.toJavaRDD()
                .mapPartitionsWithIndex((index, part) -> List.of(loader.load(index, part)).iterator(), true)
                .setName("fusedem points").persist(StorageLevel.MEMORY_ONLY());
        try {
            reports = blocks.mapPartitions(ClusterPoints::report).collect();
            summary = reports.stream().filter(PartReport::hasPoints).map(PartReport::summary)
                    .reduce(PointsSummary::merge).orElseThrow(
                            () -> new IllegalArgumentException("there is no row with weight: rows=0"));
            reportMemory(loader.storage());
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private static Iterator<PartReport> report(Iterator<PointsBlock> part) {
        return stream(part).map(block -> {
            byte[] bytes = block.isEmpty() ? new byte[0] : PointsSummary.of(block.points()).toBytes();
            Reference.reachabilityFence(block);
            return new PartReport(SparkEnv.get().executorId(), block.bytes(), bytes);
        }).iterator();
    }

    private static Stream<PointsBlock> stream(Iterator<PointsBlock> part) {
        return StreamSupport.stream(((Iterable<PointsBlock>) () -> part).spliterator(), false);
    }

    private void reportMemory(Storage storage) {
        var conf = blocks.context().getConf();
        String report = OffHeapMemory.report(
                summary.points(), summary.dims(), reports.size(), bytesByExecutor(), storage, conf);
        boolean local = blocks.context().isLocal();
        if (storage == Storage.MEMORY && !local && OffHeapMemory.exceeds(bytesByExecutor(), conf)) {
            LOG.warn("{}: raise it, use more executors, or set storage to disk", report);
        } else {
            LOG.info(report);
        }
    }

    /** Bytes off the heap, or in files, of each executor as they were after loading. */
    Map<String, Long> bytesByExecutor() {
        Map<String, Long> bytes = new TreeMap<>();
        reports.forEach(part -> bytes.merge(part.executor(), part.bytes(), Long::sum));
        return bytes;
    }

    /** What the points are like. */
    PointsSummary summary() {
        return summary;
    }

    /** How broad the bulk of each feature is. The sample that shows it goes to one task, and not to the driver. */
    double[] interquartileScales() {
        double[] weightBefore = new double[reports.size()];
        for (int part = 1; part < weightBefore.length; part++) {
            weightBefore[part] = weightBefore[part - 1] + reports.get(part - 1).weight();
        }
        long points = summary.points();
        double totalWeight = summary.totalWeight();
        int dims = summary.dims();
        JavaRDD<byte[]> drawn = blocks.mapPartitionsWithIndex((index, part) -> stream(part)
                .filter(block -> !block.isEmpty()).map(block -> {
                    try (Points sample = new SamplePlan(points, totalWeight).draw(block.points(), weightBefore[index])) {
                        Reference.reachabilityFence(block);
                        return RowBytes.of(sample);
                    }
                }).iterator(), true);
        byte[] scales = MergeTree.regroup(drawn, 1, samples -> {
            try (PointsBuilder builder = Points.builder(dims)) {
                samples.forEachRemaining(bytes -> RowBytes.add(bytes, dims, builder));
                try (Points sample = builder.build()) {
                    return List.of(RowBytes.of(SamplePlan.interquartileScales(sample))).iterator();
                }
            }
        }).collect().getFirst();
        return RowBytes.doubles(scales);
    }

    /** What a task makes of the points of its partition. */
    interface Work extends Serializable {
        byte[] of(Points points, GaussianMixture model);
    }

    /**
     * Runs a task on each partition that has points, under a mixture that is sent to all executors.
     *
     * @return null if there are none
     */
    <T> T run(GaussianMixture model, Work work, Merging<T> merging) {
        Broadcast<double[][]> arrays =
                JavaSparkContext.fromSparkContext(blocks.context()).broadcast(MixtureArrays.of(model));
        Covariance shape = model.covariance();
        try {
            return MergeTree.merge(blocks.mapPartitions(part -> stream(part)
                    .filter(block -> !block.isEmpty()).map(block -> {
                        byte[] result = work.of(block.points(), MixtureArrays.mixture(shape, arrays.value()));
                        Reference.reachabilityFence(block);
                        return result;
                    }).iterator()), depth, merging);
        } finally {
            arrays.destroy();
        }
    }

    @Override
    public Moments posterior(GaussianMixture model) {
        Covariance shape = covariance;
        return run(model, (points, mixture) -> {
            try (Expectation part = new Expectation(points, shape, mixture.components())) {
                return part.posterior(mixture).toBytes();
            }
        }, new Merging.OfMoments());
    }

    @Override
    public Moments nearest(GaussianMixture centres) {
        return nearest(centres, covariance);
    }

    /** As {@link #nearest(GaussianMixture)}, moments of a shape that is not the fit's. */
    Moments nearest(GaussianMixture centres, Covariance shape) {
        return run(centres, (points, mixture) -> {
            try (Expectation part = new Expectation(points, shape, mixture.components())) {
                return part.nearest(mixture).toBytes();
            }
        }, new Merging.OfMoments());
    }

    @Override
    public double logLikelihood(GaussianMixture model) {
        Covariance shape = covariance;
        return run(model, (points, mixture) -> {
            try (Expectation part = new Expectation(points, shape, mixture.components())) {
                return RowBytes.of(part.logLikelihood(mixture));
            }
        }, new Sum());
    }

    private static final class Sum implements Merging<Double> {
        private static final long serialVersionUID = 1L;

        @Override
        public Double read(byte[] bytes) {
            return RowBytes.doubles(bytes)[0];
        }

        @Override
        public Double merge(Double first, Double second) {
            return first + second;
        }

        @Override
        public byte[] write(Double whole) {
            return RowBytes.of(whole);
        }
    }

    /** Frees the columns. Where some are lost they are not loaded again for that; cleaners free what is left. */
    @Override
    public void close() {
        SparkContext context = blocks.context();
        if (context.isStopped()) {
            return;
        }
        boolean interrupted = false;
        try {
            for (RDDInfo info : context.getRDDStorageInfo()) {
                if (info.id() == blocks.id() && info.numCachedPartitions() == blocks.getNumPartitions()) {
                    blocks.foreach(PointsBlock::close);
                }
            }
        } catch (Exception e) {
            // Scala throws what Java would have to declare: a SparkException, say, or an InterruptedException.
            LOG.debug("columns are left to the cleaners", e);
            interrupted = e instanceof InterruptedException;
        } finally {
            blocks.unpersist(false);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
