package org.fusedem.spark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a model adds, those without a name left out.
 *
 * @param features what they are computed from
 * @param prediction the name of the most likely component
 * @param probability the name of the posterior probabilities
 * @param logDensity the name of the log-density
 */
record OutputColumns(FeatureColumns features, String prediction, String probability, String logDensity) {
    /** The type of what {@link ScoreFunction} returns, whose fields these are. */
    static final StructType SCORES = new StructType()
            .add("prediction", DataTypes.IntegerType, false)
            .add("probability", SQLDataTypes.VectorType(), false)
            .add("logDensity", DataTypes.DoubleType, false);

    static OutputColumns of(MixtureParams params) {
        return new OutputColumns(FeatureColumns.of(params), params.getPredictionCol(), params.getProbabilityCol(),
                params.getLogDensityCol());
    }

    /** One column to add: its name, and the field that it comes from. */
    record Added(String name, String field) {
        DataType type() {
            return SCORES.apply(field).dataType();
        }
    }

    /** Those that have a name. */
    List<Added> added() {
        return Stream.of(new Added(prediction, "prediction"), new Added(probability, "probability"),
                new Added(logDensity, "logDensity")).filter(column -> !column.name().isEmpty()).toList();
    }

    /**
     * The schema with these columns.
     *
     * @throws IllegalArgumentException if the features are not there, or an added column is
     */
    StructType appendTo(StructType schema) {
        features.check(schema);
        StructType appended = schema;
        for (Added column : added()) {
            if (Arrays.asList(appended.fieldNames()).contains(column.name())) {
                throw new IllegalArgumentException("there is such a column already (name the output columns otherwise, or"
                        + " \"\" for none): column=" + column.name());
            }
            appended = appended.add(column.name(), column.type(), true);
        }
        return appended;
    }
}
