package org.fusedem.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that hold the features: one of vectors or arrays of numbers, or several of numbers.
 *
 * @param single the one column, if there are not several
 * @param several the names of several columns, or empty
 */
record FeatureColumns(String single, List<String> several) implements Serializable {
    static FeatureColumns of(MixtureParams params) {
        return new FeatureColumns(params.getFeaturesCol(), List.of(params.getFeaturesCols()));
    }

    /**
     * Refuses columns that are not there, or hold something else.
     *
     * @throws IllegalArgumentException naming the column and its type
     */
    void check(StructType schema) {
        if (several.isEmpty()) {
            DataType type = type(schema, single, "featuresCol");
            boolean numbers = type instanceof ArrayType array && array.elementType() instanceof NumericType;
            if (!numbers && !type.equals(SQLDataTypes.VectorType())) {
                throw new IllegalArgumentException("features must be vectors, arrays of numbers, or several columns of"
                        + " numbers (set featuresCols for these): column=" + single + ", type=" + type.simpleString());
            }
        }
        several.forEach(name -> checkNumeric(schema, name, "featuresCols"));
    }

    static void checkNumeric(StructType schema, String name, String param) {
        DataType type = type(schema, name, param);
        if (!(type instanceof NumericType)) {
            throw new IllegalArgumentException(
                    param + " must be numbers: column=" + name + ", type=" + type.simpleString());
        }
    }

    private static DataType type(StructType schema, String name, String param) {
        return Arrays.stream(schema.fields()).filter(field -> field.name().equals(name)).map(StructField::dataType)
                .findFirst().orElseThrow(() -> new IllegalArgumentException(param + " is not among the columns: column="
                        + name + ", columns=" + String.join(", ", schema.fieldNames())));
    }

    /** One column of vectors or arrays, for {@link #read}. */
    Column column() {
        return several.isEmpty() ? named(single)
                : functions.array(several.stream().map(FeatureColumns::number).toArray(Column[]::new));
    }

    /** A column of numbers, as doubles. */
    static Column number(String name) {
        return named(name).cast(DataTypes.DoubleType);
    }

    /** A name with dots is a name, not a path. */
    static Column named(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }


    /**
     * The coordinates of one row; perhaps the row's own array, not to be changed.
     *
     * @param features a value of {@link #column}
     * @throws IllegalArgumentException if it, or one of its numbers, is null
     */
    static double[] read(Object features) {
        return switch (features) {
            case null -> throw new IllegalArgumentException("a row has no features: features=null (filter such rows)");
            case Vector vector -> vector.toArray();
            case scala.collection.Seq<?> numbers -> read(numbers);
            default -> throw new IllegalArgumentException(
                    "features must be vectors or arrays of numbers: type=" + features.getClass().getName());
        };
    }

    private static double[] read(scala.collection.Seq<?> numbers) {
        double[] point = new double[numbers.length()];
        for (int i = 0; i < point.length; i++) {
            if (!(numbers.apply(i) instanceof Number number)) {
                throw new IllegalArgumentException("a row has no value for a feature: feature=" + i
                        + ", value=null (fill in or filter such rows)");
            }
            point[i] = number.doubleValue();
        }
        return point;
    }

    /** The first coordinate that is NaN or infinite; -1 if there is none. */
    static int notFinite(double[] point) {
        for (int i = 0; i < point.length; i++) {
            if (!Double.isFinite(point[i])) {
                return i;
            }
        }
        return -1;
    }
}
