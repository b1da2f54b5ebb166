package org.fusedem.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.fusedem.model.GaussianMixture;

/** The params that estimator and model share; {@code explainParams()} says what each means. */
public interface MixtureParams extends Params {
    /** All of them. */
    MixtureParamSet paramSet();

    /** Column of vectors, or of arrays of numbers; {@code features} unless changed. */
    default Param<String> featuresCol() {
        return paramSet().featuresCol;
    }

    /** Columns of numbers, in place of {@link #featuresCol}; none unless set. */
    default StringArrayParam featuresCols() {
        return paramSet().featuresCols;
    }

    /** Output column of the most likely component, from 0; {@code prediction} unless changed, empty for none. */
    default Param<String> predictionCol() {
        return paramSet().predictionCol;
    }

    /** Output column of posterior probabilities; {@code probability} unless changed, empty for none. */
    default Param<String> probabilityCol() {
        return paramSet().probabilityCol;
    }

    /** Output column of log-densities, in nats; {@code logDensity} unless changed, empty for none. */
    default Param<String> logDensityCol() {
        return paramSet().logDensityCol;
    }

    /** Column of weights; none, so that every row weighs 1, unless set. */
    default Param<String> weightCol() {
        return paramSet().weightCol;
    }

    /** The number of components; 2 unless changed. */
    default IntParam k() {
        return paramSet().k;
    }

    /** {@code spherical}, {@code diagonal}, {@code tied} or {@code full}; full unless changed. */
    default Param<String> covarianceType() {
        return paramSet().covarianceType;
    }

    /** The most iterations; 100 unless changed. */
    default IntParam maxIter() {
        return paramSet().maxIter;
    }

    /** Gain per iteration below which the fit ends, in nats per row; 1e-7 unless changed, 0 for no test. */
    default DoubleParam tol() {
        return paramSet().tol;
    }

    /** The seed of all randomness; 0 unless changed. */
    default LongParam seed() {
        return paramSet().seed;
    }

    /** The floor of the variances, as {@link org.fusedem.fit.FitOptions#regularization} has it; 1e-6 unless changed. */
    default DoubleParam regularization() {
        return paramSet().regularization;
    }

    /** A mixture to start from, as JSON; none, for k-means||, unless set. */
    default Param<String> initialModel() {
        return paramSet().initialModel;
    }

    /** Levels of the tree that merges moments; 2 unless changed. */
    default IntParam aggregationDepth() {
        return paramSet().aggregationDepth;
    }

    /** Iterations from one checkpoint of the mixture to the next; 10 unless changed, -1 for none. */
    default IntParam checkpointInterval() {
        return paramSet().checkpointInterval;
    }

    /** Where columns stay during a fit: {@code memory} or {@code disk}; memory unless changed. */
    default Param<String> storage() {
        return paramSet().storage;
    }

    /** The column of vectors or arrays. */
    default String getFeaturesCol() {
        return getOrDefault(featuresCol());
    }

    /** The columns of numbers; none if {@link #getFeaturesCol} counts. */
    default String[] getFeaturesCols() {
        return isDefined(featuresCols()) ? getOrDefault(featuresCols()) : new String[0];
    }

    /** The output column of the most likely component; empty for none. */
    default String getPredictionCol() {
        return getOrDefault(predictionCol());
    }

    /** The output column of posterior probabilities; empty for none. */
    default String getProbabilityCol() {
        return getOrDefault(probabilityCol());
    }

    /** The output column of log-densities; empty for none. */
    default String getLogDensityCol() {
        return getOrDefault(logDensityCol());
    }

    /** The column of weights; empty for none. */
    default String getWeightCol() {
        return isDefined(weightCol()) ? getOrDefault(weightCol()) : "";
    }

    /** The number of components. */
    default int getK() {
        return (Integer) getOrDefault(k());
    }

    /** The label of the covariances' shape. */
    default String getCovarianceType() {
        return getOrDefault(covarianceType());
    }

    /** The most iterations. */
    default int getMaxIter() {
        return (Integer) getOrDefault(maxIter());
    }

    /** The gain below which the fit ends. */
    default double getTol() {
        return (Double) getOrDefault(tol());
    }

    /** The seed. */
    default long getSeed() {
        return (Long) getOrDefault(seed());
    }

    /** The relative floor of the variances. */
    default double getRegularization() {
        return (Double) getOrDefault(regularization());
    }

    /** The mixture to start from, or null. */
    default GaussianMixture getInitialModel() {
        return isDefined(initialModel()) ? ModelJson.parse(getOrDefault(initialModel())) : null;
    }

    /** The levels of the tree that merges moments. */
    default int getAggregationDepth() {
        return (Integer) getOrDefault(aggregationDepth());
    }

    /** The iterations from one checkpoint to the next. */
    default int getCheckpointInterval() {
        return (Integer) getOrDefault(checkpointInterval());
    }

    /** Where columns stay during a fit. */
    default String getStorage() {
        return getOrDefault(storage());
    }
}
