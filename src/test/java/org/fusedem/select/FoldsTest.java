package org.fusedem.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldsTest {
    /** Point n is (n, -n), of weight 1 + n if weighted. */
    private static Points numbered(int size, boolean weighted, ElementType type) {
        try (PointsBuilder builder = Points.builder(2, type)) {
            for (int n = 0; n < size; n++) {
                if (weighted) {
                    builder.addWeighted(1 + n, n, -n);
                } else {
                    builder.add(n, -n);
                }
            }
            return builder.build();
        }
    }

    private static List<Integer> numbers(Points points) {
        List<Integer> numbers = new ArrayList<>();
        for (long row = 0; row < points.size(); row++) {
            int number = (int) points.get(row, 0);
            assertEquals(-number, points.get(row, 1));
            assertEquals(points.weighted() ? 1 + number : 1, points.weight(row));
            numbers.add(number);
        }
        return numbers;
    }

    private static List<Integer> sorted(List<Integer> first, List<Integer> second) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        return all.stream().sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "17, 2", "17, 3", "20, 5", "23, 5", "9, 9", "1000, 7"})
    void eachFoldAndItsTrainingAreAllPoints(int size, int count) {
        for (ElementType type : ElementType.values()) {
            for (boolean weighted : new boolean[] {false, true}) {
                try (Points points = numbered(size, weighted, type); Folds folds = new Folds(points, count, 3)) {
                    List<Integer> all = IntStream.range(0, size).boxed().toList();
                    List<Integer> tested = new ArrayList<>();
                    for (int j = 0; j < count; j++) {
                        List<Integer> test = numbers(folds.test(j));
                        assertEquals(all, sorted(test, numbers(folds.training(j))));
                        assertTrue(test.size() == size / count || test.size() == size / count + 1, test::toString);
                        double weight = test.stream().mapToDouble(n -> weighted ? 1 + n : 1).sum();
                        assertEquals(weight, folds.testWeights()[j]);
                        tested.addAll(test);
                    }
                    assertEquals(all, sorted(tested, List.of()));
                }
            }
        }
    }

    @Test
    void theSeedAloneDecides() {
        try (Points points = numbered(40, false, ElementType.FLOAT64);
                Folds folds = new Folds(points, 4, 1);
                Folds same = new Folds(points, 4, 1);
                Folds other = new Folds(points, 4, 2)) {
            assertEquals(numbers(folds.test(2)), numbers(same.test(2)));
            assertTrue(!numbers(folds.test(2)).equals(numbers(other.test(2))));
        }
    }

    @Test
    void pointsOfNoWeightAreInNoFold() {
        try (PointsBuilder builder = Points.builder(1)) {
            for (int n = 0; n < 12; n++) {
                builder.addWeighted(n % 3, n);
            }
            try (Points points = builder.build(); Folds folds = new Folds(points, 4, 0)) {
                assertArrayEquals(new long[] {2, 2, 2, 2},
                        IntStream.range(0, 4).mapToLong(j -> folds.test(j).size()).toArray());
                assertEquals("there must be at least as many points with weight as folds: points=8, folds=9",
                        assertThrows(IllegalArgumentException.class, () -> new Folds(points, 9, 0)).getMessage());
            }
        }
    }

    @Test
    void heldOutIsTheWeightedMeanOfTheFoldsAndTheirSpread() {
        // Fold means -1, -2 and -6; weights 1, 2 and 1: mean -11/4; sum of W_j/W (m_j - m)^2 = 59/16.
        HeldOut heldOut = HeldOut.of(new double[] {-1, -4, -6}, new double[] {1, 2, 1});
        assertEquals(-2.75, heldOut.meanLogLikelihood(), 1e-15);
        assertEquals(Math.sqrt(59.0 / 16 / 2), heldOut.standardError(), 1e-15);
        assertEquals(3, heldOut.folds());
    }
}
