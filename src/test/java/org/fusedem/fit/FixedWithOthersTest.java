package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.fusedem.select.SelectOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fixed parts where they meet acceleration, missing values, weights of zero, rescaling, labels and selection. */
class FixedWithOthersTest {
    private static FitOptions from(GaussianMixture start, Fixed... parts) {
        return FitOptions.components(start.components()).withCovariance(start.covariance())
                .withStart(new Start.Given(start)).withFixed(parts);
    }

    private static double[][] rows(GaussianMixture truth, int size, long seed) {
        double[][] rows = new double[size][truth.dims()];
        try (Points sample = truth.sample(size, seed)) {
            for (int n = 0; n < size; n++) {
                sample.copyRow(n, rows[n]);
            }
        }
        return rows;
    }

    /** One component's density, or all of the parts of one kind, held where they are not those of the points. */
    private static Fixed[][] parts(Covariance shape) {
        return new Fixed[][] {{new Fixed.Weights()}, {new Fixed.Means()}, {new Fixed.Covariances()},
            shape == Covariance.TIED ? new Fixed[] {new Fixed.Component(1), new Fixed.Covariances()}
                    : new Fixed[] {new Fixed.Component(1)}};
    }

    /** Components that overlap: EM goes slowly. SQUAREM needs fewer steps for what is left to fit. */
    @ParameterizedTest
    @EnumSource
    void accelerationComesToTheSameOptimumAndLeavesFixedPartsAlone(Covariance shape) {
        GaussianMixture truth = TestData.mixture(shape, 3, 2, 1.2, 1);
        GaussianMixture start = TestData.mixture(shape, 3, 2, 1.2, 2);
        int plainSteps = 0;
        int fastSteps = 0;
        try (Points points = truth.sample(1500, 3)) {
            for (Fixed[] parts : parts(shape)) {
                FitOptions options = from(start, parts).withConvergence(Convergence.AITKEN).withTolerance(1e-10)
                        .withMaxIterations(20_000);
                FitResult plain = Fitter.fit(points, options);
                FitResult fast = Fitter.fit(points, options.withAcceleration(Acceleration.SQUAREM));
                plainSteps += plain.iterations();
                fastSteps += fast.iterations();
                assertTrue(plain.converged() && fast.converged(), Arrays.toString(parts));
                assertTrue(fast.meanLogLikelihood() >= plain.meanLogLikelihood() - 1e-9, Arrays.toString(parts));
                for (int i = 1; i < fast.trace().length; i++) {
                    assertTrue(fast.trace()[i] >= fast.trace()[i - 1] - 1e-12 * Math.abs(fast.trace()[i]));
                }
                assertFixed(start, fast.model(), parts);
            }
        }
        assertTrue(fastSteps < 0.75 * plainSteps, fastSteps + " against " + plainSteps);
    }

    private static void assertFixed(GaussianMixture start, GaussianMixture model, Fixed... parts) {
        for (Fixed part : parts) {
            switch (part) {
                case Fixed.Weights() -> assertArrayEquals(start.weights(), model.weights());
                case Fixed.Means() -> assertArrayEquals(start.means(), model.means());
                case Fixed.Covariances() -> assertArrayEquals(start.covariances(), model.covariances());
                case Fixed.Component(int k) -> {
                    assertEquals(start.weight(k), model.weight(k));
                    assertArrayEquals(start.mean(k), model.mean(k));
                    assertArrayEquals(start.covariance(k), model.covariance(k));
                }
                case Fixed.Density(int k) -> assertArrayEquals(start.mean(k), model.mean(k));
            }
        }
    }

