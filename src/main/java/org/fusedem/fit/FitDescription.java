package org.fusedem.fit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.zip.CRC32C;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/**
 * What must be the same for a fit to go on from a checkpoint, as text: a line for each thing. Numbers that may be many
 * stand there as a checksum.
 */
final class FitDescription {
    private FitDescription() {}

    static String of(Points points, FitOptions options) {
        return describe("points=" + points.size() + "\ndims=" + points.dims() + "\ntype=" + points.type()
                + "\nmissing values=" + points.missingValues() + "\nweights=" + points.weighted(), options);
    }

    /** The same for points that are not all here. */
    static String of(PointsSummary all, FitOptions options) {
        return describe("points=" + all.points() + "\ndims=" + all.dims() + "\ntype=" + all.type()
                + "\ntotal weight=" + all.totalWeight(), options);
    }

    private static String describe(String points, FitOptions options) {
        return points + "\ncomponents=" + options.components() + "\ncovariance=" + options.covariance().label()
                + "\nstart=" + start(options.start()) + "\nseed=" + options.seed()
                + "\nrestarts=" + options.restarts() + "\nfinalists=" + options.finalists()
                + "\nshort iterations=" + options.shortIterations() + "\ntolerance=" + options.tolerance()
                + "\nconvergence=" + options.convergence() + "\nacceleration=" + options.acceleration()
                + "\nmax iterations=" + options.maxIterations() + "\nregularization=" + options.regularization()
                + "\nvariance floor=" + options.varianceFloor()
                + "\nprior=" + (options.prior() == null ? "none" : checksum(options.prior().toString()))
                + "\nnoise=" + (options.noise() == null ? "none" : options.noise())
                + "\nfixed=" + (options.fixed().isEmpty() ? "none" : checksum(options.fixed().toString()));
    }

    private static String start(Start start) {
        String name = start.getClass().getSimpleName();
        return switch (start) {
            case Start.KMeansPlusPlus(), Start.RandomPoints(), Start.RandomResponsibilities() -> name;
            case Start.Given(GaussianMixture model) ->
                name + " " + checksum(model.weights(), model.means(), model.covariances());
            case Start.Responsibilities given -> name + " " + checksum(given.shared());
            case Start.Labels given ->
                name + " " + checksum(Arrays.stream(given.shared()).asDoubleStream()) + (given.fixed() ? " fixed" : "");
        };
    }

    private static String checksum(String text) {
        return checksum(text.chars().asDoubleStream());
    }

    private static String checksum(double[]... rows) {
        return checksum(Arrays.stream(rows).flatMapToDouble(Arrays::stream));
    }

    private static String checksum(DoubleStream numbers) {
        CRC32C checksum = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES);
        numbers.sequential().forEach(number -> checksum.update(bytes.putDouble(0, number).array()));
        return Long.toHexString(checksum.getValue());
    }

    /**
     * Refuses to go on with another fit.
     *
     * @throws IllegalArgumentException that names the first difference
     */
    static void checkSame(String ofCheckpoint, String ofFit) {
        String[] before = ofCheckpoint.split("\n");
        String[] now = ofFit.split("\n");
        if (before.length != now.length) {
            throw new IllegalArgumentException("the checkpoint is of another kind of fit, or of another version");
        }
        for (int i = 0; i < now.length; i++) {
            if (!before[i].equals(now[i])) {
                throw new IllegalArgumentException(
                        "the checkpoint is of another fit: it has " + before[i] + ", this fit has " + now[i]);
            }
        }
    }
}
