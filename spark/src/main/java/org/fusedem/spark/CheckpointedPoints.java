package org.fusedem.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fusedem.files.ModelFiles;
import org.fusedem.fit.MomentsSource;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Moments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the mixture of a fit every few iterations, so that one whose driver dies can be taken up again. The points need
 * no checkpoint: what an executor loses is loaded again. One that cannot be written is a warning: the fit is worth more.
 */
final class CheckpointedPoints implements MomentsSource {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointedPoints.class);

    private final MomentsSource points;
    private final Path file;
    private final Configuration configuration;
    private final int interval;
    private int expectations;

    /**
     * These points, for a fit with checkpoints.
     *
     * @param file the model file, replaced each time
     */
    CheckpointedPoints(MomentsSource points, Path file, Configuration configuration, int interval) {
        this.points = points;
        this.file = file;
        this.configuration = configuration;
        this.interval = interval;
    }

    @Override
    public Moments posterior(GaussianMixture model) {
        // The first is of the start.
        if (expectations > 0 && expectations % interval == 0) {
            try {
                writeModel(model, file, configuration);
            } catch (IOException e) {
                LOG.warn("the checkpoint cannot be written; the fit goes on and tries the next: file={}", file, e);
            }
        }
        expectations++;
        return points.posterior(model);
    }

    @Override
    public Moments nearest(GaussianMixture centres) {
        return points.nearest(centres);
    }

    @Override
    public double logLikelihood(GaussianMixture model) {
        return points.logLikelihood(model);
    }

    /**
     * Writes a model file beside, then renames it: where there was one, it is there until the new one is whole. One at a
     * time, since fits that run side by side for a {@code CrossValidator} are copies of one estimator, and write one file.
     */
    static synchronized void writeModel(GaussianMixture model, Path file, Configuration configuration)
            throws IOException {
        FileSystem system = file.getFileSystem(configuration);
        Path beside = file.suffix(".new");
        try (FSDataOutputStream out = system.create(beside, true)) {
            out.write(ModelFiles.toJson(model).getBytes(StandardCharsets.UTF_8));
        }
        if (!system.rename(beside, file)) {
            // Only some file systems rename over a file.
            system.delete(file, false);
            if (!system.rename(beside, file)) {
                throw new IOException("cannot rename " + beside + " to " + file);
            }
        }
    }

    static GaussianMixture readModel(Path file, Configuration configuration) throws IOException {
        try (FSDataInputStream in = file.getFileSystem(configuration).open(file)) {
            return ModelFiles.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
