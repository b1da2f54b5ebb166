package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
    private static Race race(int most, int from, int to, long seed) {
        Race race = new Race(most);
        for (int n = from; n < to; n++) {
            race.enter(new double[] {n, -n}, 1 + n % 2, seed);
        }
        return race;
    }

    @Test
    void racesOfPartsMergeToTheRaceOfAll() {
        List<double[]> all = race(5, 0, 100, 1).rows();
        Race.OfParts parts = new Race.OfParts();
        Race merged = parts.merge(parts.read(parts.write(race(5, 60, 100, 1))), race(5, 0, 60, 1));
        assertEquals(5, all.size());
        assertArrayEquals(all.toArray(), merged.rows().toArray());
    }

    @Test
    void drawsInProportionToTheMass() {
        int heavy = 0;
        int races = 2000;
        for (int seed = 0; seed < races; seed++) {
            Race race = new Race(1);
            race.enter(new double[] {1}, 3, seed);
            race.enter(new double[] {2}, 1, seed);
            heavy += race.rows().getFirst()[0] == 1 ? 1 : 0;
        }
        // Five standard deviations of a binomial of 2000 with probability 3/4.
        assertEquals(0.75 * races, heavy, 5 * Math.sqrt(races * 0.75 * 0.25));
    }

    @Test
    void equalRowsAreDrawnOnceAndThoseWithoutMassNever() {
        Race race = new Race(4);
        for (int n = 0; n < 10; n++) {
            race.enter(new double[] {0.0}, 1, 7);
            race.enter(new double[] {-0.0}, 1, 7);
            race.enter(new double[] {1}, 0, 7);
            race.enter(new double[] {2}, Double.NaN, 7);
        }
        assertTrue(race.rows().size() <= 2);
        assertTrue(race.rows().stream().allMatch(row -> row[0] == 0));
    }

    @Test
    void emptyRacesMergeToo() {
        Race.OfParts parts = new Race.OfParts();
        assertEquals(0, parts.merge(parts.read(parts.write(new Race(3))), new Race(3)).rows().size());
    }

    @Test
    void equalRowsOfDifferentMassAreDrawnOnce() {
        Race race = new Race(4);
        for (int n = 1; n <= 10; n++) {
            race.enter(new double[] {5, 6}, n, 7);
            race.enter(new double[] {7, 8}, 11 - n, 7);
        }
        Race other = new Race(4);
        other.enter(new double[] {5, 6}, 0.5, 7);
        assertEquals(2, new Race.OfParts().merge(race, other).rows().size());
    }
}
