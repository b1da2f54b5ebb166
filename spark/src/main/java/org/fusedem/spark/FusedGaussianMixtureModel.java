package org.fusedem.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.fusedem.model.GaussianMixture;

/**
 * A fitted mixture as a transformer: it adds to each row the most likely component, the posterior probabilities and the
 * log-density. {@link #mixture} is the mixture itself, for a single machine, and {@link #of} makes a transformer of one.
 *
 * <p>What {@link #save} writes is a folder; in it, {@code data/model.json} is a model file of the library and the
 * command {@code fusedem}. The summary is not saved.
 */
public final class FusedGaussianMixtureModel extends Model<FusedGaussianMixtureModel>
        implements MixtureParams, MLWritable {
    private static final long serialVersionUID = 1L;

    private static final String FILE = "data/model.json";

    private final String uid;
    private final MixtureHolder holder;
    private final MixtureParamSet paramSet;
    private final transient FusedGaussianMixtureSummary summary;

    FusedGaussianMixtureModel(String uid, GaussianMixture mixture, FusedGaussianMixtureSummary summary) {
        this.uid = uid;
        this.summary = summary;
        holder = new MixtureHolder(mixture);
        paramSet = new MixtureParamSet(this);
    }

    /** A transformer by this mixture; without a summary. */
    public static FusedGaussianMixtureModel of(GaussianMixture mixture) {
        FusedGaussianMixtureModel model = new FusedGaussianMixtureModel(
                Identifiable.randomUID("FusedGaussianMixture"), mixture, null);
        model.set(model.k(), mixture.components());
        model.set(model.covarianceType(), mixture.covariance().label());
        return model;
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public MixtureParamSet paramSet() {
        return paramSet;
    }

    /** The mixture, for use on one machine. */
    public GaussianMixture mixture() {
        return holder.mixture();
    }

    /** Whether there is a {@link #summary}: not for models that were loaded or made of a mixture. */
    public boolean hasSummary() {
        return summary != null;
    }

    /**
     * How the fit went.
     *
     * @throws IllegalStateException if this model does not come from a fit in this process
     */
    public FusedGaussianMixtureSummary summary() {
        if (summary == null) {
            throw new IllegalStateException("no summary: this model was loaded, or made of a mixture, and not fitted here");
        }
        return summary;
    }

    /** Takes features from a column of vectors, or of arrays of numbers. */
    public FusedGaussianMixtureModel setFeaturesCol(String value) {
        set(featuresCol(), value);
        return this;
    }

    /** Takes features from several columns of numbers, in place of one of vectors. */
    public FusedGaussianMixtureModel setFeaturesCols(String... value) {
        set(featuresCols(), value);
        return this;
    }

    /** Names the output column of most likely components; empty for none. */
    public FusedGaussianMixtureModel setPredictionCol(String value) {
        set(predictionCol(), value);
        return this;
    }

    /** Names the output column of posterior probabilities; empty for none. */
    public FusedGaussianMixtureModel setProbabilityCol(String value) {
        set(probabilityCol(), value);
        return this;
    }

    /** Names the output column of log-densities; empty for none. */
    public FusedGaussianMixtureModel setLogDensityCol(String value) {
        set(logDensityCol(), value);
        return this;
    }

    /**
     * Adds the columns that have a name. A row with a value that is not finite gets prediction -1 and NaN; one in which a
     * value is null makes the job fail, as in a fit.
     *
     * @throws IllegalArgumentException if columns are not there, or there already
     */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        OutputColumns output = OutputColumns.of(this);
        Dataset<Row> rows = dataset.toDF();
        if (output.added().isEmpty()) {
            return rows;
        }
        String scores = uid + "-scores";
        Dataset<Row> scored = rows.withColumn(scores,
                functions.udf(new ScoreFunction(holder), OutputColumns.SCORES).apply(output.features().column()));
        List<Column> columns = new ArrayList<>();
        // All there are, by no name: two may have the same.
        columns.add(functions.col("*"));
        for (OutputColumns.Added added : output.added()) {
            columns.add(FeatureColumns.named(scores).getField(added.field()).as(added.name()));
        }
        return scored.select(columns.toArray(Column[]::new)).drop(FeatureColumns.named(scores));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return OutputColumns.of(this).appendTo(schema);
    }

    @Override
    public FusedGaussianMixtureModel copy(ParamMap extra) {
        FusedGaussianMixtureModel copy = new FusedGaussianMixtureModel(uid, mixture(), summary);
        copyValues(copy, extra);
        return copy.setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new Writer(this);
    }

    /** Reads models that {@link #save} has written. */
    public static MLReader<FusedGaussianMixtureModel> read() {
        return new Reader();
    }

    /** The model that {@link #save} has written to this folder. */
    public static FusedGaussianMixtureModel load(String path) {
        return read().load(path);
    }

    private static final class Writer extends MLWriter {
        private final FusedGaussianMixtureModel model;

        Writer(FusedGaussianMixtureModel model) {
            this.model = model;
        }

        @Override
        public void saveImpl(String path) {
            DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
            try {
                CheckpointedPoints.writeModel(model.mixture(), new Path(path, FILE), sc().hadoopConfiguration());
            } catch (IOException e) {
                throw new UncheckedIOException("the model cannot be written: path=" + path, e);
            }
        }
    }

    private static final class Reader extends MLReader<FusedGaussianMixtureModel> {
        @Override
        public FusedGaussianMixtureModel load(String path) {
            DefaultParamsReader.Metadata metadata = DefaultParamsReader.loadMetadata(
                    path, sparkSession(), FusedGaussianMixtureModel.class.getName());
            try {
                GaussianMixture mixture = CheckpointedPoints.readModel(new Path(path, FILE), sc().hadoopConfiguration());
                FusedGaussianMixtureModel model = new FusedGaussianMixtureModel(metadata.uid(), mixture, null);
                metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
                return model;
            } catch (IOException e) {
                throw new UncheckedIOException("the model cannot be read: path=" + path, e);
            }
        }
    }
}
