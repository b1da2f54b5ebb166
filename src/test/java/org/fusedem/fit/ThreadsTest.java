package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.fusedem.ForkedJvm;
import org.fusedem.em.Acceleration;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
    private static final int COMPONENTS = 4;

    private static final int DIMS = 4;

    /** Enough for three ranges, the last one ending in mid-tile, and for short runs to work on a sample. */
    private static final int POINTS = 13_011;

    /** Short runs on a sample, and the better one to its end: all that the default does, less often. */
    private static final FitOptions OPTIONS = FitOptions.components(COMPONENTS).withRestarts(2).withFinalists(1)
            .withShortIterations(1).withTolerance(0).withMaxIterations(2);

    /** What may be asked of a fit, and of its points. */
    private enum Variation {
        PLAIN,
        WEIGHTS,
        MISSING,
        PRIOR,
        FIXED_LABELS,
        ACCELERATION,
        ABSOLUTE_FLOOR,
        SHIFTED_AND_RESCALED,
        TOGETHER;

        private boolean has(Variation part) {
            // A floor in the data's units means nothing where these are 1e-148.
            return this == part || this == TOGETHER && part != ABSOLUTE_FLOOR;
        }

        FitOptions options(Covariance covariance) {
            FitOptions options = OPTIONS.withCovariance(covariance);
            if (has(MISSING)) {
                options = options.withMissingValues();
            }
            if (has(PRIOR)) {
                options = options.withPrior(Prior.conjugate());
            }
            if (has(FIXED_LABELS)) {
                // None of the last component, so that there are restarts.
                int[] labels = new int[POINTS];
                Arrays.setAll(labels, n -> n % 10 == 0 ? n / 10 % (COMPONENTS - 1) : Start.Labels.UNKNOWN);
                options = options.withStart(new Start.Labels(labels, true));
            }
            if (has(ACCELERATION)) {
                options = options.withAcceleration(Acceleration.SQUAREM);
            }
            if (this == ACCELERATION) {
                // Nothing is extrapolated while EM is fast: so from near the optimum, and on for a while.
                options = options.withStart(new Start.Given(truth(covariance))).withMaxIterations(9);
            }
            if (has(ABSOLUTE_FLOOR)) {
                options = options.withVarianceFloor(1.2);
            }
            return options;
        }

        Points points(Covariance covariance, ElementType type) {
            boolean wide = type == ElementType.FLOAT64;
            SplittableRandom random = new SplittableRandom(11);
            double[] row = new double[DIMS];
            try (Points sample = truth(covariance).sample(POINTS, 10);
                    PointsBuilder builder = Points.builder(DIMS, type).allowMissing()) {
                for (int n = 0; n < POINTS; n++) {
                    sample.copyRow(n, row);
                    if (has(SHIFTED_AND_RESCALED)) {
                        row[0] = row[0] * (wide ? 1e-148 : 1e-25);
                        row[1] = row[1] * (wide ? 1 : 1e4) + 1e8;
                    }
                    if (has(MISSING)) {
                        for (int i = 0; i < DIMS; i++) {
                            row[i] = random.nextInt(5) == 0 ? Double.NaN : row[i];
                        }
                    }
                    if (has(WEIGHTS)) {
                        builder.addWeighted(random.nextInt(4) / 2.0, row);
                    } else {
                        builder.add(row);
                    }
                }
                return builder.build();
            }
        }
    }

    private static GaussianMixture truth(Covariance covariance) {
        return TestData.mixture(covariance, COMPONENTS, DIMS, 2, 9);
    }

    static Stream<Arguments> matrix() {
        return Stream.of(Variation.values()).flatMap(variation -> Stream.of(ElementType.values())
                .flatMap(type -> Stream.of(Covariance.values())
                        .map(covariance -> Arguments.of(variation, type, covariance))));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void anyNumberGivesTheSameBits(Variation variation, ElementType type, Covariance covariance) {
        FitOptions options = variation.options(covariance);
        try (Points points = variation.points(covariance, type)) {
            FitResult alone = Fitter.fit(points, options);
            for (int threads : new int[] {2, 3, 8}) {
                FitResult together = Fitter.fit(points, options.withThreads(threads));
                assertArrayEquals(alone.trace(), together.trace());
                assertArrayEquals(alone.restartLogLikelihoods(), together.restartLogLikelihoods());
                assertArrayEquals(alone.model().weights(), together.model().weights());
                assertArrayEquals(alone.model().means(), together.model().means());
                assertArrayEquals(alone.model().covariances(), together.model().covariances());
            }
        }
    }

    /** Else the matrix above would say less than it seems to. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void everyVariationChangesTheFit(Variation variation) {
        FitOptions varied = variation.options(Covariance.FULL);
        FitOptions plain = variation == Variation.ACCELERATION
                ? varied.withAcceleration(Acceleration.NONE) : Variation.PLAIN.options(Covariance.FULL);
        try (Points points = Variation.PLAIN.points(Covariance.FULL, ElementType.FLOAT64);
                Points variedPoints = variation.points(Covariance.FULL, ElementType.FLOAT64)) {
            double[] trace = Fitter.fit(points, plain).trace();
            assertFalse(Arrays.equals(trace, Fitter.fit(variedPoints, varied).trace()));
        }
    }

    /** In a process of its own, as threads of a pool that all share may be there already. */
    @ParameterizedTest
    @ValueSource(strings = {"COMPLETE", "MISSING"})
    void startsNoThreadUnlessAsked(String points) throws IOException, InterruptedException {
        Process process = ForkedJvm.start(OneFit.class, points);
        List<String> output = process.inputReader().lines().toList();
        assertEquals("new threads: []", output.getLast());
        assertEquals(0, process.waitFor());
    }

    @Test
    void threadsOfAFitEndWithIt() {
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            Fitter.fit(points, FitOptions.components(2));
            long before = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("pool")).count();
            Fitter.fit(points, FitOptions.components(2).withThreads(4));
            long after = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("pool")).count();
            assertEquals(before, after, "threads of a fit end with it");
        }
    }

    @Test
    void borrowsTheCallersExecutor() {
        try (ExecutorService executor = Executors.newSingleThreadExecutor();
                Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            FitOptions options = FitOptions.components(2);
            assertEquals(Fitter.fit(points, options).logLikelihood(),
                    Fitter.fit(points, options.withExecutor(2, executor)).logLikelihood());
        }
    }
}
