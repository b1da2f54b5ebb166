package org.fusedem.maximization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranks against sorting, for values in orders that are hard for partitions. */
final class OrderStatisticTest {
    private static final int SIZE = 257;

    static Stream<double[]> orders() {
        SplittableRandom random = new SplittableRandom(7);
        double[] mixed = random.doubles(SIZE, -1, 1).toArray();
        double[] ascending = Arrays.stream(mixed).sorted().toArray();
        double[] descending = new double[SIZE];
        Arrays.setAll(descending, i -> ascending[SIZE - 1 - i]);
        double[] organPipe = new double[SIZE];
        Arrays.setAll(organPipe, i -> Math.min(i, SIZE - i));
        double[] few = random.ints(SIZE, 0, 3).asDoubleStream().toArray();
        double[] equal = new double[SIZE];
        double[] zeros = new double[SIZE];
        Arrays.setAll(zeros, i -> i % 2 == 0 ? 0.0 : -0.0);
        double[] extreme = mixed.clone();
        for (int i = 0; i < SIZE; i += 3) {
            extreme[i] = i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE;
        }
        return Stream.of(mixed, ascending, descending, organPipe, few, equal, zeros, extreme, new double[] {3},
                new double[] {2, 1});
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyRankIsThatOfSorting(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int rank = 0; rank < values.length; rank++) {
            double[] reordered = values.clone();
            // Zeros of both signs are equal.
            assertEquals(sorted[rank] + 0.0, OrderStatistic.select(reordered, 0, values.length, rank) + 0.0);
            for (int i = 0; i < reordered.length; i++) {
                assertTrue(i < rank ? reordered[i] <= sorted[rank] : reordered[i] >= sorted[rank],
                        "rank=" + rank + ", i=" + i);
            }
            Arrays.sort(reordered);
            assertArrayEquals(sorted, reordered, "nothing is lost: rank=" + rank);
        }
    }

    @Test
    void endsWhateverTheValues() {
        double[] infinite = {1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        assertEquals(Double.POSITIVE_INFINITY, OrderStatistic.select(infinite, 0, 4, 2));
        OrderStatistic.select(new double[] {Double.NaN, 1, Double.NaN, Double.NaN}, 0, 4, 3);
    }

    @Test
    void leavesAloneWhatIsOutside() {
        double[] values = {9, 8, 3, 1, 2, 0, -1};
        assertEquals(2, OrderStatistic.select(values, 2, 5, 3));
        assertArrayEquals(new double[] {9, 8, 1, 2, 3, 0, -1}, values);
    }

    @Test
    void quartilesAreThoseOfSortedValues() {
        SplittableRandom random = new SplittableRandom(3);
        for (int size = 1; size <= 40; size++) {
            double[] values = random.doubles(size).toArray();
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double range = sorted[(3 * size + 3) / 4 - 1] - sorted[(size + 3) / 4 - 1];
            assertEquals(Bulk.interquartileScale(range), Bulk.interquartileScale(values, size), "size=" + size);
        }
    }
}
