package org.fusedem.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.fusedem.moments.Covariance;

/**
 * A process whose mapped files are cut short while it reads and writes them, in the interpreter and compiled. It prints
 * what became of it. {@link CutFileTest} starts it.
 */
final class CutFiles {
    private static final int ROUNDS = 30;
    private static final int DIMS = 40;

    private CutFiles() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("cut");
        Path file = folder.resolve("model");
        int failures = 0;
        for (int round = 0; round < ROUNDS; round++) {
            failures += cut(file, round % 2 == 0 ? 0 : 4096);
            Files.delete(file);
        }
        Files.delete(folder.resolve("model.lock"));
        Files.delete(folder);
        System.out.println("alive, failures: " + (failures == ROUNDS ? "all" : failures));
    }

    /** Whether reader and writer both had an exception, and the reader's last model stayed. */
    private static int cut(Path file, long length) throws IOException {
        double[] numbers = new double[Covariance.FULL.packedLength(4, DIMS)];
        Arrays.fill(numbers, 1);
        double[] weights = {0.25, 0.25, 0.25, 0.25};
        double[] means = new double[4 * DIMS];
        try (SharedModelWriter writer = SharedModelWriter.open(file, Covariance.FULL, 4, DIMS);
                SharedModelReader reader = SharedModelReader.open(file)) {
            for (int i = 0; i < 400; i++) {
                writer.publish(weights, means, numbers);
                reader.refresh();
            }
            writer.publish(weights, means, numbers);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
            boolean read = fails(() -> reader.refresh());
            boolean written = fails(() -> writer.publish(weights, means, numbers));
            return read && written && reader.version() == 400 && reader.weights()[3] == 0.25 ? 1 : 0;
        }
    }

    /** Something that may throw. */
    private interface Access {
        void run() throws IOException;
    }

    private static boolean fails(Access access) {
        try {
            for (int i = 0; i < 2 * SharedLayout.DEFAULT_SLOTS; i++) {
                access.run();
            }
            return false;
        } catch (IOException | InternalError e) {
            return true;
        }
    }
}
