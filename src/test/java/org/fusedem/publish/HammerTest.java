package org.fusedem.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A writer as fast as it can, readers as fast as they can: none may ever see parts of two models. */
class HammerTest {
    private static final int READERS = 3;
    /** Enough for each reader to be interrupted in the middle of a copy many times. */
    private static final long HAMMER_NANOS = 1_500_000_000L;

    @TempDir
    private Path folder;

    /** Two slots, the least there may be: then readers are overtaken all the time. */
    @ParameterizedTest
    @CsvSource({"2, 1, 1", "2, 8, 8", "8, 3, 4", "2, 20, 30"})
    void noReaderSeesATornModel(int slots, int components, int dims) throws Exception {
        SelfCheckingModels models = new SelfCheckingModels(Covariance.FULL, components, dims);
        try (SharedModelWriter writer =
                SharedModelWriter.on(SharedLayout.of(Covariance.FULL, components, dims, slots))) {
            hammer(writer, models, writer::newReader);
        }
    }

    @Test
    void norThroughAMappedFile() throws Exception {
        SelfCheckingModels models = new SelfCheckingModels(Covariance.DIAGONAL, 16, 16);
        Path file = folder.resolve("model");
        try (SharedModelWriter writer = SharedModelWriter.open(file, Covariance.DIAGONAL, 16, 16)) {
            hammer(writer, models, () -> SharedModelReader.open(file));
        }
    }

    private static void hammer(
            SharedModelWriter writer, SelfCheckingModels models, Callable<SharedModelReader> readers)
            throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Long>> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            try {
                for (int i = 0; i < READERS; i++) {
                    found.add(threads.submit(() -> read(readers.call(), done)));
                }
                long end = System.nanoTime() + HAMMER_NANOS;
                while (System.nanoTime() < end) {
                    models.make(writer.version() + 1);
                    writer.publish(models.weights, models.means, models.covariances);
                }
            } finally {
                done.set(true);
            }
            for (Future<Long> reads : found) {
                assertTrue(reads.get() > 0, "a reader found nothing");
            }
        }
    }

    private static long read(SharedModelReader reader, AtomicBoolean done) throws IOException {
        long reads = 0;
        try (reader) {
            while (!done.get()) {
                long before = reader.version();
                if (reader.refresh()) {
                    assertTrue(reader.version() > before);
                    assertEquals(null, SelfCheckingModels.problem(reader));
                    reads++;
                } else {
                    assertEquals(before, reader.version());
                }
            }
            // The writer rests now: the last model must be found.
            reader.refresh();
            assertEquals(null, SelfCheckingModels.problem(reader));
        }
        return reads;
    }

    /** The version, as weight and mean, must be that of the holder; and never fall. */
    @Test
    void publishedModelsAndTheirVersionsBelongTogether() throws Exception {
        PublishedModel published = new PublishedModel(model(1));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<Long>> found = new ArrayList<>();
            try {
                for (int i = 0; i < READERS; i++) {
                    found.add(threads.submit(() -> {
                        long last = 0;
                        while (!done.get()) {
                            PublishedModel.Edition edition = published.latest();
                            assertTrue(edition.version() >= last);
                            last = edition.version();
                            assertEquals(last, (long) edition.model().mean(0, 0));
                            assertEquals(last, (long) edition.model().covariance(0, 0, 0));
                        }
                        return last;
                    }));
                }
                for (int version = 2; version <= 100_000; version++) {
                    assertEquals(version, published.publish(model(version)));
                }
            } finally {
                done.set(true);
            }
            for (Future<Long> last : found) {
                assertTrue(last.get() >= 1);
            }
        }
        assertEquals(100_000, published.latest().version());
    }

    private static GaussianMixture model(int version) {
        return GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {1}, new double[] {version},
                new double[] {version});
    }
}
