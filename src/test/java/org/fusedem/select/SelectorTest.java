package org.fusedem.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.TestData;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    private static Cell.Fitted best(Points points, SelectOptions options) {
        return Selector.select(points, options).best().orElseThrow();
    }

    private static Cell.Fitted fitted(Cell cell) {
        return assertInstanceOf(Cell.Fitted.class, cell);
    }

    private static FitOptions restarts(int restarts) {
        return FitOptions.components(1).withRestarts(restarts);
    }

    /** BIC finds the truth in at least 19 of 20 drawings, of points that leave little doubt of it. */
    @ParameterizedTest
    @CsvSource({
        "SPHERICAL, 1", "DIAGONAL, 1", "TIED, 1",
        "SPHERICAL, 3", "DIAGONAL, 3", "TIED, 3", "FULL, 3",
    })
    void bicFindsTheTruth(Covariance shape, int components) {
        GaussianMixture truth = truth(shape, components);
        // Of one component, tied and full are the same model, and tied comes first.
        int found = 0;
        for (int seed = 0; seed < 20; seed++) {
            try (Points points = truth.sample(400, seed)) {
                Cell.Fitted best = best(points, SelectOptions.components(1, 4)
                        .withFit(restarts(1).withSeed(seed).withTolerance(1e-5)));
                found += best.components() == components && best.covariance() == shape ? 1 : 0;
            }
        }
        assertTrue(found >= 19, "found " + found + " of 20");
    }

    /** Well apart, and of a shape that the poorer ones cannot have. */
    private static GaussianMixture truth(Covariance shape, int components) {
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        double[] means = Arrays.copyOf(new double[] {0, 0, 12, 0, 0, 15}, 2 * components);
        double[] packed = switch (shape) {
            case SPHERICAL -> new double[] {1, 3, 0.5};
            case DIAGONAL -> new double[] {1, 4, 3, 0.5, 0.5, 2};
            case TIED -> new double[] {1, 0.8, 2};
            case FULL -> new double[] {1, 0.8, 2, 3, -1.5, 1, 0.5, 0, 4};
        };
        return GaussianMixture.of(shape, 2, weights, means, Arrays.copyOf(packed, shape.packedLength(components, 2)));
    }

    @Test
    void heldOutLikelihoodFindsTheNumberOfComponentsToo() {
        GaussianMixture truth = truth(Covariance.FULL, 3);
        int found = 0;
        for (int seed = 0; seed < 6; seed++) {
            try (Points points = truth.sample(400, seed)) {
                found += best(points, SelectOptions.components(2, 4).withCovariances(Covariance.FULL)
                        .withFit(restarts(1).withSeed(seed).withTolerance(1e-5))
                        .withCriterion(Criterion.CROSS_VALIDATION))
                        .components() == 3 ? 1 : 0;
            }
        }
        assertTrue(found >= 5, "found " + found + " of 6");
    }

    /**
     * The best of mclust 6.0.0's table for iris by BIC is VEV with 2 components, which is not among our shapes; of
     * those that are, it is VVV with 2, of BIC -574.0178 in its sign (fits.csv). For Old Faithful it is EEE with 3,
     * -2314.296.
     */
    @ParameterizedTest
    @CsvSource({"iris.csv, FULL, 2, 574.0178", "faithful.csv, TIED, 3, 2314.296"})
    void agreesWithMclust(String data, Covariance covariance, int components, double bic) {
        try (Points points = Points.ofRows(TestData.rows(data))) {
            Cell.Fitted best = best(points, SelectOptions.components(1, 4).withFit(restarts(3)));
            assertEquals(covariance, best.covariance());
            assertEquals(components, best.components());
            assertEquals(bic, best.bic(), 0.005);
        }
    }

    @Test
    void oneComponentLeavesNoDoubtWhoseAPointIs() {
        try (Points points = Points.ofRows(TestData.rows("iris.csv"))) {
            for (Cell cell : Selector.select(points, SelectOptions.components(1, 1)).cells()) {
                assertEquals(0, fitted(cell).entropy());
                assertEquals(fitted(cell).bic(), fitted(cell).icl());
            }
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        try (Points points = Points.ofRows(TestData.rows("iris.csv"));
                ExecutorService executor = Executors.newFixedThreadPool(2)) {
            SelectOptions options = SelectOptions.components(1, 3).withFit(restarts(2)).withFolds(3);
            List<List<Double>> alone = numbers(Selector.select(points, options));
            for (FitOptions fit : List.of(restarts(2).withThreads(2), restarts(2).withThreads(3),
                    restarts(2).withExecutor(3, executor))) {
                assertEquals(alone, numbers(Selector.select(points, options.withFit(fit))));
            }
        }
    }

    /** All numbers of all cells. */
    private static List<List<Double>> numbers(Selection selection) {
        List<List<Double>> numbers = new ArrayList<>();
        for (Cell cell : selection.cells()) {
            Cell.Fitted fitted = fitted(cell);
            List<Double> row = new ArrayList<>(List.of(fitted.bic(), fitted.aic(), fitted.icl(),
                    fitted.heldOut().meanLogLikelihood(), fitted.heldOut().standardError()));
            for (double[] values : List.of(fitted.result().model().weights(), fitted.result().model().means(),
                    fitted.result().model().covariances(), fitted.result().trace())) {
                Arrays.stream(values).forEach(row::add);
            }
            numbers.add(row);
        }
        return numbers;
    }

    @Test
    void startsNoThreadUnlessAsked() {
        Thread caller = Thread.currentThread();
        List<Thread> told = new ArrayList<>();
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            Selector.select(points, SelectOptions.components(1, 2).withFit(restarts(1))
                    .withProgress((done, total) -> told.add(Thread.currentThread())));
        }
        assertEquals(16, told.size());
        assertTrue(told.stream().allMatch(thread -> thread == caller));
    }

    /**
     * A richer model has room for the poorer one's likelihood; with one start each, that is all that makes sure of it.
     */
    @Test
    void sharedStartsNeverEndBelowTheCellAloneOrItsPoorerShapes() {
        SelectOptions alone = SelectOptions.components(1, 6).withFit(restarts(1)).withSharedStarts(false);
        int better = 0;
        try (Points points = Points.ofRows(TestData.rows("iris.csv"))) {
            List<Cell> before = Selector.select(points, alone).cells();
            List<Cell> after = Selector.select(points, alone.withSharedStarts(true)).cells();
            for (int i = 0; i < before.size(); i++) {
                Cell.Fitted own = fitted(before.get(i));
                Cell.Fitted shared = fitted(after.get(i));
                if (own.degenerate()) {
                    continue;
                }
                assertTrue(shared.logLikelihood() >= own.logLikelihood());
                assertEquals(shared.origin() == Cell.Origin.OWN_START, shared.logLikelihood() == own.logLikelihood());
                better += shared.origin() == Cell.Origin.OWN_START ? 0 : 1;
                if (own.covariance() == Covariance.FULL) {
                    for (int poorer = i - 2; poorer < i; poorer++) {
                        Cell.Fitted other = fitted(before.get(poorer));
                        // An M-step after the tolerance is reached, and rounding, are all that may be lost.
                        assertTrue(other.degenerate() || shared.logLikelihood() >= other.logLikelihood() - 1e-6 * 150);
                    }
                }
            }
        }
        assertTrue(better > 0, "some cell of 24 has found a better optimum from a neighbour");
    }

    @Test
    void withoutSharedStartsACellIsAFit() {
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            Cell.Fitted cell = fitted(Selector.select(points, SelectOptions.components(List.of(3))
                    .withCovariances(Covariance.DIAGONAL).withFit(restarts(2).withSeed(9)).withSharedStarts(false))
                    .cells().getFirst());
            FitOptions fit = restarts(2).withSeed(9).withComponents(3).withCovariance(Covariance.DIAGONAL);
            assertArrayEquals(Fitter.fit(points, fit).trace(), cell.result().trace());
        }
    }

    @Test
    void heldOutIsWhatFitsToTheOtherFoldsFind() {
        FitOptions fit = restarts(2).withSeed(4).withComponents(2).withCovariance(Covariance.TIED);
        try (Points points = Points.ofRows(TestData.rows("faithful.csv")); Folds folds = new Folds(points, 4, 4)) {
            HeldOut heldOut = fitted(Selector.select(points, SelectOptions.components(2, 2)
                    .withCovariances(Covariance.TIED).withFit(fit).withFolds(4)).cells().getFirst()).heldOut();
            double sum = IntStream.range(0, 4)
                    .mapToDouble(j -> Fitter.fit(folds.training(j), fit).model().logLikelihood(folds.test(j))).sum();
            assertEquals(sum / 272, heldOut.meanLogLikelihood(), 1e-12);
        }
    }

    @Test
    void listsWhatFailedAndGoesOn() {
        try (Points points = Points.ofRows(new double[][] {{1}, {2}, {4}, {7}, {9}})) {
            Selection selection = Selector.select(points, SelectOptions.components(List.of(1, 5, 6))
                    .withCovariances(Covariance.FULL).withFolds(2));
            assertEquals(1, fitted(selection.cells().getFirst()).components());
            assertEquals(selection.cells().getFirst(), selection.best().orElseThrow());
            String tooFew = "there must be at least as many points as components: points=";
            assertEquals("without fold 1 of 2: " + tooFew + "2, components=5",
                    assertInstanceOf(Cell.Failed.class, selection.cells().get(1)).reason());
            assertEquals(tooFew + "5, components=6",
                    assertInstanceOf(Cell.Failed.class, selection.cells().get(2)).reason());
        }
    }

    /**
     * Beside the minutes of the second column the first is nothing: spherical components, which take no notice of it,
     * have a variance there that no double holds once the other shapes have rescaled the column.
     */
    @Test
    void aNeighbourThatIsNoStartFailsNobody() {
        double[][] rows = TestData.rows("faithful.csv");
        for (double[] row : rows) {
            row[0] = Math.scalb(row[0], -490);
        }
        try (Points points = Points.ofRows(rows)) {
            SelectOptions options = SelectOptions.components(1, 2).withFit(restarts(2));
            List<Cell> alone = Selector.select(points, options.withSharedStarts(false)).cells();
            List<Cell> shared = Selector.select(points, options).cells();
            for (int i = 0; i < alone.size(); i++) {
                assertTrue(fitted(shared.get(i)).logLikelihood() >= fitted(alone.get(i)).logLikelihood());
            }
        }
    }

    @Test
    void hasNoBestWhenAllFailed() {
        try (PointsBuilder builder = Points.builder(1).addWeighted(0, 1).addWeighted(0, 2);
                Points points = builder.build()) {
            Selection selection = Selector.select(points, SelectOptions.components(1, 2));
            assertTrue(selection.best().isEmpty());
            assertEquals(8, selection.cells().stream().filter(Cell.Failed.class::isInstance).count());
        }
    }

    @Test
    void degenerateCellsDoNotWin() {
        // Twenty copies of one point: a component there is as likely as the floor lets it be.
        double[][] rows = new double[24][];
        Arrays.setAll(rows, n -> n < 20 ? new double[] {1, 2} : new double[] {n, n * 7 % 11});
        try (Points points = Points.ofRows(rows)) {
            SelectOptions options = SelectOptions.components(1, 2).withCovariances(Covariance.FULL);
            Selection selection = Selector.select(points, options);
            assertTrue(fitted(selection.cells().getLast()).degenerate());
            assertTrue(!selection.best().orElseThrow().degenerate());
            assertTrue(best(points, options.withDegenerate(true)).degenerate());
        }
    }

    @Test
    void refusesFewerPointsThanFoldsBeforeAnyWork() {
        try (Points points = Points.ofRows(new double[][] {{1}, {2}, {4}})) {
            SelectOptions options = SelectOptions.components(1, 2).withFolds(4).withProgress((done, total) -> {
                throw new AssertionError("worked");
            });
            assertEquals("there must be at least as many points with weight as folds: points=3, folds=4",
                    assertThrows(IllegalArgumentException.class, () -> Selector.select(points, options)).getMessage());
        }
    }

    /** A likelihood on its way up is compared with none that is there. */
    @Test
    void whatAStopLeavesHalfDoneIsNeverBest() {
        try (Points points = truth(Covariance.FULL, 3).sample(300, 1)) {
            int[] asked = {0};
            SelectOptions options = SelectOptions.components(1, 3).withCovariances(Covariance.FULL)
                    .withFit(restarts(1).withTolerance(0).withMaxIterations(5).withStop(() -> ++asked[0] > 8));
            Selection selection = Selector.select(points, options);
            // The largest comes first, and is done after 6 of the 8 times.
            assertEquals(3, selection.best().orElseThrow().components());
            for (Cell cell : selection.cells().subList(0, 2)) {
                assertEquals("stopped before it was done", assertInstanceOf(Cell.Failed.class, cell).reason());
            }
        }
    }

    @Test
    void endsWhenInterrupted() {
        List<Integer> steps = new ArrayList<>();
        try (Points points = Points.ofRows(TestData.rows("faithful.csv"))) {
            SelectOptions options = SelectOptions.components(1, 3).withFit(restarts(1)).withProgress((done, total) -> {
                steps.add(done);
                if (done == 5) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThrows(CancellationException.class, () -> Selector.select(points, options));
            assertTrue(Thread.interrupted(), "the thread stays interrupted");
        }
        assertEquals(List.of(1, 2, 3, 4, 5), steps);
    }

    @Test
    void refusesClosedPoints() {
        Points points = Points.ofRows(new double[][] {{1}, {2}});
        points.close();
        assertThrows(IllegalStateException.class, () -> Selector.select(points, SelectOptions.components(1, 1)));
    }

    /** A component far away, and one value in five missing: each criterion finds it, by its definition. */
    @Test
    void takesMissingValues() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] rows = new double[300][3];
        for (int n = 0; n < rows.length; n++) {
            int cluster = n % 2;
            Arrays.setAll(rows[n], i -> random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian() + 10 * cluster);
        }
        try (Points points = Points.ofIncompleteRows(rows)) {
            for (Criterion criterion : Criterion.values()) {
                SelectOptions options = SelectOptions.components(1, 3)
                        .withCovariances(Covariance.SPHERICAL, Covariance.TIED).withCriterion(criterion).withFolds(4)
                        .withFit(restarts(3).withMissingValues());
                Cell.Fitted best = best(points, options);
                assertTrue(best.components() >= 2, criterion.toString());
                GaussianMixture model = best.result().model().withMissingValues();
                double entropy = 0;
                for (double[] row : rows) {
                    for (double r : model.responsibilities(row)) {
                        entropy -= r > 0 ? r * Math.log(r) : 0;
                    }
                }
                assertEquals(best.bic() + 2 * entropy, best.icl(), 1e-6);
                // Held out, a point is nearly as likely as one that was fitted.
                assertEquals(best.result().meanLogLikelihood(), best.heldOut().meanLogLikelihood(), 0.2);
            }
            assertEquals("value missing: column=", assertThrows(IllegalArgumentException.class,
                    () -> Selector.select(points, SelectOptions.components(1, 2))).getMessage().substring(0, 22));
        }
    }
}
