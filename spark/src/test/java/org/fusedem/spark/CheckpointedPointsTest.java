package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
