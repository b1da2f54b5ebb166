package org.fusedem.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * Makes a mixture of a model file's JSON.
 *
 * <p>{@code dims} and {@code components} only say what the arrays must be like: nothing is allocated before arrays of
 * just that size have been seen.
 */
final class ModelReader {
    /** By how much, relatively, mirrored elements of a covariance may differ: other programs round. */
    static final double ASYMMETRY_TOLERANCE = 1e-9;

    private final JsonValue top;
    private final Map<String, JsonValue> members;

    private ModelReader(JsonValue top) throws JsonException {
        this.top = top;
        if (!(top instanceof JsonValue.Members(int offset, Map<String, JsonValue> values))) {
            throw new JsonException(top.offset(), "a model must be an object, and this is " + top.kind());
        }
        members = values;
    }

    static GaussianMixture read(byte[] json) throws JsonException {
        ModelReader reader = new ModelReader(JsonReader.read(json));
        reader.checkFormat();
        reader.checkVersion();
        return reader.mixture();
    }

    private void checkFormat() throws JsonException {
        JsonValue format = members.get("format");
        if (format == null) {
            throw new JsonException(top.offset(), "not a model of fusedem: it has no key \"format\"");
        }
        if (!text("format").equals(ModelFiles.FORMAT)) {
            throw new JsonException(format.offset(), "not a model of fusedem: its format is \"" + text("format")
                    + "\", not \"" + ModelFiles.FORMAT + "\"");
        }
    }

    private void checkVersion() throws JsonException {
        int version = positive("version");
        if (version > ModelFiles.VERSION) {
            throw new JsonException(member("version").offset(), "the model was written by a newer fusedem: it has"
                    + " version " + version + ", and this fusedem reads version " + ModelFiles.VERSION);
        }
    }

    private GaussianMixture mixture() throws JsonException {
        int dims = positive("dims");
        int components = positive("components");
        Covariance covariance = covariance();
        List<String> columns = columns(dims);
        double[] weights = numbers(member("weights"), "weights", components);
        double[] means = flat(rows(member("means"), "means", components, dims));
        double[] covariances = covariances(covariance, components, dims);
        try {
            return GaussianMixture.of(covariance, dims, weights, means, covariances).withColumns(columns);
        } catch (IllegalArgumentException e) {
            // Everything else has been checked: what weights may be, the model itself knows.
            throw new JsonException(member("weights").offset(), e.getMessage());
        }
    }

    private Covariance covariance() throws JsonException {
        String label = text("covarianceType");
        try {
            return Covariance.ofLabel(label);
        } catch (IllegalArgumentException e) {
            throw new JsonException(member("covarianceType").offset(), e.getMessage());
        }
    }

    private List<String> columns(int dims) throws JsonException {
        List<String> names = new ArrayList<>();
        for (JsonValue name : items(member("columns"), "columns", dims, "strings")) {
            if (!(name instanceof JsonValue.Text(int offset, String value))) {
                throw new JsonException(name.offset(), "columns must be strings, and this is " + name.kind());
            }
            names.add(value);
        }
        return names;
    }

    private double[] covariances(Covariance covariance, int components, int dims) throws JsonException {
        JsonValue value = member("covariances");
        return switch (covariance) {
            case SPHERICAL -> variances(value, "covariances", components);
            case DIAGONAL -> {
                List<JsonValue> vectors = items(value, "covariances", components, "arrays");
                double[][] variances = new double[components][];
                for (int k = 0; k < components; k++) {
                    variances[k] = variances(vectors.get(k), "covariances[" + k + "]", dims);
                }
                yield flat(variances);
            }
            case TIED -> triangle(value, "covariances", dims);
            case FULL -> {
                List<JsonValue> matrices = items(value, "covariances", components, "matrices");
                double[][] triangles = new double[components][];
                for (int k = 0; k < components; k++) {
                    triangles[k] = triangle(matrices.get(k), "covariances[" + k + "]", dims);
                }
                yield flat(triangles);
            }
        };
    }

    private static double[] variances(JsonValue value, String name, int length) throws JsonException {
        double[] variances = numbers(value, name, length);
        for (int i = 0; i < length; i++) {
            if (!(variances[i] > 0)) {
                throw new JsonException(
                        value.offset(), name + " must be positive, and number " + i + " from 0 is " + variances[i]);
            }
        }
        return variances;
    }

    /** The lower triangle of a symmetric, positive definite matrix. */
    private static double[] triangle(JsonValue value, String name, int dims) throws JsonException {
        double[][] matrix = rows(value, name, dims, dims);
        double[] triangle = new double[Covariance.triangle(dims)];
        int next = 0;
        for (int i = 0; i < dims; i++) {
            for (int j = 0; j <= i; j++) {
                double below = matrix[i][j];
                double above = matrix[j][i];
                if (Math.abs(below - above) > ASYMMETRY_TOLERANCE * Math.max(Math.abs(below), Math.abs(above))) {
                    throw new JsonException(value.offset(), name + " must be symmetric: [" + i + "][" + j + "] is "
                            + below + ", [" + j + "][" + i + "] is " + above);
                }
                triangle[next++] = below;
            }
        }
        try {
            // The model is the judge of what it can use: here of this matrix alone, to name it.
            GaussianMixture.of(Covariance.FULL, dims, new double[] {1}, new double[dims], triangle);
        } catch (IllegalArgumentException e) {
            throw new JsonException(value.offset(), name + " must be positive definite");
        }
        return triangle;
    }

    private static double[][] rows(JsonValue value, String name, int count, int length) throws JsonException {
        List<JsonValue> items = items(value, name, count, "arrays");
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = numbers(items.get(i), name + "[" + i + "]", length);
        }
        return rows;
    }

    private static double[] flat(double[][] rows) {
        double[] flat = new double[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
        }
        return flat;
    }

    private static double[] numbers(JsonValue value, String name, int length) throws JsonException {
        if (value instanceof JsonValue.Numbers(int offset, double[] numbers) && numbers.length == length) {
            return numbers;
        }
        throw new JsonException(
                value.offset(), name + " must be an array of " + length + " numbers, and is " + value.kind());
    }

    private static List<JsonValue> items(JsonValue value, String name, int count, String what) throws JsonException {
        if (value instanceof JsonValue.Items(int offset, List<JsonValue> items) && items.size() == count) {
            return items;
        }
        throw new JsonException(
                value.offset(), name + " must be an array of " + count + " " + what + ", and is " + value.kind());
    }

    private String text(String key) throws JsonException {
        if (member(key) instanceof JsonValue.Text(int offset, String value)) {
            return value;
        }
        throw new JsonException(member(key).offset(), key + " must be a string, and is " + member(key).kind());
    }

    private int positive(String key) throws JsonException {
        if (member(key) instanceof JsonValue.Numeral(int offset, double value) && value >= 1 && value == (int) value) {
            return (int) value;
        }
        throw new JsonException(member(key).offset(), key + " must be a positive whole number");
    }

    private JsonValue member(String key) throws JsonException {
        JsonValue value = members.get(key);
        if (value == null) {
            throw new JsonException(top.offset(), "the key \"" + key + "\" is missing");
        }
        return value;
    }
}
