package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator and its model as parts of spark.ml. */
class EstimatorTest {
    private static final double[][] ROWS = LocalSession.sample(LocalSession.truth(), 1500, 5);

    private final SparkSession session = LocalSession.get();
    private final Dataset<Row> data = LocalSession.dataset(session, ROWS, 2);

    @TempDir
    Path folder;

    private static FusedGaussianMixture estimator() {
        return new FusedGaussianMixture().setInitialModel(LocalSession.start()).setMaxIter(5).setTol(0);
    }

    /** The vectors' coordinates in columns x, y and z, one of them of floats. */
    private Dataset<Row> columns() {
        var element = functions.udf((Vector v, Integer i) -> v.apply(i),
                DataTypes.DoubleType);
        return data.select(element.apply(functions.col("features"), functions.lit(0)).as("x.1"),
                element.apply(functions.col("features"), functions.lit(1)).as("y"),
                element.apply(functions.col("features"), functions.lit(2)).as("z"));
    }

    @Test
    void takesVectorsArraysAndColumns() {
        double expected = estimator().fit(data).summary().logLikelihood();
        var sparse = functions.udf((Vector v) -> (Vector) v.toSparse(),
                SQLDataTypes.VectorType());
        var array = functions.udf((Vector v) -> v.toArray(),
                DataTypes.createArrayType(DataTypes.DoubleType));
        Dataset<Row> sparseData = data.withColumn("features", sparse.apply(functions.col("features")));
        assertEquals(expected, estimator().fit(sparseData).summary().logLikelihood());
        Dataset<Row> arrays = data.withColumn("features", array.apply(functions.col("features")));
        assertEquals(expected, estimator().fit(arrays).summary().logLikelihood());
        FusedGaussianMixtureModel ofColumns = estimator().setFeaturesCols("x.1", "y", "z").fit(columns());
        assertEquals(expected, ofColumns.summary().logLikelihood());
        assertEquals(List.of("x.1", "y", "z"), ofColumns.mixture().columns());
        assertEquals(data.count(), ofColumns.transform(columns()).filter("prediction >= 0").count());
    }

    @Test
    void takesColumnsOfWholeNumbersAndFloats() {
        Dataset<Row> numbers = session.range(100).selectExpr("cast(id % 7 as int) a", "cast(id as float) b", "id c");
        FusedGaussianMixtureModel model =
                new FusedGaussianMixture().setK(2).setFeaturesCols("a", "b", "c").setMaxIter(2).fit(numbers);
        assertEquals(100, model.summary().totalWeight());
    }

    @Test
    void scoresAsTheMixtureDoes() {
        FusedGaussianMixtureModel model = estimator().fit(data);
        List<Row> scored = model.transform(data).select("features", "prediction", "probability", "logDensity")
                .collectAsList();
        assertEquals(ROWS.length, scored.size());
        for (int n = 0; n < 100; n++) {
            double[] point = ((Vector) scored.get(n).get(0)).toArray();
            assertEquals(model.mixture().predict(point), scored.get(n).getInt(1));
            assertArrayEquals(model.mixture().responsibilities(point), ((Vector) scored.get(n).get(2)).toArray(), 1e-12);
            assertEquals(model.mixture().logDensity(point), scored.get(n).getDouble(3), 1e-12);
        }
    }