    /** A variance far below the floor: an extrapolation that would lift it, or refuse because of it, shows. */
    @Test
    void accelerationLeavesAFixedVarianceBelowTheFloor() {
        GaussianMixture truth = GaussianMixture.of(Covariance.FULL, 1, new double[] {0.1, 0.5, 0.4},
                new double[] {0, -0.8, 0.8}, new double[] {1e-10, 1, 1});
        GaussianMixture start = GaussianMixture.of(Covariance.FULL, 1, new double[] {0.2, 0.4, 0.4},
                new double[] {0, -1, 2}, new double[] {1e-10, 2, 1});
        try (Points points = truth.sample(1500, 4)) {
            FitOptions options = from(start, new Fixed.Density(0)).withRegularization(1e-3)
                    .withConvergence(Convergence.AITKEN).withTolerance(1e-9).withMaxIterations(20_000);
            FitResult plain = Fitter.fit(points, options);
            FitResult fast = Fitter.fit(points, options.withAcceleration(Acceleration.SQUAREM));
            assertEquals(1e-10, fast.model().covariance(0, 0, 0));
            assertTrue(fast.iterations() < plain.iterations() / 2, fast.iterations() + " of " + plain.iterations());
        }
    }

    /**
     * One step from the formulas: what is free does not depend on whether weights, or covariances, are; and around a
     * fixed mean the covariance has the outer product of the distance from the points' mean more.
     */
    @ParameterizedTest
    @EnumSource
    void oneStepWithMissingValuesIsTheTextbooks(Covariance shape) {
        int dims = 3;
        GaussianMixture start = TestData.mixture(shape, 2, dims, 1.5, 5);
        double[][] rows = IncompleteData.draw(TestData.mixture(shape, 2, dims, 1.5, 6), 150, 0.3, 7);
        double[] ones = new double[rows.length];
        Arrays.fill(ones, 1);
        IncompleteTextbook free = new IncompleteTextbook(start);
        free.step(rows, ones, shape);
        try (Points points = Points.ofIncompleteRows(rows)) {
            for (Fixed[] parts : parts(shape)) {
                GaussianMixture model = Fitter.fit(points, from(start, parts).withMissingValues().withTolerance(0)
                        .withMaxIterations(1)).model();
                assertFixed(start, model, parts);
                for (int k = 0; k < 2; k++) {
                    switch (parts[0]) {
                        case Fixed.Weights() -> {
                            assertArrayEquals(free.means[k], model.mean(k), 1e-12);
                            assertClose(free.covariances[k], model.covariance(k));
                        }
                        case Fixed.Means() -> {
                            assertEquals(free.weights[k], model.weight(k), 1e-12);
                            assertClose(aroundFixedMeans(start, free, k), model.covariance(k));
                        }
                        case Fixed.Covariances() -> {
                            assertEquals(free.weights[k], model.weight(k), 1e-12);
                            assertArrayEquals(free.means[k], model.mean(k), 1e-12);
                        }
                        case Fixed.Component _, Fixed.Density _ ->
                            assertArrayEquals(k == 1 ? start.mean(1) : free.means[k], model.mean(k), 1e-12);
                    }
                }
            }
        }
    }

    /** The covariance of component k around the start's means. */
    private static double[][] aroundFixedMeans(GaussianMixture start, IncompleteTextbook free, int k) {
        Covariance shape = start.covariance();
        int dims = start.dims();
        double[][] sigma = Arrays.stream(free.covariances[k]).map(double[]::clone).toArray(double[][]::new);
        for (int c = 0; c < start.components(); c++) {
            double share = shape == Covariance.TIED ? free.weights[c] : c == k ? 1 : 0;
            for (int i = 0; i < dims; i++) {
                for (int j = 0; j < dims; j++) {
                    double product = (free.means[c][i] - start.mean(c, i)) * (free.means[c][j] - start.mean(c, j));
                    switch (shape) {
                        case SPHERICAL -> {
                            for (int d = 0; d < dims && i == j; d++) {
                                sigma[d][d] += share * product / dims;
                            }
                        }
                        case DIAGONAL -> sigma[i][j] += i == j ? share * product : 0;
                        case TIED, FULL -> sigma[i][j] += share * product;
                    }
                }
            }
        }
        return sigma;
    }

