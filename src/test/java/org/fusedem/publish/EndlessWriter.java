package org.fusedem.publish;

import java.io.IOException;
import java.nio.file.Path;
import org.fusedem.moments.Covariance;

/** A process that publishes as fast as it can until it is killed. {@link KilledWriterTest} starts it. */
final class EndlessWriter {
    static final Covariance COVARIANCE = Covariance.FULL;
    static final int K = 20;
    static final int D = 30;

    private EndlessWriter() {}

    public static void main(String[] args) throws IOException {
        SelfCheckingModels models = new SelfCheckingModels(COVARIANCE, K, D);
        try (SharedModelWriter writer = SharedModelWriter.open(Path.of(args[0]), COVARIANCE, K, D)) {
            System.out.println("publishing");
            while (true) {
                models.make(writer.version() + 1);
                writer.publish(models.weights, models.means, models.covariances);
            }
        }
    }
}
