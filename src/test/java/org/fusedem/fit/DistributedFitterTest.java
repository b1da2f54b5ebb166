package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.em.Acceleration;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributedFitterTest {
    /** Sums of the same numbers in another order, through ten iterations of a mixture that is well apart. */
    private static final double ANOTHER_ORDER = 1e-12;

    private static final KernelChoice KERNEL =
            ComputeKernel.name().equals("vector") ? KernelChoice.VECTOR : KernelChoice.SCALAR;

    private static FitOptions options(Covariance covariance, GaussianMixture start) {
        return FitOptions.components(start.components()).withCovariance(covariance).withStart(new Start.Given(start))
                .withTolerance(0).withMaxIterations(10).withKernel(KERNEL);
    }

    private static GaussianMixture truth(Covariance covariance) {
        return TestData.mixture(covariance, 3, 4, 3, 11);
    }

    @ParameterizedTest
    @EnumSource
    void onePartHasTheBitsOfAnOrdinaryFit(Covariance covariance) {
        try (Points points = truth(covariance).sample(3000, 1)) {
            FitOptions options = options(covariance, TestData.mixture(covariance, 3, 4, 3, 12));
            FitResult expected = Fitter.fit(points, options);
            FitResult actual = Parts.fit(points, 1, options);
            assertArrayEquals(expected.trace(), actual.trace());
            assertArrayEquals(expected.model().covariances(), actual.model().covariances());
            assertEquals(expected.iterations(), actual.iterations());
            assertEquals(expected.stopReason(), actual.stopReason());
            assertEquals(expected.freeParameters(), actual.freeParameters());
            assertEquals(expected.kernel(), actual.kernel());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void partsGiveTheSameAnswer(int parts) {
        try (Points points = truth(Covariance.FULL).sample(9001, 2)) {
            FitOptions options = options(Covariance.FULL, TestData.mixture(Covariance.FULL, 3, 4, 3, 12));
            FitResult expected = Fitter.fit(points, options);
            FitResult actual = Parts.fit(points, parts, options);
            assertArrayEquals(expected.trace(), actual.trace(),
                    ANOTHER_ORDER * Math.abs(expected.logLikelihood()));
            assertArrayEquals(actual.trace(), Parts.fit(points, parts, options).trace());
        }
    }

    @Test
    void weightsCountAsOrdinaryFitsCountThem() {
        SplittableRandom random = new SplittableRandom(3);
        try (Points drawn = truth(Covariance.DIAGONAL).sample(6000, 3); PointsBuilder builder = Points.builder(4)) {
            double[] row = new double[4];
            for (long n = 0; n < drawn.size(); n++) {
                drawn.copyRow(n, row);
                builder.addWeighted(n % 5 == 0 ? 0 : random.nextDouble(), row);
            }
            try (Points points = builder.build()) {
                FitOptions options = options(Covariance.DIAGONAL, TestData.mixture(Covariance.DIAGONAL, 3, 4, 3, 12));
                FitResult expected = Fitter.fit(points, options);
                FitResult actual = Parts.fit(points, 3, options);
                assertEquals(expected.totalWeight(), actual.totalWeight(), ANOTHER_ORDER * expected.totalWeight());
                assertArrayEquals(expected.trace(), actual.trace(),
                        ANOTHER_ORDER * Math.abs(expected.logLikelihood()));
            }
        }
    }

    /** One component starts on 200 equal points of 20,000, far away: its variances end on the floor, exactly there. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void floorsAndEventsAreThoseOfAnOrdinaryFit(int parts) {
        SplittableRandom random = new SplittableRandom(4);
        double[][] rows = new double[20_000][];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = n % 100 == 0 ? new double[] {50, 50}
                    : new double[] {random.nextGaussian(), Math.exp(random.nextGaussian())};
        }
        GaussianMixture start = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.5, 0.5},
                new double[] {0, 0, 50, 50}, new double[] {1, 0, 1, 1, 0, 1});
        try (Points points = Points.ofRows(rows)) {
            FitOptions options = options(Covariance.FULL, start);
            FitResult expected = Fitter.fit(points, options);
            FitResult actual = Parts.fit(points, parts, options);
            assertFalse(expected.events().isEmpty());
            assertEquals(expected.events(), actual.events());
            for (int i = 0; i < 2; i++) {
                double floor = expected.model().covariance(1, i, i);
                assertEquals(floor, actual.model().covariance(1, i, i), 1e-10 * floor);
            }
            assertEquals(expected.logLikelihood(), actual.logLikelihood(),
                    ANOTHER_ORDER * Math.abs(expected.logLikelihood()));
        }
    }

    @Test
    void constantFeaturesAreReported() {
        double[][] rows = new double[100][];
        Arrays.setAll(rows, n -> new double[] {n % 10, 7});
        GaussianMixture start = GaussianMixture.of(Covariance.DIAGONAL, 2, new double[] {0.5, 0.5},
                new double[] {2, 7, 7, 7}, new double[] {1, 1, 1, 1});
        try (Points points = Points.ofRows(rows)) {
            FitOptions options = options(Covariance.DIAGONAL, start);
            assertEquals(Fitter.fit(points, options).events(), Parts.fit(points, 2, options).events());
        }
    }

    @Test
    void accelerationAndFixedPartsWorkAsInOrdinaryFits() {
        try (Points points = truth(Covariance.TIED).sample(5000, 5)) {
            FitOptions options = options(Covariance.TIED, TestData.mixture(Covariance.TIED, 3, 4, 3, 12))
                    .withAcceleration(Acceleration.SQUAREM).withFixed(new Fixed.Weights());
            FitResult expected = Fitter.fit(points, options);
            assertArrayEquals(expected.trace(), Parts.fit(points, 4, options).trace(),
                    ANOTHER_ORDER * Math.abs(expected.logLikelihood()));
        }
    }

    @Test
    void startsFromClustersAroundCentres() {
        GaussianMixture truth = truth(Covariance.FULL);
        try (Points points = truth.sample(4000, 6)) {
            FitOptions options = FitOptions.components(3).withMaxIterations(1).withTolerance(0).withKernel(KERNEL);
            FitResult actual = Parts.fit(points, 3, options, truth.means());
            // The same by labels: standard deviations are those of all points, so the nearest centre has to be sought.
            PointsSummary summary = PointsSummary.of(points);
            GaussianMixture centres = new DistributedFitter(options, summary, SamplePlan.interquartileScales(points))
                    .nearest(truth.means());
            int[] labels = new int[(int) points.size()];
            double[] row = new double[4];
            for (int n = 0; n < labels.length; n++) {
                points.copyRow(n, row);
                labels[n] = centres.predict(row);
            }
            FitResult expected = Fitter.fit(points, options.withStart(new Start.Responsibilities(shares(labels))));
            assertArrayEquals(expected.trace(), actual.trace(), ANOTHER_ORDER * Math.abs(expected.logLikelihood()));
        }
    }

    private static double[][] shares(int[] labels) {
        double[][] shares = new double[labels.length][3];
        for (int n = 0; n < labels.length; n++) {
            shares[n][labels[n]] = 1;
        }
        return shares;
    }

    @Test
    void centresMeasureDistancesInStandardDeviations() {
        double[][] rows = {{0, 0}, {2, 200}, {4, 400}, {6, 600}};
        try (Points points = Points.ofRows(rows)) {
            GaussianMixture centres = new DistributedFitter(FitOptions.components(2), PointsSummary.of(points),
                    SamplePlan.interquartileScales(points))
                    .nearest(new double[] {0, 0});
            double variance = 5;
            double shortfall = centres.logJoint(0, 0)[0] - centres.logJoint(2, 200)[0];
            assertEquals(0.5 * (2 * 2 / variance + 200 * 200 / (1e4 * variance)), shortfall, 1e-12);
        }
    }

    /** A part that is lost on the way, or comes twice, would leave a fit of other points and no trace of that. */
    @Test
    void refusesMomentsThatAreNotOfAllPoints() {
        GaussianMixture truth = truth(Covariance.FULL);
        try (Points points = truth.sample(3000, 5); Points lost = points.slice(0, 2999);
                PointsBuilder builder = Points.builder(4)) {
            for (int n = 0; n <= 3000; n++) {
                double[] row = new double[4];
                points.copyRow(n % 3000, row);
                builder.add(row);
            }
            DistributedFitter fitter = new DistributedFitter(options(Covariance.FULL, truth), PointsSummary.of(points),
                    SamplePlan.interquartileScales(points));
            try (Points twice = builder.build(); Expectation all = new Expectation(points, Covariance.FULL, 3)) {
                fitter.fit(all);
                for (Points others : new Points[] {lost, twice}) {
                    try (Expectation some = new Expectation(others, Covariance.FULL, 3)) {
                        assertTrue(assertThrows(IllegalArgumentException.class, () -> fitter.fit(some)).getMessage()
                                .contains("not of all points, or not once of each: total weight=" + others.size()));
                    }
                }
            }
            try (Expectation tied = new Expectation(points, Covariance.TIED, 3)) {
                assertTrue(assertThrows(IllegalArgumentException.class, () -> fitter.fit(tied, truth.means()))
                        .getMessage().contains("of another kind than the fit"));
            }
        }
    }

    @Test
    void refusesSamplesWithGaps() {
        try (Points points = Points.ofIncompleteRows(new double[][] {{1}, {2}, {Double.NaN}, {Double.NaN}})) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> SamplePlan.interquartileScales(points))
                    .getMessage().contains("a sample is drawn of complete points"));
        }
    }

    @Test
    void refusesWhatNeedsThePointsThemselves() {
        try (Points points = truth(Covariance.FULL).sample(20, 7)) {
            PointsSummary summary = PointsSummary.of(points);
            double[] scales = SamplePlan.interquartileScales(points);
            FitOptions options = FitOptions.components(3);
            assertThrows(IllegalArgumentException.class,
                    () -> new DistributedFitter(options.withNoise(Noise.ofBoundingBox()), summary, scales));
            assertThrows(IllegalArgumentException.class,
                    () -> new DistributedFitter(FitOptions.components(21), summary, scales));
            assertThrows(IllegalArgumentException.class, () -> new DistributedFitter(
                    options(Covariance.FULL, TestData.mixture(Covariance.FULL, 3, 5, 3, 1)), summary, scales));
            DistributedFitter fitter = new DistributedFitter(options, summary, scales);
            assertThrows(IllegalArgumentException.class, () -> fitter.nearest(new double[5]));
            try (Expectation expectation = new Expectation(points, Covariance.FULL, 3)) {
                assertTrue(assertThrows(IllegalArgumentException.class, () -> fitter.fit(expectation)).getMessage()
                        .contains("a given start, or centres"));
                assertThrows(IllegalArgumentException.class, () -> fitter.fit(expectation, new double[8]));
                FitOptions fixed = options(Covariance.FULL, truth(Covariance.FULL)).withFixed(new Fixed.Means());
                assertTrue(assertThrows(IllegalArgumentException.class, () -> new DistributedFitter(fixed, summary, scales)
                        .fit(expectation, new double[12])).getMessage().contains("fit from that and not from centres"));
            }
        }
        try (Points points = Points.ofRows(new double[][] {{1e-160, 1}, {2e-160, 2}, {3e-160, 3}})) {
            assertTrue(assertThrows(IllegalArgumentException.class,
                    () -> new DistributedFitter(FitOptions.components(2), PointsSummary.of(points),
                    SamplePlan.interquartileScales(points)))
                    .getMessage().contains("column=0"));
        }
    }

    @Test
    void expectationsRefuseMixturesOfAnotherKindAndUseAfterClose() {
        try (Points points = truth(Covariance.FULL).sample(20, 8)) {
            Expectation expectation = new Expectation(points, Covariance.FULL, 3);
            assertThrows(IllegalArgumentException.class,
                    () -> expectation.posterior(TestData.mixture(Covariance.FULL, 2, 4, 3, 1)));
            assertThrows(IllegalArgumentException.class,
                    () -> expectation.posterior(TestData.mixture(Covariance.DIAGONAL, 3, 4, 3, 1)));
            assertThrows(IllegalArgumentException.class,
                    () -> expectation.logLikelihood(TestData.mixture(Covariance.FULL, 3, 5, 3, 1)));
            expectation.close();
            expectation.close();
            assertThrows(IllegalStateException.class, () -> expectation.posterior(truth(Covariance.FULL)));
        }
        try (Points points = Points.ofIncompleteRows(new double[][] {{1, Double.NaN}, {1, 2}})) {
            assertThrows(IllegalArgumentException.class, () -> new Expectation(points, Covariance.FULL, 1));
            assertThrows(IllegalArgumentException.class, () -> PointsSummary.of(points));
        }
    }

    @Test
    void summariesOfPartsAreThoseOfTheWhole() {
        SplittableRandom random = new SplittableRandom(9);
        double[][] rows = new double[5000][];
        // Far from the origin: squares of raw values would keep no digits.
        Arrays.setAll(rows, n -> new double[] {1e8 + random.nextGaussian(), -1e8 + 1e-3 * n});
        try (Points points = Points.ofRows(rows); Parts parts = new Parts(points, 7, Covariance.DIAGONAL, 1)) {
            double[] scales = SamplePlan.interquartileScales(points);
            FeatureScales whole = PointsSummary.of(points).scales(scales);
            FeatureScales merged = parts.summary().scales(scales);
            assertEquals(5000, parts.summary().points());
            for (int i = 0; i < 2; i++) {
                // A mean near 1e8 is a multiple of 2^-26, and so are the distances between those of the parts, which are
                // shorter than a standard deviation: in their squares that is twice as much.
                double rounding = 0x1p-26;
                assertEquals(whole.means()[i], merged.means()[i], 7 * rounding);
                assertEquals(whole.spreads()[i], merged.spreads()[i], 2 * rounding * whole.spreads()[i]);
            }
            assertEquals(1, merged.spreads()[0], 0.1);
            assertEquals(1e-6 * (5000.0 * 5000 - 1) / 12, merged.spreads()[1], 1e-6);
        }
    }

    @Test
    void samplesOfPartsAreThoseOfTheWhole() {
        try (Points points = truth(Covariance.FULL).sample(10_001, 10);
                Parts parts = new Parts(points, 7, Covariance.FULL, 3);
                Points drawn = parts.sample(parts.summary());
                Points expected = Sample.draw(points, 4096, 10_001, new SplittableRandom(0))) {
            assertEquals(expected.size(), drawn.size());
            for (long n = 0; n < drawn.size(); n++) {
                assertEquals(expected.get(n, 0), drawn.get(n, 0));
            }
        }
    }

    @Test
    void bytesThatAreNoSummaryAreRefused() {
        try (Points points = Points.ofRows(new double[][] {{1, 2}, {3, 4}}, ElementType.FLOAT32)) {
            byte[] bytes = PointsSummary.of(points).toBytes();
            assertEquals(PointsSummary.of(points).toString(), PointsSummary.ofBytes(bytes).toString());
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThrows(IllegalArgumentException.class, () -> PointsSummary.ofBytes(cut));
            }
            for (int i = 0; i < 12; i++) {
                byte[] changed = bytes.clone();
                changed[i] ^= 0x55;
                assertThrows(IllegalArgumentException.class, () -> PointsSummary.ofBytes(changed));
            }
        }
    }

    @Test
    void momentsUnderCentresAreOfTheShapeAskedFor() {
        try (Points points = truth(Covariance.FULL).sample(50, 11);
                Expectation expectation = new Expectation(points, Covariance.FULL, 2)) {
            GaussianMixture centres = TestData.mixture(Covariance.DIAGONAL, 2, 4, 3, 1);
            Moments moments = expectation.nearest(centres);
            assertEquals(Covariance.FULL, moments.covariance());
            assertEquals(50, moments.weights()[0] + moments.weights()[1]);
        }
    }
}