    @Test
    void outputColumnsMayBeRenamedAndLeftOut() {
        Dataset<Row> scored = estimator().setPredictionCol("cluster").setProbabilityCol("").setLogDensityCol("")
                .fit(data).transform(data);
        assertArrayEquals(new String[] {"features", "weight", "cluster"}, scored.columns());
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> estimator().setPredictionCol("weight").fit(data)).getMessage().contains("column=weight"));
    }

    @Test
    void worksInPipelines() throws IOException {
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new VectorAssembler().setInputCols(new String[] {"x.1", "y", "z"}).setOutputCol("raw"),
            new StandardScaler().setInputCol("raw").setOutputCol("features"),
            new FusedGaussianMixture().setK(3).setMaxIter(5)});
        pipeline.save(folder.resolve("pipeline").toString());
        Dataset<Row> renamed = columns().withColumnRenamed("x.1", "x1");
        ((VectorAssembler) pipeline.getStages()[0]).setInputCols(new String[] {"x1", "y", "z"});
        PipelineModel model = pipeline.fit(renamed);
        model.save(folder.resolve("model").toString());
        Dataset<Row> again = PipelineModel.load(folder.resolve("model").toString()).transform(renamed);
        assertEquals(model.transform(renamed).select("logDensity").collectAsList(),
                again.select("logDensity").collectAsList());
        PipelineStage loaded = Pipeline.load(folder.resolve("pipeline").toString()).getStages()[2];
        assertEquals(3, ((FusedGaussianMixture) loaded).getK());
    }

    @Test
    void crossValidationChoosesTheNumberOfComponents() {
        FusedGaussianMixture estimator = new FusedGaussianMixture().setMaxIter(15);
        CrossValidator validator = new CrossValidator().setEstimator(estimator).setEvaluator(new LogDensityEvaluator())
                .setEstimatorParamMaps(new ParamGridBuilder().addGrid(estimator.k(), new int[] {1, 3}).build())
                .setNumFolds(2).setSeed(1);
        CrossValidatorModel chosen = validator.fit(data);
        assertEquals(3, ((FusedGaussianMixtureModel) chosen.bestModel()).mixture().components());
        assertTrue(chosen.avgMetrics()[1] > chosen.avgMetrics()[0]);
    }

    @Test
    void savesAndLoadsEveryParam() throws IOException {
        FusedGaussianMixture estimator = estimator().setFeaturesCols("x", "y").setWeightCol("w").setSeed(1L << 60)
                .setRegularization(1e-3).setAggregationDepth(3).setCheckpointInterval(-1).setStorage("disk")
                .setPredictionCol("p").setProbabilityCol("r").setLogDensityCol("");
        estimator.save(folder.resolve("estimator").toString());
        FusedGaussianMixture loaded = FusedGaussianMixture.load(folder.resolve("estimator").toString());
        assertEquals(estimator.uid(), loaded.uid());
        assertEquals(16, loaded.params().length);
        for (Param<?> param : estimator.params()) {
            if (param != estimator.featuresCols()) {
                assertEquals(estimator.explainParam(param), loaded.explainParam(loaded.getParam(param.name())));
            }
        }
        assertArrayEquals(new String[] {"x", "y"}, loaded.getFeaturesCols());
        assertArrayEquals(LocalSession.start().means(), loaded.getInitialModel().means());
        assertEquals(1L << 60, loaded.getSeed());
        assertNull(new FusedGaussianMixture().getInitialModel());
        LogDensityEvaluator evaluator = new LogDensityEvaluator().setWeightCol("w").setLogDensityCol("d");
        evaluator.save(folder.resolve("evaluator").toString());
        assertEquals(evaluator.explainParams(),
                LogDensityEvaluator.load(folder.resolve("evaluator").toString()).explainParams());
    }

    @Test
    void savedModelsAreModelFilesToo() throws IOException {
        FusedGaussianMixtureModel model = estimator().setPredictionCol("cluster").fit(data);
        model.save(folder.resolve("model").toString());
        FusedGaussianMixtureModel loaded = FusedGaussianMixtureModel.load(folder.resolve("model").toString());
        assertEquals("cluster", loaded.getPredictionCol());
        assertArrayEquals(model.mixture().covariances(), loaded.mixture().covariances());
        assertFalse(loaded.hasSummary());
        assertThrows(IllegalStateException.class, loaded::summary);
        GaussianMixture file = ModelFiles.read(folder.resolve("model/data/model.json"));
        assertArrayEquals(model.mixture().means(), file.means());
        assertThrows(IOException.class, () -> model.save(folder.resolve("model").toString()));
        model.write().overwrite().save(folder.resolve("model").toString());
    }

    @Test
    void aMixtureBecomesATransformer() {
        GaussianMixture mixture = LocalSession.truth();
        Dataset<Row> scored = FusedGaussianMixtureModel.of(mixture).setPredictionCol("c").transform(data);
        double[] point = ((Vector) scored.select("features").head().get(0)).toArray();
        assertEquals(mixture.predict(point), scored.select("c").head().getInt(0));
        assertEquals(3, FusedGaussianMixtureModel.of(mixture).getK());
    }

    @Test
    void copiesAndSerializedModelsAreTheSame() throws Exception {
        FusedGaussianMixtureModel model = estimator().fit(data);
        FusedGaussianMixtureModel copy = model.copy(ParamMap.empty());
        assertEquals(model.uid(), copy.uid());
        assertEquals(model.summary(), copy.summary());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(model);
        FusedGaussianMixtureModel read = (FusedGaussianMixtureModel)
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertArrayEquals(model.mixture().covariances(), read.mixture().covariances());
        assertEquals(model.mixture().columns(), read.mixture().columns());
    }

    @Test
    void writesCheckpointsThatAFitCanGoOnFrom() throws IOException {
        session.sparkContext().setCheckpointDir(folder.resolve("checkpoints").toString());
        String directory = session.sparkContext().getCheckpointDir().get();
        FusedGaussianMixture estimator = estimator().setCheckpointInterval(2).setMaxIter(6);
        double[] whole = estimator.fit(data).summary().trace();
        // After iteration 4; the one after 6 would be of the result.
        GaussianMixture checkpoint = estimator.checkpoint(session, directory);
        double[] rest = new FusedGaussianMixture().setInitialModel(checkpoint).setTol(0).setMaxIter(2).fit(data).summary()
                .trace();
        assertArrayEquals(Arrays.copyOfRange(whole, 4, 7), rest);
        assertThrows(IOException.class, () -> estimator().checkpoint(session, directory));
    }

    @Test
    void refusesWrongColumnsBeforeItStarts() {
        assertMessage("featuresCol is not among the columns: column=f, columns=features, weight",
                () -> estimator().setFeaturesCol("f").fit(data));
        assertMessage("column=weight, type=double", () -> estimator().setFeaturesCol("weight").fit(data));
        assertMessage("weightCol must be numbers: column=features",
                () -> estimator().setWeightCol("features").fit(data));
        assertMessage("featuresCols must be numbers: column=features",
                () -> estimator().setFeaturesCols("features").fit(data));
        assertMessage("components=2", () -> estimator().setK(2).fit(data));
        assertMessage("there must be at least as many points", () -> new FusedGaussianMixture().setK(2000).fit(data));
        assertMessage("there is no row with weight", () -> estimator().fit(data.limit(0)));
        assertThrows(IllegalArgumentException.class, () -> new FusedGaussianMixture().setK(0));
        assertThrows(IllegalArgumentException.class, () -> new FusedGaussianMixture().setTol(-1));
        assertThrows(IllegalArgumentException.class, () -> new FusedGaussianMixture().setCovarianceType("round"));
        assertThrows(IllegalArgumentException.class, () -> new FusedGaussianMixture().setCheckpointInterval(0));
        assertThrows(IllegalArgumentException.class, () -> new FusedGaussianMixture().setStorage("tape"));
        assertThrows(IllegalArgumentException.class, () -> new FusedGaussianMixture().setRegularization(2));
    }

    @Test
    void refusesBrokenRowsByName() {
        Dataset<Row> rows = columns().withColumnRenamed("x.1", "x");
        FusedGaussianMixture estimator = new FusedGaussianMixture().setFeaturesCols("x", "y");
        assertMessage("value=NaN", () -> estimator.fit(rows.selectExpr("x", "double('NaN') y")));
        assertMessage("feature=1, value=null", () -> estimator.fit(rows.selectExpr("x", "double(null) y")));
        assertMessage("weight=null",
                () -> estimator.copy(ParamMap.empty()).setWeightCol("w")
                        .fit(rows.selectExpr("x", "y", "double(null) w")));
        assertMessage("weight=-1", () -> new FusedGaussianMixture().setFeaturesCols("x", "y").setWeightCol("w")
                .fit(rows.selectExpr("x", "y", "-1.0 w")));
        assertMessage("value=NaN", () -> new FusedGaussianMixture().setFeaturesCols("x", "y").setStorage("disk")
                .fit(rows.selectExpr("x", "double('NaN') y")));
        assertMessage("features=null", () -> new FusedGaussianMixture()
                .fit(data.selectExpr("if(weight = 1, null, features) features")));
    }

    /** The message may be that of a task, somewhere among the causes. */
    private static void assertMessage(String part, Runnable failing) {
        Throwable thrown = assertThrows(Exception.class, failing::run);
        StringBuilder messages = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            messages.append(t.getMessage()).append('\n');
        }
        assertTrue(messages.toString().contains(part), messages::toString);
    }

    @Test
    void nothingStaysInSparksCache() {
        estimator().fit(data);
        assertThrows(Exception.class,
                () -> new FusedGaussianMixture().setK(2000).fit(data));
        assertEquals(0, session.sparkContext().getRDDStorageInfo().length);
    }

    @Test
    void rowsThatAreNotFiniteAreScoredAsNothing() {
        Row row = FusedGaussianMixtureModel.of(LocalSession.truth()).setFeaturesCols("a", "b", "c")
                .transform(session.sql("select double('NaN') a, 1.0 b, 2.0 c")).select("prediction", "logDensity").head();
        assertEquals(-1, row.getInt(0));
        assertTrue(Double.isNaN(row.getDouble(1)));
    }

    /** As a join leaves them: whoever does not ask for these columns may have two of one name. */
    @Test
    void otherColumnsMayShareAName() {
        Dataset<Row> twice = data.select(functions.col("features"), functions.lit(1).as("id"),
                functions.lit(2).as("id"));
        Dataset<Row> scored = FusedGaussianMixtureModel.of(LocalSession.truth()).transform(twice);
        assertArrayEquals(new String[] {"features", "id", "id", "prediction", "probability", "logDensity"},
                scored.columns());
        Row row = scored.head();
        assertEquals(1, row.getInt(1));
        assertEquals(2, row.getInt(2));
        assertTrue(row.getInt(3) >= 0);
    }

    @Test
    void rowsWithoutWeightDoNotCountInTheEvaluation() {
        Dataset<Row> rows = session.sql("select * from values (-2.0D, 1.0D), (-4.0D, 3.0D), (double('NaN'), 0.0D)"
                + " as t(logDensity, w)");
        LogDensityEvaluator evaluator = new LogDensityEvaluator().setWeightCol("w");
        assertEquals(-3.5, evaluator.evaluate(rows));
        assertTrue(Double.isNaN(evaluator.evaluate(rows.filter("w = 0"))));
        assertTrue(Double.isNaN(evaluator.evaluate(rows.limit(0))));
    }

    @Test
    void whatIsNullMakesNoMean() {
        Dataset<Row> rows = session.sql("select * from values (-2.0D, 1.0D, null), (null, 3.0D, 1.0D)"
                + " as t(logDensity, w, v)");
        assertTrue(Double.isNaN(new LogDensityEvaluator().setWeightCol("w").evaluate(rows)));
        assertTrue(Double.isNaN(new LogDensityEvaluator().evaluate(rows)));
        assertTrue(Double.isNaN(new LogDensityEvaluator().setWeightCol("v").evaluate(rows.limit(1))));
    }
}
