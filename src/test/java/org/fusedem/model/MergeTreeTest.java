package org.fusedem.model;

import static org.fusedem.model.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;

class MergeTreeTest {
    /** Components 0 and 2 overlap, 1 is far away. */
    private static final GaussianMixture THREE = GaussianMixture.of(Covariance.SPHERICAL, 1,
            new double[] {0.25, 0.5, 0.25}, new double[] {0, 100, 1}, new double[] {1, 1, 1});

    @Test
    void joinsWhatOverlaps() {
        try (Points points = THREE.sample(500, 3)) {
            MergeTree tree = MergeTree.of(THREE, points);
            assertEquals(List.of(0, 0), tree.steps().stream().map(MergeTree.Step::kept).toList());
            assertEquals(List.of(2, 1), tree.steps().stream().map(MergeTree.Step::joined).toList());
            // Half of the points lie between means one deviation apart: each is some 0.6 nats in doubt.
            assertTrue(tree.entropy(3) > 100, "" + tree.entropy(3));
            assertEquals(0, tree.entropy(2), 1e-12);
            assertEquals(0, tree.entropy(1));
            assertEquals(tree.entropy(2), tree.steps().getFirst().entropy());

            Clusters clusters = tree.clusters(2);
            assertEquals(2, clusters.count());
            assertArrayEquals(new int[] {0, 2}, clusters.components(0));
            assertArrayEquals(new int[] {1}, clusters.components(1));
            assertEquals(0, clusters.of(2));
            assertEquals(0.5, clusters.weight(0));
            assertEquals(0, clusters.predict(0.9));
            assertEquals(1, clusters.predict(90));
            assertArrayEquals(new double[] {1, 0}, clusters.responsibilities(0.5), 1e-15);
            GaussianMixture pair = clusters.mixture(0);
            assertArrayEquals(new double[] {0.5, 0.5}, pair.weights());
            assertArrayEquals(new double[] {0, 1}, pair.means());
            assertArrayEquals(new int[] {2}, tree.clusters(3).components(2));
            assertArrayEquals(new int[] {0, 1, 2}, tree.clusters(1).components(0));
        }
    }

    /** The paper's own way: the table of responsibilities, and the entropy of every candidate written out. */
    private static final class WrittenOut {
        final List<double[]> table = new ArrayList<>();
        final List<MergeTree.Step> steps = new ArrayList<>();

        WrittenOut(GaussianMixture model, Points points) {
            double[] point = new double[model.dims()];
            List<Integer> open = new ArrayList<>();
            for (int k = 0; k < model.components(); k++) {
                open.add(k);
            }
            for (long n = 0; n < points.size(); n++) {
                points.copyRow(n, point);
                table.add(model.responsibilities(point));
            }
            while (open.size() > 1) {
                MergeTree.Step best = null;
                for (int g : open) {
                    for (int h : open) {
                        if (g < h) {
                            double entropy = entropy(points, g, h);
                            best = best == null || entropy < best.entropy() ? new MergeTree.Step(g, h, entropy) : best;
                        }
                    }
                }
                for (double[] row : table) {
                    row[best.kept()] += row[best.joined()];
                    row[best.joined()] = 0;
                }
                open.remove((Integer) best.joined());
                steps.add(best);
            }
        }

