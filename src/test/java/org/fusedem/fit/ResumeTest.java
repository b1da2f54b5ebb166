package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.em.StopReason;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fit that is stopped gives the best so far; one that goes on from a checkpoint ends as if it had never stopped. */
class ResumeTest {
    private static final FitOptions BASE =
            FitOptions.components(3).withKernel(KernelChoice.SCALAR).withRestarts(3).withMaxIterations(60).withSeed(4);

    private static double[][] rows() {
        SplittableRandom random = new SplittableRandom(9);
        double[][] rows = new double[300][];
        for (int n = 0; n < rows.length; n++) {
            double centre = 2.5 * (n % 3);
            rows[n] = new double[] {centre + random.nextGaussian(), random.nextGaussian() - centre / 2};
        }
        return rows;
    }

    static Stream<FitOptions> fits() {
        return Stream.of(
                BASE,
                BASE.withCovariance(Covariance.TIED).withConvergence(Convergence.AITKEN),
                BASE.withCovariance(Covariance.DIAGONAL).withConvergence(Convergence.PARAMETERS).withTolerance(1e-3),
                BASE.withCovariance(Covariance.SPHERICAL).withTolerance(0).withMaxIterations(15),
                BASE.withRestarts(8).withFinalists(3).withShortIterations(5),
                BASE.withStart(new Start.RandomResponsibilities()),
                BASE.withAcceleration(Acceleration.SQUAREM).withMaxIterations(200),
                BASE.withNoise(Noise.ofBoundingBox()),
                BASE.withPrior(Prior.conjugate()),
                // So many components that some collapse on the way.
                BASE.withComponents(60).withMaxIterations(20));
    }

    /** Keeps all checkpoints, as they come back from bytes. */
    private static final class Kept implements Checkpoints {
        private final List<FitCheckpoint> all = new ArrayList<>();

        @Override
        public boolean isDue() {
            return true;
        }

        @Override
        public void take(FitCheckpoint checkpoint) {
            try {
                all.add(FitCheckpoint.ofBytes(checkpoint.toBytes()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fits")
    void endsAsIfItHadNeverStopped(FitOptions options) {
        try (Points points = Points.ofRows(rows())) {
            Kept kept = new Kept();
            FitResult whole = Fitter.fit(points, options.withCheckpoints(kept));
            assertTrue(kept.all.size() >= 3, "checkpoints: " + kept.all.size());
            int step = Math.max(1, kept.all.size() / 7);
            for (int i = 0; i < kept.all.size(); i += step) {
                assertSame(whole, Fitter.fit(points, options.withResume(kept.all.get(i)).withThreads(1 + i % 2)));
            }
        }
    }

    @Test
    void goesOnWhereItWas() {
        try (Points points = Points.ofRows(rows())) {
            Kept kept = new Kept();
            Fitter.fit(points, BASE.withCheckpoints(kept));
            for (FitCheckpoint checkpoint : kept.all) {
                List<String> told = new ArrayList<>();
                Fitter.fit(points, BASE.withResume(checkpoint).withProgress(
                        (restart, iteration, meanLogLikelihood) -> told.add(restart + "/" + iteration)));
                assertEquals(checkpoint.restart() + "/" + checkpoint.iteration(), told.getFirst());
            }
        }
    }

    private static void assertSame(FitResult expected, FitResult actual) {
        assertArrayEquals(expected.model().weights(), actual.model().weights());
        assertArrayEquals(expected.model().means(), actual.model().means());
        assertArrayEquals(expected.model().covariances(), actual.model().covariances());
        assertArrayEquals(expected.trace(), actual.trace());
        assertArrayEquals(expected.logPriors(), actual.logPriors());
        assertArrayEquals(expected.restartLogLikelihoods(), actual.restartLogLikelihoods());
        assertEquals(expected.bestRestart(), actual.bestRestart());
        assertEquals(expected.iterations(), actual.iterations());
        assertEquals(expected.stopReason(), actual.stopReason());
        assertEquals(expected.events(), actual.events());
    }

    @ParameterizedTest
    @MethodSource("fits")
    void givesTheBestSoFarWhenStopped(FitOptions options) {
        try (Points points = Points.ofRows(rows())) {
            double before = Double.NEGATIVE_INFINITY;
            for (int steps : new int[] {1, 4, 30, 100_000}) {
                int[] asked = {0};
                FitResult result = Fitter.fit(points, options.withStop(() -> ++asked[0] >= steps));
                assertTrue(result.restartLogLikelihoods().length >= 1);
                assertTrue(steps > 30 || asked[0] <= steps + 3, "asked after it said yes: " + asked[0]);
                assertTrue(steps > 4 || result.stopReason() == StopReason.STOPPED, result.stopReason().name());
                if (result.events().isEmpty()) {
                    assertTrue(result.objective() >= before - 1e-3, result.objective() + " after " + before);
                    before = result.objective();
                }
            }
        }
    }

    @Test
    void refusesAnotherFit() {
        double[][] rows = rows();
        try (Points points = Points.ofRows(rows)) {
            Kept kept = new Kept();
            Fitter.fit(points, BASE.withCheckpoints(kept));
            FitCheckpoint checkpoint = kept.all.get(5);
            String message = assertThrows(IllegalArgumentException.class,
                    () -> Fitter.fit(points, BASE.withSeed(5).withResume(checkpoint))).getMessage();
            assertEquals("the checkpoint is of another fit: it has seed=4, this fit has seed=5", message);
            rows[7][0] += 1;
            try (Points others = Points.ofRows(rows)) {
                message = assertThrows(IllegalArgumentException.class,
                        () -> Fitter.fit(others, BASE.withResume(checkpoint))).getMessage();
                assertTrue(message.startsWith("the checkpoint is of other points: its parameters had"), message);
            }
        }
    }

    static Stream<FitOptions> otherFits() {
        FitOptions shrunk = BASE.withPrior(Prior.conjugate());
        GaussianMixture start = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.25, 0.25, 0.5},
                new double[] {0, 0, 2, -1, 5, -2}, new double[] {1, 0, 1, 1, 0, 1, 1, 0, 1});
        GaussianMixture other = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.25, 0.25, 0.5},
                new double[] {0, 0, 2, -1, 5, -3}, new double[] {1, 0, 1, 1, 0, 1, 1, 0, 1});
        FitOptions given = BASE.withStart(new Start.Given(start));
        int[] labels = new int[300];
        Arrays.setAll(labels, n -> n % 3);
        int[] relabelled = labels.clone();
        relabelled[299] = Start.Labels.UNKNOWN;
        FitOptions labelled = BASE.withStart(new Start.Labels(labels, false));
        FitOptions noisy = BASE.withNoise(Noise.ofBoundingBox());
        return Stream.of(
                shrunk, shrunk.withPrior(Prior.conjugate().withShrinkage(0.5)),
                given, given.withStart(new Start.Given(other)),
                given.withFixed(new Fixed.Component(0)), given.withFixed(new Fixed.Component(1)),
                labelled, labelled.withStart(new Start.Labels(relabelled, false)),
                labelled, labelled.withStart(new Start.Labels(labels, true)),
                noisy, noisy.withNoise(Noise.ofVolume(1000)));
    }

