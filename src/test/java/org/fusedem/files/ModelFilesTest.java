package org.fusedem.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFilesTest {
    @TempDir
    private Path folder;

    private static GaussianMixture example() {
        return GaussianMixture.of(Covariance.FULL, 2, new double[] {0.25, 0.75}, new double[] {1, 2, 3, 4},
                        new double[] {1, 0.5, 2, 1e-3, -0.0, 3})
                .withColumns(List.of("length", "width"));
    }

    private static void assertSame(GaussianMixture expected, GaussianMixture actual) {
        assertEquals(expected.covariance(), actual.covariance());
        assertEquals(expected.dims(), actual.dims());
        assertEquals(expected.columns(), actual.columns());
        // Without a tolerance these compare bits, so that 0.0 is not -0.0.
        assertArrayEquals(expected.weights(), actual.weights());
        assertArrayEquals(expected.means(), actual.means());
        assertArrayEquals(expected.covariances(), actual.covariances());
    }

    @ParameterizedTest
    @EnumSource
    void roundTripsEveryDoubleToTheBit(Covariance covariance) throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            GaussianMixture model =
                    new RandomModels(seed).next(covariance, 1 + (int) seed % 4, 1 + (int) (seed / 4) % 5);
            assertSame(model, ModelFiles.fromJson(ModelFiles.toJson(model)));
        }
        GaussianMixture model = new RandomModels(7).next(covariance, 3, 4);
        Path file = folder.resolve("model.json");
        ModelFiles.write(model, file);
        assertSame(model, ModelFiles.read(file));
    }

    @Test
    void writesTheDocumentedForm() {
        assertEquals("""
                {
                  "format": "fusedem-gaussian-mixture",
                  "version": 1,
                  "dims": 2,
                  "components": 2,
                  "covarianceType": "full",
                  "columns": ["length", "width"],
                  "weights": [0.25, 0.75],
                  "means": [
                    [1.0, 2.0],
                    [3.0, 4.0]
                  ],
                  "covariances": [
                    [
                      [1.0, 0.5],
                      [0.5, 2.0]
                    ],
                    [
                      [0.001, -0.0],
                      [-0.0, 3.0]
                    ]
                  ]
                }
                """, ModelFiles.toJson(example()));
    }

    @Test
    void readsAnyOrderOfKeysAndIgnoresUnknownOnes() throws FileFormatException {
        GaussianMixture model = ModelFiles.fromJson("""
                \uFEFF{"note": {"deep": [1, "two", null, [true, {}]]}, "covariances": [2],
                "weights": [1], "means": [[5]],
                "covarianceType": "spherical", "columns": ["x"], "components": 1, "dims": 1e0, "version": 1,
                "trace": [], "format": "fusedem-gaussian-mixture"}""");
        assertSame(GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {1}, new double[] {5}, new double[] {2})
                .withColumns(List.of("x")), model);
    }

    @Test
    void replacesWhatWasThereAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("model.json");
        Files.writeString(file, "old");
        new ReplacedFile(file);
        assertEquals("old", Files.readString(file));
        ModelFiles.write(example(), file);
        assertSame(example(), ModelFiles.read(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void keepsWhatWasThereWhenWritingFails() throws IOException {
        Path file = folder.resolve("model.json");
        Files.writeString(file, "old");
        assertThrows(IOException.class, () -> new ReplacedFile(file).write(out -> {
            out.write(1);
            throw new IOException("disk full");
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void saysWhatHoldsPointsInstead() throws IOException {
        try (Points points = Points.ofRows(new double[][] {{1, 2}})) {
            Path columns = folder.resolve("points.fcol");
            ColumnFile.write(points, List.of("x", "y"), columns);
            Path array = folder.resolve("points.npy");
            NpyArray.write(points, array);
            for (Path file : List.of(columns, array)) {
                assertEquals(file + ", byte 0: holds points, not a model",
                        assertThrows(FileFormatException.class, () -> ModelFiles.read(file)).getMessage());
            }
        }
    }

    @Test
    void aDraftIsNoMoreReadableThanTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), "old");
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        Files.setPosixFilePermissions(file, owner);
        new ReplacedFile(file).write(out -> {
            for (Path each : files()) {
                assertEquals(owner, Files.getPosixFilePermissions(each), each.toString());
            }
            assertEquals(2, files().size());
        });
        assertEquals(owner, Files.getPosixFilePermissions(file));
    }

    @Test
    void writesThroughLinksToWhatIsNotThere() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("model.json"));
        ModelFiles.write(example(), link);
        assertTrue(Files.isSymbolicLink(link));
        assertSame(example(), ModelFiles.read(folder.resolve("model.json")));
    }

    @Test
    void writesThroughLinks() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file.getFileName());
        ModelFiles.write(example(), link);
        assertTrue(Files.isSymbolicLink(link));
        assertSame(example(), ModelFiles.read(file));
    }

    @Test
    void writesToDevicesWithoutReplacingThem() throws IOException {
        Path device = Path.of("/dev/null");
        ModelFiles.write(example(), device);
        assertFalse(Files.isRegularFile(device));
    }

    @Test
    void saysWhyNothingCanBeWritten() {
        FileSystemException directory =
                assertThrows(FileSystemException.class, () -> new ReplacedFile(folder));
        assertEquals("is a directory", directory.getReason());
        Path lost = folder.resolve("missing").resolve("model.json");
        FileSystemException noFolder =
                assertThrows(NoSuchFileException.class, () -> ModelFiles.write(example(), lost));
        assertEquals("there is no folder " + lost.getParent(), noFolder.getReason());
    }

    @Test
    void saysThatNothingIsThere() {
        assertThrows(NoSuchFileException.class, () -> ModelFiles.read(folder.resolve("missing.json")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
