package org.fusedem.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fusedem.files.ModelFiles;

/** An application as a user would submit it: fits a table, and writes model and log-likelihood. */
public final class SubmittedFit {
    private SubmittedFit() {}

    /**
     * Runs it.
     *
     * @param arguments a CSV file of numbers with a header, and a folder to write to
     */
    public static void main(String[] arguments) throws Exception {
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            Dataset<Row> data = session.read().option("header", true).option("inferSchema", true).csv(arguments[0])
                    .repartition(4);
            FusedGaussianMixtureModel model =
                    new FusedGaussianMixture().setK(2).setFeaturesCols("eruptions", "waiting").fit(data);
            ModelFiles.write(model.mixture(), Path.of(arguments[1], "model.json"));
            Files.writeString(Path.of(arguments[1], "logLikelihood.txt"), "" + model.summary().logLikelihood());
        }
    }
}
