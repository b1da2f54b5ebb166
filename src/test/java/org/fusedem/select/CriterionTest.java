package org.fusedem.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fusedem.em.StopReason;
import org.fusedem.fit.FitEvent;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.TestData;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CriterionTest {
    /** A cell as a selection would make it of this model. */
    private static Cell.Fitted cell(GaussianMixture model, Points points, double heldOut, FitEvent... events) {
        double totalWeight = 0;
        for (long row = 0; row < points.size(); row++) {
            totalWeight += points.weight(row);
        }
        FitResult result = new FitResult(model, null, model.parameterCount(),
                new double[] {model.logLikelihood(points)}, new double[1], 0, StopReason.CONVERGED, List.of(events),
                new double[1], 0, totalWeight, 0, 0, new double[0], "scalar", 64);
        return new Cell.Fitted(model.components(), model.covariance(), Cell.Origin.OWN_START, result,
                ClassificationEntropy.of(model, points), new HeldOut(heldOut, 0.1, 5), 0);
    }

    private static GaussianMixture two(double distance) {
        return GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {0.5, 0.5}, new double[] {-distance, distance},
                new double[] {1, 1});
    }

    /**
     * Two unit normals at -1 and 1, points 0 and log(3) / 2, of weight 2: at x the components' densities are as 1 to
     * exp(2 x), so 1 to 1 and 1 to 3.
     */
    @Test
    void iclByHand() {
        double x = Math.log(3) / 2;
        try (PointsBuilder builder = Points.builder(1).addWeighted(1, 0).addWeighted(2, x);
                Points points = builder.build()) {
            Cell.Fitted cell = cell(two(1), points, 0);
            double entropy = Math.log(2) - 2 * (0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
            double root = Math.sqrt(2 * Math.PI);
            double sumAtX = Math.exp(-0.5 * (x - 1) * (x - 1)) + Math.exp(-0.5 * (x + 1) * (x + 1));
            double logLikelihood = Math.log(Math.exp(-0.5) / root) + 2 * Math.log(sumAtX / (2 * root));
            assertEquals(entropy, cell.entropy(), 1e-14);
            assertEquals(-2 * logLikelihood + 5 * Math.log(3), cell.bic(), 1e-13);
            assertEquals(-2 * logLikelihood + 10, cell.aic(), 1e-13);
            assertEquals(-2 * logLikelihood + 5 * Math.log(3) + 2 * entropy, cell.icl(), 1e-13);
        }
    }

    @Test
    void certaintyHasNoEntropy() {
        try (Points points = Points.ofRows(new double[][] {{-50}, {50}, {51}})) {
            assertEquals(0, ClassificationEntropy.of(two(50), points));
        }
        GaussianMixture dead = GaussianMixture.of(
                Covariance.SPHERICAL, 1, new double[] {0, 1}, new double[] {1, 1}, new double[] {1, 1});
        try (Points points = Points.ofRows(new double[][] {{1}, {1e150}})) {
            assertEquals(0, ClassificationEntropy.of(dead, points));
        }
    }

    @ParameterizedTest
    @EnumSource
    void weightsAreRepeatedRows(Covariance shape) {
        GaussianMixture model = TestData.mixture(shape, 3, 2, 1, 4);
        try (Points rows = model.sample(100, 5);
                PointsBuilder weighted = Points.builder(2);
                PointsBuilder repeated = Points.builder(2)) {
            double[] row = new double[2];
            for (int n = 0; n < 100; n++) {
                rows.copyRow(n, row);
                weighted.addWeighted(n % 4, row);
                for (int times = 0; times < n % 4; times++) {
                    repeated.add(row);
                }
            }
            try (Points some = weighted.build(); Points all = repeated.build()) {
                Cell.Fitted expected = cell(model, all, 0);
                Cell.Fitted actual = cell(model, some, 0);
                assertEquals(expected.bic(), actual.bic(), 1e-10 * expected.bic());
                assertEquals(expected.aic(), actual.aic(), 1e-10 * expected.aic());
                assertEquals(expected.icl(), actual.icl(), 1e-10 * expected.icl());
            }
        }
    }

    @Test
    void eachRanksByItsOwn() {
        try (Points points = Points.ofRows(new double[][] {{-2}, {0.1}, {2}})) {
            Cell.Fitted near = cell(two(1), points, -3);
            Cell.Fitted far = cell(two(2.5), points, -2);
            List<Cell> cells = List.of(near, far, new Cell.Failed(4, Covariance.FULL, "of no interest", 0));
            assertEquals(near, Selection.of(Criterion.BIC, cells, false).best().orElseThrow());
            assertEquals(near, Selection.of(Criterion.AIC, cells, false).best().orElseThrow());
            assertEquals(near.bic() + 2 * near.entropy() < far.bic() + 2 * far.entropy() ? near : far,
                    Selection.of(Criterion.ICL, cells, false).best().orElseThrow());
            assertEquals(far, Selection.of(Criterion.CROSS_VALIDATION, cells, false).best().orElseThrow());
        }
    }

    @Test
    void degenerateCellsWinOnlyWhenAskedOrAlone() {
        try (Points points = Points.ofRows(new double[][] {{-2}, {0.1}, {2}})) {
            FitEvent now = new FitEvent(FitEvent.Kind.VARIANCE_FLOORED, 1, 0, 0);
            Cell.Fitted good = cell(two(1), points, 0, now);
            Cell.Fitted clean = cell(two(2.5), points, 0, new FitEvent(FitEvent.Kind.FEATURE_CONSTANT, 0, 0, 0));
            List<Cell> cells = List.of(good, clean);
            assertEquals(clean, Selection.of(Criterion.BIC, cells, false).best().orElseThrow());
            assertEquals(good, Selection.of(Criterion.BIC, cells, true).best().orElseThrow());
            assertEquals(good, Selection.of(Criterion.BIC, List.of(good), false).best().orElseThrow());
        }
    }

    @Test
    void anythingIsBetterThanPointsThatAreImpossible() {
        try (Points points = Points.ofRows(new double[][] {{-2}, {0.1}, {2}})) {
            Cell.Fitted impossible = cell(two(1), points, Double.NEGATIVE_INFINITY);
            Cell.Fitted possible = cell(two(2.5), points, -1e300);
            for (List<Cell> cells : List.of(List.<Cell>of(impossible, possible), List.<Cell>of(possible, impossible))) {
                assertEquals(possible, Selection.of(Criterion.CROSS_VALIDATION, cells, false).best().orElseThrow());
            }
        }
    }

    @Test
    void withoutFoldsNothingIsBestByThem() {
        try (Points points = Points.ofRows(new double[][] {{-2}, {0.1}, {2}})) {
            Selection selection = Selector.select(points, SelectOptions.components(1, 1));
            assertEquals("nothing was held out to compare (set SelectOptions.withFolds): criterion=cv",
                    assertThrows(IllegalArgumentException.class, () -> selection.bestBy(Criterion.CROSS_VALIDATION))
                            .getMessage());
            assertTrue(selection.bestBy(Criterion.AIC).isPresent());
        }
    }

    @Test
    void labelsReadBack() {
        for (Criterion criterion : Criterion.values()) {
            assertEquals(criterion, Criterion.ofLabel(criterion.label()));
        }
        assertEquals("criterion must be bic, aic, icl or cv: criterion=BIC",
                assertThrows(IllegalArgumentException.class, () -> Criterion.ofLabel("BIC")).getMessage());
    }
}
