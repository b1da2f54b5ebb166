package org.fusedem.files;

import java.io.IOException;
import java.util.Arrays;
import org.fusedem.model.GaussianMixture;

/** Writes a mixture as the JSON object that {@link ModelFiles} describes. */
final class ModelWriter {
    private ModelWriter() {}

    static void write(GaussianMixture model, JsonWriter json) throws IOException {
        json.beginObject();
        json.key("format").value(ModelFiles.FORMAT);
        json.key("version").value(ModelFiles.VERSION);
        json.key("dims").value(model.dims());
        json.key("components").value(model.components());
        json.key("covarianceType").value(model.covariance().label());
        json.key("columns").values(model.columns());
        json.key("weights").values(model.weights());
        json.key("means");
        json.beginArray();
        for (int k = 0; k < model.components(); k++) {
            json.values(model.mean(k));
        }
        json.endArray();
        json.key("covariances");
        covariances(model, json);
        json.endObject();
    }

    private static void covariances(GaussianMixture model, JsonWriter json) throws IOException {
        switch (model.covariance()) {
            case SPHERICAL -> json.values(model.covariances());
            case DIAGONAL -> {
                double[] variances = model.covariances();
                json.beginArray();
                for (int k = 0; k < model.components(); k++) {
                    json.values(Arrays.copyOfRange(variances, k * model.dims(), (k + 1) * model.dims()));
                }
                json.endArray();
            }
            case TIED -> matrix(model.covariance(0), json);
            case FULL -> {
                json.beginArray();
                for (int k = 0; k < model.components(); k++) {
                    matrix(model.covariance(k), json);
                }
                json.endArray();
            }
        }
    }

    private static void matrix(double[][] matrix, JsonWriter json) throws IOException {
        json.beginArray();
        for (double[] row : matrix) {
            json.values(row);
        }
        json.endArray();
    }
}