    private static void assertClose(double[][] expected, double[][] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i], 1e-11);
        }
    }

    /** As if the points were not there, to the bit. */
    @ParameterizedTest
    @EnumSource
    void pointsOfWeightZeroPlayNoPart(Covariance shape) {
        GaussianMixture start = TestData.mixture(shape, 3, 2, 1.5, 8);
        double[][] rows = rows(TestData.mixture(shape, 3, 2, 1.5, 9), 200, 10);
        try (PointsBuilder some = Points.builder(2); PointsBuilder others = Points.builder(2)) {
            for (int n = 0; n < rows.length; n++) {
                double weight = n % 4;
                some.addWeighted(weight, weight == 0 ? new double[] {1e150, -1e150} : rows[n]);
                if (weight > 0) {
                    others.addWeighted(weight, rows[n]);
                }
            }
            try (Points all = some.build(); Points weighty = others.build()) {
                for (Fixed[] parts : parts(shape)) {
                    FitResult expected = Fitter.fit(weighty, from(start, parts));
                    FitResult found = Fitter.fit(all, from(start, parts));
                    assertArrayEquals(expected.trace(), found.trace());
                    assertArrayEquals(expected.model().covariances(), found.model().covariances());
                    assertFixed(start, found.model(), parts);
                }
            }
        }
    }

    /** By powers of two nothing rounds; what the fit is told of the start it is told in the new units. */
    @ParameterizedTest
    @EnumSource
    void extremeScalesChangeNothingElse(Covariance shape) {
        GaussianMixture start = TestData.mixture(shape, 2, 2, 1.5, 11);
        double[][] rows = rows(TestData.mixture(shape, 2, 2, 1.5, 12), 100, 13);
        int exponent = 500;
        double[] packed = Arrays.stream(start.covariances()).map(x -> Math.scalb(x, 2 * exponent)).toArray();
        double[] means = Arrays.stream(start.means()).map(x -> Math.scalb(x, exponent)).toArray();
        GaussianMixture far = GaussianMixture.of(shape, 2, start.weights(), means, packed);
        double[][] farRows = Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(x -> Math.scalb(x, exponent)).toArray()).toArray(double[][]::new);
        double shift = -2 * rows.length * exponent * Math.log(2);
        try (Points points = Points.ofRows(rows); Points farPoints = Points.ofRows(farRows)) {
            for (Fixed[] parts : parts(shape)) {
                FitResult expected = Fitter.fit(points, from(start, parts));
                FitResult found = Fitter.fit(farPoints, from(far, parts));
                assertEquals(expected.freeParameters(), found.freeParameters());
                assertEquals(expected.logLikelihood() + shift, found.logLikelihood(), 1e-9 * Math.abs(shift));
                assertArrayEquals(expected.model().weights(), found.model().weights(), 1e-9);
                assertFixed(far, found.model(), parts);
            }
        }
    }

    /** A given start leaves nothing to chance: there is one run, however many short ones are asked for. */
    @Test
    void shortRunsHaveNothingToChooseFrom() {
        GaussianMixture start = TestData.mixture(Covariance.FULL, 2, 2, 1.5, 14);
        try (Points points = start.sample(9000, 15)) {
            FitOptions options = from(start, new Fixed.Means());
            FitResult expected = Fitter.fit(points, options.withRestarts(1));
            FitResult found = Fitter.fit(points, options.withRestarts(50).withFinalists(1).withShortIterations(2));
            assertArrayEquals(expected.trace(), found.trace());
            assertEquals(1, found.restartLogLikelihoods().length);
        }
    }

    @Test
    void labelsAndSelectionAreRefused() {
        GaussianMixture start = TestData.mixture(Covariance.FULL, 2, 2, 1.5, 16);
        FitOptions options = from(start, new Fixed.Means());
        assertEquals("parts can be fixed only as they are in a given start (set Start.Given first): start=Labels",
                assertThrows(IllegalArgumentException.class, () -> options.withStart(
                        new Start.Labels(new int[] {0, 1}, true))).getMessage());
        assertEquals("a selection needs a start for any number of components and shape, kmeans++ or a random one:"
                + " start=Given", assertThrows(IllegalArgumentException.class,
                        () -> SelectOptions.components(1, 3).withFit(options)).getMessage());
    }
}
