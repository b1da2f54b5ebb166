package org.fusedem.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.fusedem.fit.FitOptions;
import org.fusedem.moments.Covariance;
import scala.Function1;

/** The params of one estimator or model, with their defaults. */
final class MixtureParamSet implements Serializable {
    private static final long serialVersionUID = 1L;

    final Param<String> featuresCol;
    final StringArrayParam featuresCols;
    final Param<String> predictionCol;
    final Param<String> probabilityCol;
    final Param<String> logDensityCol;
    final Param<String> weightCol;
    final IntParam k;
    final Param<String> covarianceType;
    final IntParam maxIter;
    final DoubleParam tol;
    final LongParam seed;
    final DoubleParam regularization;
    final Param<String> initialModel;
    final IntParam aggregationDepth;
    final IntParam checkpointInterval;
    final Param<String> storage;

    MixtureParamSet(Params owner) {
        featuresCol = new Param<>(owner, "featuresCol", "column of vectors, or of arrays of numbers");
        featuresCols = new StringArrayParam(owner, "featuresCols", "columns of numbers, in place of featuresCol");
        predictionCol = new Param<>(owner, "predictionCol", "output: the most likely component, from 0; empty for none");
        probabilityCol = new Param<>(owner, "probabilityCol",
                "output: a vector of the components' posterior probabilities; empty for none");
        logDensityCol = new Param<>(owner, "logDensityCol",
                "output: the log of the mixture's density, in nats; empty for none");
        weightCol = new Param<>(owner, "weightCol", "column of weights, not negative; without it every row weighs 1");
        k = new IntParam(owner, "k", "number of components (at least 1)", ParamValidators.gtEq(1));
        covarianceType = new Param<>(owner, "covarianceType", "shape of the covariances: " + labels(),
                ParamValidators.inArray(labels()));
        maxIter = new IntParam(owner, "maxIter", "most iterations (not negative)", ParamValidators.gtEq(0));
        tol = new DoubleParam(owner, "tol", "the fit ends when an iteration raises the mean log-likelihood of a row by"
                + " less than this, in nats; 0 for exactly maxIter iterations", finite(ParamValidators.gtEq(0)));
        seed = new LongParam(owner, "seed", "of all randomness");
        regularization = new DoubleParam(owner, "regularization", "floor of the variances, relative to that of the bulk"
                + " of each feature (from 0 to 1)", ParamValidators.inRange(0, 1));
        initialModel = new Param<>(owner, "initialModel",
                "mixture to start from, as the JSON of a model file; without it the start is found by k-means||");
        aggregationDepth = new IntParam(owner, "aggregationDepth", "levels of the tree by which partitions' moments are"
                + " merged (at least 1)", ParamValidators.gtEq(1));
        checkpointInterval = new IntParam(owner, "checkpointInterval", "the mixture is written to the checkpoint"
                + " directory each time after so many iterations (at least 1, or -1 for never)", orOff());
        storage = new Param<>(owner, "storage", "where a partition's columns stay during a fit: memory (off the heap),"
                + " or disk (a mapped file in Spark's local directories)", ParamValidators.inArray(Storage.labels()));
        setDefaults(owner);
    }

    private void setDefaults(Params owner) {
        owner.setDefault(featuresCol, "features");
        owner.setDefault(predictionCol, "prediction");
        owner.setDefault(probabilityCol, "probability");
        owner.setDefault(logDensityCol, "logDensity");
        owner.setDefault(k, 2);
        owner.setDefault(covarianceType, Covariance.FULL.label());
        owner.setDefault(maxIter, 100);
        owner.setDefault(tol, FitOptions.DEFAULT_TOLERANCE);
        owner.setDefault(seed, 0L);
        owner.setDefault(regularization, FitOptions.DEFAULT_REGULARIZATION);
        owner.setDefault(aggregationDepth, 2);
        owner.setDefault(checkpointInterval, 10);
        owner.setDefault(storage, Storage.MEMORY.label());
    }

    private static List<String> labels() {
        return Arrays.stream(Covariance.values()).map(Covariance::label).toList();
    }

    private interface Check extends Function1<Object, Object>, Serializable {}

    private static Check finite(Function1<Object, Object> check) {
        return value -> (Boolean) check.apply(value) && Double.isFinite((Double) value);
    }

    private static Check orOff() {
        return value -> (Integer) value >= 1 || (Integer) value == -1;
    }
}
