package org.fusedem.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NpzModelTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("model.npz");
    }

    private static GaussianMixture model(Covariance covariance) {
        return new RandomModels(9).next(covariance, 4, 3);
    }

    @ParameterizedTest
    @EnumSource
    void givesBackWhatWasWritten(Covariance covariance) throws IOException {
        GaussianMixture model = model(covariance);
        ModelFiles.write(model, file());
        GaussianMixture read = ModelFiles.read(file());
        // JSON holds every bit.
        assertEquals(ModelFiles.toJson(model), ModelFiles.toJson(read));
    }

    @ParameterizedTest
    @CsvSource({"SPHERICAL,spherical", "DIAGONAL,diag", "TIED,tied", "FULL,full"})
    void hasTheNamesAndShapesOfScikitLearn(Covariance covariance, String label) throws IOException {
        ModelFiles.write(model(covariance), file());
        List<Long> shape = switch (covariance) {
            case SPHERICAL -> List.of(4L);
            case DIAGONAL -> List.of(4L, 3L);
            case TIED -> List.of(3L, 3L);
            case FULL -> List.of(4L, 3L, 3L);
        };
        try (NpzFile file = NpzFile.open(file())) {
            assertEquals(List.of(4L), file.array("weights_").shape());
            assertEquals(List.of(4L, 3L), file.array("means_").shape());
            assertEquals(shape, file.array("covariances_").shape());
            assertEquals(shape, file.array("precisions_cholesky_").shape());
            assertEquals(List.of(label), file.array("covariance_type").strings());
            assertEquals(List.of(), file.array("covariance_type").shape());
        }
    }

    /** Of the 2 x 2 matrix [[4, 2], [2, 10]] the factor is [[2, 0], [1, 3]], its inverse [[1/2, 0], [-1/6, 1/3]]. */
    @Test
    void writesUpperTriangularPrecisionFactors() throws IOException {
        ModelFiles.write(GaussianMixture.of(
                Covariance.FULL, 2, new double[] {1}, new double[] {0, 0}, new double[] {4, 2, 10}), file());
        try (NpzFile file = NpzFile.open(file())) {
            assertArrayEquals(new double[] {4, 2, 2, 10}, file.array("covariances_").doubles());
            assertArrayEquals(new double[] {0.5, -1.0 / 6, 0, 1.0 / 3}, file.array("precisions_cholesky_").doubles(), 1e-16);
        }
    }

    private void write(double[] weights, double[] means, long[] meansShape, double[] covariances, long[] shape, String type)
            throws IOException {
        new ReplacedFile(file()).write(out -> {
            try (NpzFile.Entries arrays = new NpzFile.Entries(out)) {
                arrays.add("weights_", entry -> NpyWriter.write(weights, entry, weights.length));
                arrays.add("means_", entry -> NpyWriter.write(means, entry, meansShape));
                arrays.add("covariances_", entry -> NpyWriter.write(covariances, entry, shape));
                arrays.add("covariance_type", entry -> NpyWriter.write(List.of(type), entry));
            }
        });
    }

    private void assertRefused(String problem) {
        FileFormatException e = assertThrows(FileFormatException.class, () -> ModelFiles.read(file()));
        assertEquals(file() + ", " + problem, e.getMessage());
    }

    @Test
    void readsWithoutWhatIsNotNeeded() throws IOException {
        write(new double[] {1}, new double[] {1, 2}, new long[] {1, 2}, new double[] {3, 4}, new long[] {1, 2}, "diag");
        GaussianMixture model = ModelFiles.read(file());
        assertEquals(List.of("x1", "x2"), model.columns());
        assertArrayEquals(new double[] {3, 4}, model.covariances());
    }

    @Test
    void refusesWhatIsNoModel() throws IOException {
        double[] one = {1};
        double[] two = {1, 2};
        write(one, two, new long[] {2, 1}, two, new long[] {1, 2}, "diag");
        assertRefused("array means_, byte 0: must have the shape [1, 1], and has [2, 1]");
        write(one, two, new long[] {1, 2}, two, new long[] {2}, "diag");
        assertRefused("array covariances_, byte 0: must have the shape [1, 2], and has [2]");
        write(one, two, new long[] {1, 2}, new double[] {1, 0}, new long[] {1, 2}, "diag");
        assertRefused("array covariances_, byte 0: variances must be positive, and number 1 from 0 is 0.0");
        write(one, two, new long[] {1, 2}, new double[] {1, 0, 0.1, 1}, new long[] {2, 2}, "tied");
        assertRefused("array covariances_, byte 0: must be symmetric: of matrix 0 [1][0] is 0.1, [0][1] is 0.0");
        write(one, two, new long[] {1, 2}, new double[] {1, 2, 2, 1}, new long[] {2, 2}, "tied");
        assertRefused("byte 0: covariance not positive definite: component=0");
        write(one, two, new long[] {1, 2}, two, new long[] {1, 2}, "diagonal");
        assertRefused("array covariance_type, byte 0: must be full, tied, diag or spherical, not 'diagonal'");
        write(new double[0], new double[0], new long[] {0, 2}, new double[0], new long[] {0, 2}, "diag");
        assertRefused("array means_, byte 0: a model needs a component and a feature: components=0, dims=2");
        Files.copy(Path.of("test/resources/npy/plain.npz"), folder.resolve("points.npz"));
        FileFormatException e = assertThrows(FileFormatException.class, () -> ModelFiles.read(folder.resolve("points.npz")));
        assertTrue(e.getMessage().endsWith("there is no array covariance_type, but [X, columns]"), e.getMessage());
    }

    @Test
    void refusesEveryDamageOrReadsTheSameModel() throws IOException {
        GaussianMixture model = model(Covariance.FULL);
        ModelFiles.write(model, file());
        byte[] whole = Files.readAllBytes(file());
        SplittableRandom random = new SplittableRandom(13);
        for (int trial = 0; trial < 2000; trial++) {
            byte[] damaged = trial % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(2, whole.length)) : whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), damaged);
            try {
                double[] means = ModelFiles.read(file()).means();
                assertArrayEquals(model.means(), means);
            } catch (FileFormatException e) {
                assertEquals(1, e.getMessage().lines().count());
            }
        }
    }
}
