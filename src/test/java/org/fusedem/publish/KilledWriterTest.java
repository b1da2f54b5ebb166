package org.fusedem.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.fusedem.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer may end at any instruction: what it has published stays, and another one goes on. */
class KilledWriterTest {
    private static final int KILLS = 8;

    @TempDir
    private Path folder;

    @Test
    void leavesTheModelBeforeToReadersAndTheFileToTheNextWriter() throws Exception {
        Path file = folder.resolve("model");
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        SharedModelReader reader = null;
        int halfWritten = 0;
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                Process writer = ForkedJvm.start(EndlessWriter.class, file.toString());
                assertEquals("publishing", firstLine(writer), "seed=" + seed);
                if (reader == null) {
                    reader = SharedModelReader.open(file);
                }
                long before = reader.version();
                long end = System.nanoTime() + 20_000_000 + random.nextInt(50_000_000);
                while (System.nanoTime() < end || reader.version() < before + 100) {
                    if (reader.refresh()) {
                        assertEquals(null, SelfCheckingModels.problem(reader), "seed=" + seed);
                    }
                }
                assertThrows(IOException.class, () -> open(file).close(), "the writer has it");
                writer.destroyForcibly().waitFor();
                halfWritten += isHalfWritten(file) ? 1 : 0;
                // One who has seen it all, and one who comes now, find the same model.
                reader.refresh();
                assertEquals(null, SelfCheckingModels.problem(reader), "seed=" + seed);
                try (SharedModelReader late = SharedModelReader.open(file)) {
                    assertTrue(late.refresh());
                    assertEquals(null, SelfCheckingModels.problem(late), "seed=" + seed);
                    assertEquals(reader.version(), late.version());
                }
            }
            assertTrue(halfWritten > 0, "no kill was in the middle of a publication, seed=" + seed);
            long last = reader.version();
            SelfCheckingModels models = new SelfCheckingModels(EndlessWriter.COVARIANCE, EndlessWriter.K,
                    EndlessWriter.D);
            try (SharedModelWriter next = open(file)) {
                assertEquals(last, next.version());
                assertFalse(reader.refresh());
                models.make(last + 1);
                assertEquals(last + 1, next.publish(models.weights, models.means, models.covariances));
                assertTrue(reader.refresh());
                assertEquals(null, SelfCheckingModels.problem(reader));
            }
        } finally {
            if (reader != null) {
                reader.close();
            }
        }
    }

    private static SharedModelWriter open(Path file) throws IOException {
        return SharedModelWriter.open(file, EndlessWriter.COVARIANCE, EndlessWriter.K, EndlessWriter.D);
    }

    /** The JVM may speak first, of its incubating module. */
    private static String firstLine(Process process) throws IOException {
        String line = process.inputReader().readLine();
        while (line != null && line.startsWith("WARNING")) {
            line = process.inputReader().readLine();
        }
        return line;
    }

    /** Whether a slot's sequence is odd. */
    private static boolean isHalfWritten(Path file) throws IOException {
        SharedLayout layout = new SelfCheckingModels(EndlessWriter.COVARIANCE, EndlessWriter.K, EndlessWriter.D).layout;
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            for (int version = 0; version < layout.slots(); version++) {
                bytes.seek(layout.slotOffset(version) + SharedLayout.SEQUENCE_OFFSET);
                if (Long.reverseBytes(bytes.readLong()) % 2 != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