    @Test
    void refusesAnythingElseThatChangesTheFit() {
        List<FitOptions> fits = otherFits().toList();
        try (Points points = Points.ofRows(rows())) {
            for (int i = 0; i < fits.size(); i += 2) {
                Kept kept = new Kept();
                Fitter.fit(points, fits.get(i).withCheckpoints(kept));
                FitOptions other = fits.get(i + 1).withResume(kept.all.getFirst());
                String message = assertThrows(
                        IllegalArgumentException.class, () -> Fitter.fit(points, other), "fit " + i).getMessage();
                assertTrue(message.startsWith("the checkpoint is of another fit: it has "), message);
            }
        }
    }

    /** Even if it is to stop before it has come back to where it was. */
    @ParameterizedTest
    @MethodSource("fits")
    void whatWasReachedIsNotLostByAStop(FitOptions options) {
        try (Points points = Points.ofRows(rows())) {
            Kept kept = new Kept();
            Fitter.fit(points, options.withCheckpoints(kept));
            // Of two that differ by less than the tolerance per point, the one before is kept.
            double margin = options.tolerance() * points.size() + 1e-6;
            for (FitCheckpoint checkpoint : List.of(kept.all.get(kept.all.size() / 2), kept.all.getLast())) {
                int[] asked = {0};
                FitOptions resumed = options.withResume(checkpoint);
                FitResult atOnce = Fitter.fit(points, resumed.withStop(() -> true));
                FitResult soon = Fitter.fit(points, resumed.withStop(() -> ++asked[0] > 2));
                for (FitResult stopped : List.of(atOnce, soon)) {
                    assertTrue(stopped.objective() >= reached(checkpoint) - margin,
                            stopped.objective() + " after " + reached(checkpoint));
                }
            }
        }
    }

    /** By the better of the best run and the one under way; of those without a collapsed component. */
    private static double reached(FitCheckpoint checkpoint) {
        return Stream.of(checkpoint.current(), checkpoint.best())
                .filter(run -> run != null && run.affected() == 0 && run.logLikelihoods().length > 0)
                .mapToDouble(RunState::objective).max().orElse(Double.NEGATIVE_INFINITY);
    }

    @Test
    void refusesDamagedBytes() {
        try (Points points = Points.ofRows(rows())) {
            Kept kept = new Kept();
            Fitter.fit(points, BASE.withCheckpoints(kept));
            byte[] bytes = kept.all.getLast().toBytes();
            for (int i = 0; i < bytes.length; i++) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= 1;
                assertThrows(IOException.class, () -> FitCheckpoint.ofBytes(damaged));
                byte[] cut = Arrays.copyOf(bytes, i);
                assertThrows(IOException.class, () -> FitCheckpoint.ofBytes(cut));
            }
        }
    }

    /** Whoever can write a checksum may write anything: it is refused, or fitted, but nothing breaks. */
    @Test
    void survivesForgedBytes() {
        try (Points points = Points.ofRows(rows())) {
            Kept kept = new Kept();
            FitOptions few = BASE.withMaxIterations(4);
            Fitter.fit(points, few.withCheckpoints(kept));
            byte[] bytes = kept.all.get(3).toBytes();
            SplittableRandom random = new SplittableRandom(3);
            int refused = 0;
            for (int i = 0; i < 1500; i++) {
                byte[] forged = bytes.clone();
                int at = 8 + random.nextInt(bytes.length - 12);
                ByteBuffer.wrap(forged).put(at, (byte) random.nextInt());
                CRC32C checksum = new CRC32C();
                checksum.update(forged, 0, forged.length - 4);
                ByteBuffer.wrap(forged).putInt(forged.length - 4, (int) checksum.getValue());
                try {
                    Fitter.fit(points, few.withResume(FitCheckpoint.ofBytes(forged)));
                } catch (IOException | IllegalArgumentException e) {
                    refused++;
                }
            }
            assertTrue(refused > 200 && refused < 1500, "refused: " + refused);
        }
    }
}
