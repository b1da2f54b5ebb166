package org.fusedem.spark;

import java.util.Arrays;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.fusedem.em.Elbo;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.PointScorer;

/** Scores one row: {@link OutputColumns#SCORES}. */
final class ScoreFunction implements UDF1<Object, Row> {
    private static final long serialVersionUID = 1L;

    private final MixtureHolder mixture;
    private transient ThreadLocal<PointScorer> scorers;

    ScoreFunction(MixtureHolder mixture) {
        this.mixture = mixture;
    }

    @Override
    public Row call(Object features) {
        double[] point = FeatureColumns.read(features);
        GaussianMixture model = mixture.mixture();
        if (point.length != model.dims()) {
            throw new IllegalArgumentException(
                    "a row has other features than the model: features=" + point.length + ", dims=" + model.dims());
        }
        double[] shares = new double[model.components()];
        if (FeatureColumns.notFinite(point) >= 0) {
            Arrays.fill(shares, Double.NaN);
            return RowFactory.create(-1, Vectors.dense(shares), Double.NaN);
        }
        double logDensity = scorer().responsibilities(point, shares);
        return RowFactory.create(Elbo.mostLikely(shares), Vectors.dense(shares), logDensity);
    }

    private synchronized PointScorer scorer() {
        if (scorers == null) {
            scorers = ThreadLocal.withInitial(() -> mixture.mixture().pointScorer());
        }
        return scorers.get();
    }
}
