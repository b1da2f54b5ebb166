package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.fusedem.fit.Expectation;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointedPointsTest {
    @TempDir
    private Path folder;

    @Test
    void goesOnWhereACheckpointCannotBeWrittenAndTriesTheNext() throws IOException {
        GaussianMixture model = LocalSession.start();
        Path inTheWay = Files.createFile(folder.resolve("checkpoints"));
        var file = new org.apache.hadoop.fs.Path(inTheWay.resolve("mixture.json").toUri());
        Configuration configuration = new Configuration();
        try (Points points = LocalSession.truth().sample(100, 1);
                Expectation expectation = new Expectation(points, Covariance.FULL, model.components())) {
            CheckpointedPoints checkpointed = new CheckpointedPoints(expectation, file, configuration, 1);
            double logLikelihood = checkpointed.posterior(model).logLikelihood();
            assertEquals(logLikelihood, checkpointed.posterior(model).logLikelihood());
            Files.delete(inTheWay);
            assertEquals(logLikelihood, checkpointed.posterior(model).logLikelihood());
        }
        assertArrayEquals(model.means(), CheckpointedPoints.readModel(file, configuration).means());
    }

    /** As a CrossValidator does whose fits run side by side: they are copies of one estimator, of one name. */
    @Test
    void checkpointsOfFitsSideBySideAreWhole() throws Exception {
        var file = new org.apache.hadoop.fs.Path(folder.resolve("mixture.json").toUri());
        Configuration configuration = new Configuration();
        GaussianMixture[] models = {LocalSession.start(), LocalSession.truth(),
            GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {1}, new double[1], new double[] {1})};
        try (ExecutorService threads = Executors.newFixedThreadPool(models.length)) {
            List<Callable<Void>> writers = Stream.of(models).<Callable<Void>>map(model -> () -> {
                for (int n = 0; n < 12; n++) {
                    CheckpointedPoints.writeModel(model, file, configuration);
                }
                return null;
            }).toList();
            for (Future<Void> written : threads.invokeAll(writers)) {
                written.get();
            }
        }
        double[] means = CheckpointedPoints.readModel(file, configuration).means();
        assertTrue(Stream.of(models).anyMatch(model -> Arrays.equals(model.means(), means)));
    }
}
