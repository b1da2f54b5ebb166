package org.fusedem.spark;

import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/**
 * The mean log-density of rows that a model has scored, in nats: larger is better. In a {@code CrossValidator} it is the
 * held-out log-likelihood, which is what a mixture should be chosen by.
 */
public final class LogDensityEvaluator extends Evaluator implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> logDensityCol;
    private final Param<String> weightCol;

    /** An evaluator of the column {@code logDensity}. */
    public LogDensityEvaluator() {
        this(Identifiable.randomUID("LogDensityEvaluator"));
    }

    /** An evaluator of the column {@code logDensity}, with this name. */
    public LogDensityEvaluator(String uid) {
        this.uid = uid;
        logDensityCol = new Param<>(this, "logDensityCol", "column of log-densities");
        weightCol = new Param<>(this, "weightCol", "column of weights; without it every row weighs 1");
        setDefault(logDensityCol, "logDensity");
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Column of log-densities; {@code logDensity} unless changed. */
    public Param<String> logDensityCol() {
        return logDensityCol;
    }

    /** Column of weights; none unless set. */
    public Param<String> weightCol() {
        return weightCol;
    }

    /** Takes log-densities from another column. */
    public LogDensityEvaluator setLogDensityCol(String value) {
        set(logDensityCol, value);
        return this;
    }

    /** Takes weights from a column of numbers. */
    public LogDensityEvaluator setWeightCol(String value) {
        set(weightCol, value);
        return this;
    }

    /** The mean; rows of weight zero are left out. NaN if there is no other, or one has null or NaN for a number. */
    @Override
    public double evaluate(Dataset<?> dataset) {
        Column logDensity = number(getOrDefault(logDensityCol));
        Column weight = isDefined(weightCol) ? number(getOrDefault(weightCol)) : functions.lit(1.0);
        Object mean = dataset.filter(weight.notEqual(0))
                .select(functions.sum(logDensity.multiply(weight)).divide(functions.sum(weight)))
                .head().get(0);
        return mean == null ? Double.NaN : (Double) mean;
    }

    /** A sum leaves out what is null, and here one sum would, and the other not. */
    private static Column number(String name) {
        return functions.coalesce(FeatureColumns.number(name), functions.lit(Double.NaN));
    }

    @Override
    public boolean isLargerBetter() {
        return true;
    }

    @Override
    public LogDensityEvaluator copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Reads evaluators that {@link #save} has written. */
    public static MLReader<LogDensityEvaluator> read() {
        return new DefaultParamsReader<>();
    }

    /** The evaluator that {@link #save} has written to this folder. */
    public static LogDensityEvaluator load(String path) {
        return read().load(path);
    }
}
