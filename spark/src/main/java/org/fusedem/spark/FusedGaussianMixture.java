package org.fusedem.spark;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.fusedem.files.ModelFiles;
import org.fusedem.fit.DistributedFitter;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.MomentsSource;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * Fits a Gaussian mixture to the rows of a dataset, on the cluster that Spark has.
 *
 * <pre>{@code
 * FusedGaussianMixtureModel model = new FusedGaussianMixture().setK(8).setFeaturesCol("features").fit(dataset);
 * double[] trace = model.summary().trace();
 * Dataset<Row> scored = model.transform(dataset);
 * }</pre>
 *
 * <p>Each executor turns the rows of its partitions into columns off the heap, once; they stay for all iterations, and
 * are loaded again from the dataset if an executor is lost. In an iteration the mixture is broadcast, the kernel makes
 * {@link org.fusedem.moments.Moments} of each partition, and these are merged by a tree in the order of the partitions:
 * so the same partitions give the same bits, and other partitions the same answer but for rounding. Options, floors and
 * events are those of {@link org.fusedem.fit.Fitter}, but there is one start and not many.
 *
 * <p>A row must have all its values, finite; rows of weight zero are left out. The driver holds the mixture and, while a
 * start is sought, at most {@code 1 + 6 K} rows; other rows it never sees. Memory that executors need beside their heap,
 * 8 bytes for each number, is reported in the log: see {@link OffHeapMemory}.
 *
 * <p>A checkpoint of the mixture is written every {@link #checkpointInterval} iterations if the session has a checkpoint
 * directory ({@code SparkContext.setCheckpointDir}): {@link #checkpoint} reads it.
 */
public final class FusedGaussianMixture extends Estimator<FusedGaussianMixtureModel>
        implements MixtureParams, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final MixtureParamSet paramSet;

    /** An estimator with the defaults. */
    public FusedGaussianMixture() {
        this(Identifiable.randomUID("FusedGaussianMixture"));
    }

    /** An estimator with the defaults, and this name. */
    public FusedGaussianMixture(String uid) {
        this.uid = uid;
        paramSet = new MixtureParamSet(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public MixtureParamSet paramSet() {
        return paramSet;
    }

    /** Takes features from a column of vectors, or of arrays of numbers. */
    public FusedGaussianMixture setFeaturesCol(String value) {
        set(featuresCol(), value);
        return this;
    }

    /** Takes features from several columns of numbers, in place of one of vectors. */
    public FusedGaussianMixture setFeaturesCols(String... value) {
        set(featuresCols(), value);
        return this;
    }

    /** Names the output column of most likely components; empty for none. */
    public FusedGaussianMixture setPredictionCol(String value) {
        set(predictionCol(), value);
        return this;
    }

    /** Names the output column of posterior probabilities; empty for none. */
    public FusedGaussianMixture setProbabilityCol(String value) {
        set(probabilityCol(), value);
        return this;
    }

    /** Names the output column of log-densities; empty for none. */
    public FusedGaussianMixture setLogDensityCol(String value) {
        set(logDensityCol(), value);
        return this;
    }

    /** Takes weights from a column of numbers. */
    public FusedGaussianMixture setWeightCol(String value) {
        set(weightCol(), value);
        return this;
    }

    /** Another number of components. */
    public FusedGaussianMixture setK(int value) {
        set(k(), value);
        return this;
    }

    /** Another shape of covariances: {@code spherical}, {@code diagonal}, {@code tied} or {@code full}. */
    public FusedGaussianMixture setCovarianceType(String value) {
        set(covarianceType(), value);
        return this;
    }

    /** Another limit of iterations. */
    public FusedGaussianMixture setMaxIter(int value) {
        set(maxIter(), value);
        return this;
    }

    /** Another tolerance. */
    public FusedGaussianMixture setTol(double value) {
        set(tol(), value);
        return this;
    }

    /** Another seed. */
    public FusedGaussianMixture setSeed(long value) {
        set(seed(), value);
        return this;
    }

    /** Another relative floor of the variances. */
    public FusedGaussianMixture setRegularization(double value) {
        set(regularization(), value);
        return this;
    }

    /** Starts from this mixture, and fits one of as many components and the same shape. */
    public FusedGaussianMixture setInitialModel(GaussianMixture value) {
        set(initialModel(), ModelFiles.toJson(value));
        return setK(value.components()).setCovarianceType(value.covariance().label());
    }

    /** Starts from the mixture of this model, and fits one of as many components and the same shape. */
    public FusedGaussianMixture setInitialModel(FusedGaussianMixtureModel value) {
        return setInitialModel(value.mixture());
    }

    /** Another depth of the tree that merges moments. */
    public FusedGaussianMixture setAggregationDepth(int value) {
        set(aggregationDepth(), value);
        return this;
    }

    /** Another number of iterations between checkpoints of the mixture, or -1 for none. */
    public FusedGaussianMixture setCheckpointInterval(int value) {
        set(checkpointInterval(), value);
        return this;
    }

    /** Keeps the columns in {@code memory} (off the heap), or on {@code disk} (mapped files). */
    public FusedGaussianMixture setStorage(String value) {
        set(storage(), value);
        return this;
    }

    /**
     * Fits a mixture. Costs some passes over the rows before the first iteration, one for each iteration, and one for
     * the last log-likelihood. Where a value is missing or not finite a task fails, and with it the job, by Spark's own
     * exception, whose cause names the value.
     *
     * @throws IllegalArgumentException if columns are not there or of another type, params do not go together, or there
     *     are fewer rows with weight than components
     */
    @Override
    public FusedGaussianMixtureModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        FitOptions options = options();
        FeatureColumns features = FeatureColumns.of(this);
        boolean weighted = !getWeightCol().isEmpty();
        Dataset<Row> rows = dataset.select(weighted
                ? new Column[] {features.column(), FeatureColumns.number(getWeightCol())}
                : new Column[] {features.column()});
        BlockLoader loader = new BlockLoader(weighted, Storage.ofLabel(getStorage()));
        long begin = System.nanoTime();
        try (ClusterPoints points = new ClusterPoints(rows, loader, options.covariance(), getAggregationDepth())) {
            DistributedFitter fitter = new DistributedFitter(options, points.summary(), points.interquartileScales());
            double secondsLoading = secondsSince(begin);
            long beginStart = System.nanoTime();
            double[] centres = isDefined(initialModel()) ? null
                    : new KMeansParallel(points, fitter).centres(getK(), getSeed());
            double secondsStart = secondsSince(beginStart);
            MomentsSource source = withCheckpoints(points, dataset.sparkSession());
            FitResult result = centres == null ? fitter.fit(source) : fitter.fit(source, centres);
            FusedGaussianMixtureSummary summary = new FusedGaussianMixtureSummary(result, secondsLoading,
                    secondsStart + result.secondsStart(), points.bytesByExecutor());
            GaussianMixture mixture = features.several().isEmpty()
                    ? result.model() : result.model().withColumns(features.several());
            FusedGaussianMixtureModel model = new FusedGaussianMixtureModel(uid, mixture, summary);
            copyValues(model, ParamMap.empty());
            return model.setParent(this);
        }
    }

    private static double secondsSince(long begin) {
        return 1e-9 * (System.nanoTime() - begin);
    }

    private FitOptions options() {
        FitOptions options = FitOptions.components(getK()).withCovariance(Covariance.ofLabel(getCovarianceType()))
                .withMaxIterations(getMaxIter()).withTolerance(getTol()).withSeed(getSeed())
                .withRegularization(getRegularization());
        return isDefined(initialModel()) ? options.withStart(new Start.Given(getInitialModel())) : options;
    }

    private MomentsSource withCheckpoints(ClusterPoints points, SparkSession session) {
        var directory = session.sparkContext().getCheckpointDir();
        if (getCheckpointInterval() < 0 || directory.isEmpty()) {
            return points;
        }
        return new CheckpointedPoints(points, checkpointFile(directory.get()),
                session.sparkContext().hadoopConfiguration(), getCheckpointInterval());
    }

    private Path checkpointFile(String directory) {
        return new Path(directory, uid + ".json");
    }

    /**
     * The latest checkpoint of a fit by an estimator with this {@link #uid}: a mixture to set as initial model.
     *
     * @param directory what {@code SparkContext.getCheckpointDir} said while it ran
     * @throws IOException if there is none
     */
    public GaussianMixture checkpoint(SparkSession session, String directory) throws IOException {
        return CheckpointedPoints.readModel(checkpointFile(directory), session.sparkContext().hadoopConfiguration());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        if (!getWeightCol().isEmpty()) {
            FeatureColumns.checkNumeric(schema, getWeightCol(), "weightCol");
        }
        return OutputColumns.of(this).appendTo(schema);
    }

    @Override
    public FusedGaussianMixture copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Reads estimators that {@link #save} has written. */
    public static MLReader<FusedGaussianMixture> read() {
        return new DefaultParamsReader<>();
    }

    /** The estimator that {@link #save} has written to this folder. */
    public static FusedGaussianMixture load(String path) {
        return read().load(path);
    }
}