        double entropy(Points points, int g, int h) {
            double sum = 0;
            for (int n = 0; n < table.size(); n++) {
                double[] row = table.get(n).clone();
                if (g != h) {
                    row[g] += row[h];
                    row[h] = 0;
                }
                for (double t : row) {
                    sum -= t > 0 ? points.weight(n) * t * Math.log(t) : 0;
                }
            }
            return sum;
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void isWhatThePaperWritesOut(@ForAll Covariance shape, @ForAll @IntRange(min = 1, max = 6) int components,
            @ForAll @IntRange(min = 1, max = 3) int dims, @ForAll boolean far, @ForAll long seed) {
        double offset = far ? 1e8 : 0;
        GaussianMixture model = RandomMixtures.of(shape, components, dims, offset, components - 4, seed);
        try (Points points = model.sample(60, seed + 1)) {
            MergeTree tree = MergeTree.of(model, points);
            WrittenOut expected = new WrittenOut(model, points);
            // Responsibilities are known to the points' rounding, which the vector kernel multiplies by precisions of
            // up to 5 and distances of up to 10; there are 60 points.
            double limit = 60 * components * (1e-13 + 50 * Math.ulp(offset));
            assertEquals(components - 1, tree.steps().size());
            for (int i = 0; i < tree.steps().size(); i++) {
                assertEquals(expected.steps.get(i).entropy(), tree.steps().get(i).entropy(), limit);
                assertEquals(tree.entropy(components - 1 - i), tree.steps().get(i).entropy());
                assertTrue(tree.entropy(components - i) >= tree.entropy(components - 1 - i) - limit);
            }
            assertTrue(tree.entropy(1) == 0 && tree.entropy(components) >= 0);
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void clustersSplitTheMixture(@ForAll Covariance shape, @ForAll @IntRange(min = 1, max = 5) int components,
            @ForAll @IntRange(min = 1, max = 3) int dims, @ForAll long seed) {
        GaussianMixture model = RandomMixtures.of(shape, components, dims, 0, seed);
        try (Points points = model.sample(40, seed + 1)) {
            MergeTree tree = MergeTree.of(model, points);
            double[] x = RandomMixtures.point(model, seed);
            for (int count = 1; count <= components; count++) {
                Clusters clusters = tree.clusters(count);
                assertEquals(count, clusters.count());
                double[] responsibilities = clusters.responsibilities(x);
                double density = 0;
                for (int g = 0; g < count; g++) {
                    double part = clusters.weight(g) * Math.exp(clusters.mixture(g).logDensity(x));
                    assertEquals(part, responsibilities[g] * Math.exp(model.logDensity(x)), 1e-13);
                    density += part;
                }
                assertEquals(Math.exp(model.logDensity(x)), density, 1e-13);
                assertEquals(1, Arrays.stream(responsibilities).sum(), 1e-14);
            }
        }
    }

    @Test
    void aWeightCountsAsSoManyPoints() {
        GaussianMixture model = RandomMixtures.of(Covariance.FULL, 4, 2, 0, 5);
        try (Points sample = model.sample(50, 6);
                PointsBuilder weighted = Points.builder(2);
                PointsBuilder repeated = Points.builder(2)) {
            double[] point = new double[2];
            for (int n = 0; n < 50; n++) {
                sample.copyRow(n, point);
                weighted.addWeighted(n % 4, point);
                for (int i = 0; i < n % 4; i++) {
                    repeated.add(point);
                }
            }
            try (Points a = weighted.build(); Points b = repeated.build()) {
                MergeTree one = MergeTree.of(model, a);
                MergeTree other = MergeTree.of(model, b);
                for (int clusters = 1; clusters <= 4; clusters++) {
                    assertEquals(other.entropy(clusters), one.entropy(clusters), 1e-12 * other.entropy(clusters));
                }
            }
        }
    }

    @Test
    void ofEqualGainsTheFirstCounts() {
        GaussianMixture four = GaussianMixture.of(Covariance.DIAGONAL, 1, new double[] {0.25, 0.25, 0.25, 0.25},
                new double[4], new double[] {1, 1, 1, 1});
        try (Points points = four.sample(10, 1)) {
            MergeTree tree = MergeTree.of(four, points);
            assertEquals(List.of(0, 0, 0), tree.steps().stream().map(MergeTree.Step::kept).toList());
            assertEquals(List.of(1, 2, 3), tree.steps().stream().map(MergeTree.Step::joined).toList());
        }
    }

    /** One heavy point between components 0 and 1, three light ones between 2 and 3: 10 log 2 nats against 3 log 2. */
    @Test
    void whatIsJoinedFirstDependsOnTheWeights() {
        GaussianMixture pairs = GaussianMixture.of(Covariance.TIED, 1, new double[] {0.25, 0.25, 0.25, 0.25},
                new double[] {0, 1, 100, 101}, new double[] {1});
        try (PointsBuilder builder = Points.builder(1).addWeighted(10, 0.5)) {
            for (int n = 0; n < 3; n++) {
                builder.addWeighted(1, 100.5);
            }
            try (Points points = builder.build()) {
                MergeTree tree = MergeTree.of(pairs, points);
                assertEquals(13 * Math.log(2), tree.entropy(4), 1e-12);
                assertEquals(3 * Math.log(2), tree.entropy(3), 1e-12);
                assertEquals(List.of(0, 2, 0), tree.steps().stream().map(MergeTree.Step::kept).toList());
                assertEquals(List.of(1, 3, 2), tree.steps().stream().map(MergeTree.Step::joined).toList());
            }
        }
    }

    /** 0.4 against 0.3 and 0.3: the cluster of the two wins, though neither does alone. */
    @Test
    void theMostLikelyClusterNeedNotHoldTheMostLikelyComponent() {
        GaussianMixture model = GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {0.4, 0.3, 0.3},
                new double[3], new double[] {1, 1, 1});
        Clusters clusters = new Clusters(model, new int[] {0, 1, 1});
        assertEquals(0, model.predict(0.5));
        assertEquals(1, clusters.predict(0.5));
        double[] sums = {7, 7};
        clusters.sum(new double[] {0.4, 0.25, 0.35}, sums);
        assertArrayEquals(new double[] {0.4, 0.6}, sums, 1e-15);
    }

    @Test
    void nothingToJoin() {
        GaussianMixture one = RandomMixtures.of(Covariance.FULL, 1, 2, 0, 1);
        try (Points points = one.sample(0, 1)) {
            MergeTree tree = MergeTree.of(one, points);
            assertEquals(List.of(), tree.steps());
            assertEquals(0, tree.entropy(1));
            assertEquals(1, tree.clusters(1).count());
            assertRefused("points and model differ: points have dims=2, the model has dims=1",
                    () -> MergeTree.of(THREE, points));
        }
    }

    @Test
    void refusesWhatItDoesNotHave() {
        GaussianMixture empty = GaussianMixture.of(
                Covariance.TIED, 1, new double[] {0, 1}, new double[] {0, 1}, new double[] {1});
        try (Points points = empty.sample(5, 1)) {
            MergeTree tree = MergeTree.of(empty, points);
            assertRefused("clusters must be from 1 to 2: clusters=0", () -> tree.entropy(0));
            assertRefused("clusters must be from 1 to 2: clusters=3", () -> tree.clusters(3));
            assertRefused("a cluster without weight has no density: cluster=0", () -> tree.clusters(2).mixture(0));
            assertRefused("clusters must have 1 numbers: length=2",
                    () -> tree.clusters(1).sum(new double[2], new double[2]));
            assertThrows(IndexOutOfBoundsException.class, () -> tree.clusters(1).components(1));
        }
    }
}
